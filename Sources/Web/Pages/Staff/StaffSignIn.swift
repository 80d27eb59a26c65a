import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/sign-in`
  @Sendable static func signInPage(_ visit: Visit) async throws -> Response {
    try await signInPage(visit, email: "", refusal: nil)
  }

  /// `POST /staff/{business}/sign-in`: password and code together, never one of them alone.
  ///
  /// Whatever is wrong gets the same sentence. Each success is a fresh token; the session this browser had
  /// before ends.
  @Sendable static func signIn(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    let form = try await visit.form()
    let email = form["email"] ?? ""
    let token: String
    do {
      token = try await desk.signIn(
        email: email,
        password: form["password"] ?? "",
        code: (form["code"] ?? "").filter { !$0.isWhitespace },
        network: visit.network
      )
    } catch let refusal as Refusal {
      return try await signInPage(visit, email: email, refusal: refusal.code)
    }
    let cookie = StaffCookie(visit.web.settings)
    if let earlier = cookie.token(in: visit.request), let person = try await desk.person(token: earlier) {
      try await desk.signOut(person)
    }
    var response = seeOther("/staff/\(desk.business)/day")
    response.headers[.setCookie] = cookie.set(token)
    return response
  }

  /// `POST /staff/{business}/sign-out`: ends the session here and on the server.
  @Sendable static func signOut(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      try await staff.desk.signOut(staff.person)
      var response = seeOther(staff.base + "/sign-in?said=" + Said.signedOut.rawValue)
      response.headers[.setCookie] = StaffCookie(visit.web.settings).expired
      if let clear = HTTPField.Name("Clear-Site-Data") { response.headers[clear] = "\"cookies\"" }
      return response
    }
  }

  /// `GET /staff/{business}`
  @Sendable static func home(_ visit: Visit) async throws -> Response {
    seeOther("/staff/\(try await visit.desk().business)/day")
  }

  private static func signInPage(_ visit: Visit, email: String, refusal: RefusalCode?) async throws
    -> Response
  {
    let business = try await visit.desk().timetable().business
    var response = try visit.page(
      StaffSignInPage(
        layout: visit.layout(business, title: "Sign in", hasErrors: refusal != nil),
        action: "/staff/\(business.id)/sign-in",
        refusal: refusal?.sentence,
        notice: refusal == nil ? Said(visit.query)?.sentence : nil,
        email: email
      ),
      status: refusal?.status ?? .ok
    )
    if refusal == .tooMany { response.headers[.retryAfter] = "60" }
    return response
  }
}
