import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension CustomerPages {
  /// `GET /my/{business}`: asks for the address; after it was given, where to look now. Who is signed in goes on.
  @Sendable static func askPage(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    if try await visit.customer(desk) != nil { return StaffPages.seeOther("/my/\(desk.business)/bookings") }
    if visit.query["sent"] != nil { return try await sentPage(visit, desk) }
    return try await askPage(visit, desk)
  }

  /// `POST /my/{business}`: the same answer for every address, before anything is looked up.
  @Sendable static func ask(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    let typed = try await visit.form()["email"] ?? ""
    do {
      try await desk.askForCustomerLink(typed)
    } catch let refusal as Refusal where refusal.code == .invalid {
      return try await askPage(
        visit,
        desk,
        typed: typed,
        FormErrors(refusal.fields),
        status: .unprocessableContent
      )
    } catch let refusal as Refusal where refusal.code == .mailNotSet {
      return try await askPage(visit, desk, typed: typed, status: refusal.code.status)
    }
    return StaffPages.seeOther("/my/\(desk.business)?sent=yes")
  }

  /// `GET /my/{business}/open`: takes the code from the address's fragment, or typed; mail scanners that follow the link
  /// change nothing.
  @Sendable static func openPage(_ visit: Visit) async throws -> Response {
    let business = try await visit.desk().timetable().business
    return try visit.page(
      CustomerOpenPage(
        layout: visit.layout(business, title: "Your bookings"),
        action: "/my/\(business.id)/open",
        askURL: "/my/\(business.id)"
      )
    )
  }

  /// `POST /my/{business}/open`: signs in by the link's code. The session this browser had before ends.
  @Sendable static func open(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    let typed = try await visit.form()["code"] ?? ""
    let code = typed.split(separator: "#").last.map { String($0.filter { !$0.isWhitespace }) } ?? ""
    let token: String
    do {
      token = try await desk.takeCustomerLink(code)
    } catch let refusal as Refusal where refusal.code == .linkSpent {
      return try await askPage(visit, desk, notice: refusal.code.sentence, status: refusal.code.status)
    }
    return try await signedIn(visit, desk, token)
  }

  /// `POST /my/{business}/sign-out`: ends the session here and on the server.
  @Sendable static func signOut(_ visit: Visit) async throws -> Response {
    try await act(visit) { customer, _ in
      try await customer.desk.signOut(customer.customer)
      var response = StaffPages.seeOther(customer.base + "?said=" + CustomerSaid.signedOut.rawValue)
      response.headers[.setCookie] = CustomerCookie(visit.web.settings).expired
      return response
    }
  }

  static func askPage(
    _ visit: Visit,
    _ desk: Desk,
    typed: String = "",
    _ errors: FormErrors = FormErrors([]),
    notice: String? = nil,
    status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let business = try await desk.timetable().business
    return try visit.page(
      CustomerAskPage(
        layout: visit.layout(business, title: "Your bookings", hasErrors: !errors.isEmpty || notice != nil),
        action: "/my/\(business.id)",
        said: notice == nil ? CustomerSaid(visit.query)?.sentence : nil,
        refusal: notice,
        canMail: try await desk.isMailSet(),
        errors: errors.summary(naming: ["email": "E-mail address"]),
        email: errors.field("email", typed),
        passkeyURL: "/my/\(business.id)/passkey",
        bookURL: "/book/\(business.id)"
      ),
      status: status
    )
  }

  private static func sentPage(_ visit: Visit, _ desk: Desk) async throws -> Response {
    let business = try await desk.timetable().business
    return try visit.page(
      NoticePage(
        layout: visit.layout(business, title: "Look into your mailbox"),
        heading: "Look into your mailbox",
        paragraphs: [
          "If something was booked with this address, a link is on its way to it. It works once, for 30 minutes.",
          "Nothing there after a few minutes? Look among the unwanted mail, and check that it is the address you booked with. "
            + "An address gets three links an hour at most.",
        ],
        links: [
          LinkOption(label: "Ask for another link", url: "/my/\(business.id)", isChosen: false),
          LinkOption(label: "See what can be booked", url: "/book/\(business.id)", isChosen: false),
        ]
      )
    )
  }
}
