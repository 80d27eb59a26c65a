import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/sign-in?next=`
  @Sendable static func signInPage(_ visit: Visit) async throws -> Response {
    try await signInPage(visit, typed: visit.query, refusal: nil)
  }

  /// `GET /staff/{business}/sign-in/options`: what any passkey of this business is asked with. Nothing is kept of it.
  @Sendable static func signInOptions(_ visit: Visit) async throws -> Response {
    .passkeyRequest(try await visit.desk().signInOptions())
  }

  /// `POST /staff/{business}/sign-in`: a passkey, or password and code together, never one of them alone.
  ///
  /// Whatever is wrong gets the same sentence. Each success is a fresh token; the session this browser had
  /// before ends.
  @Sendable static func signIn(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    let form = try await visit.form()
    let signedIn: SignedIn
    do {
      // Counted here and not by the table, so that the page keeps what was typed.
      try await visit.take(form.filled("passkey") == nil ? .signIn : .code)
      signedIn = try await desk.signIn(email: form["email"] ?? "", form.proof, from: visit.client)
    } catch let refusal as Refusal {
      return try await signInPage(visit, typed: form, refusal: refusal)
    }
    if let earlier = visit.sessionToken, let person = try await desk.person(token: earlier) {
      try await desk.signOut(person)
    }
    let next = form.filled("next").flatMap { OwnPath($0, of: desk.business) }
    return seeOther(next?.text ?? "/staff/\(desk.business)", signedIn, visit)
  }

  /// `POST /staff/{business}/sign-out`: ends the session here and on the server.
  @Sendable static func signOut(_ visit: Visit) async throws -> Response {
    try await act(visit, evenWhen: [.locked, .passwordDue]) { staff, _ in
      try await staff.desk.signOut(staff.person)
      var response = seeOther(staff.base + "/sign-in?said=" + Said.signedOut.rawValue)
      response.headers[.setCookie] = StaffCookie(visit.web.settings).expired
      // Not "cookies": the mark of a known browser stays, or each sign-in would look like one from a new place.
      if let clear = HTTPField.Name("Clear-Site-Data") { response.headers[clear] = "\"cache\", \"storage\"" }
      return response
    }
  }

  /// `GET /staff/{business}`: on to the first page that is of use to them.
  @Sendable static func home(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in seeOther(staff.homeURL) }
  }

  private static func signInPage(_ visit: Visit, typed: Form, refusal: Refusal?) async throws -> Response {
    let business = try await visit.desk().timetable().business
    var response = try visit.page(
      StaffSignInPage(
        layout: visit.layout(business, title: "Sign in", hasErrors: refusal != nil),
        action: "/staff/\(business.id)/sign-in",
        optionsURL: "/staff/\(business.id)/sign-in/options",
        refusal: refusal.map(SignInWords.sentence),
        advice: refusal.flatMap(SignInWords.advice),
        notice: refusal == nil ? Said(visit.query)?.sentence : nil,
        // An address in a link would fill the field with what somebody else chose.
        email: refusal == nil ? "" : typed["email"] ?? "",
        next: typed.filled("next").flatMap { OwnPath($0, of: business.id)?.text },
        usesRecovery: refusal != nil && typed.filled("recovery") != nil
      ),
      status: refusal?.code.status ?? .ok
    )
    if let refusal, refusal.code == .tooMany { response.headers[.retryAfter] = String(refusal.wait ?? 60) }
    return response
  }
}
