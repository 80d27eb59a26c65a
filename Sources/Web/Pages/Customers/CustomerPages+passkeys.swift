import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension CustomerPages {
  /// `GET /my/{business}/passkey/options`: what a passkey is asked with. Stores nothing.
  @Sendable static func signInOptions(_ visit: Visit) async throws -> Response {
    .passkeyRequest(try await visit.desk().customerSignInOptions())
  }

  /// `POST /my/{business}/passkey`: signs in by a passkey. The session this browser had before ends.
  @Sendable static func signIn(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    let token: String
    do {
      token = try await desk.signInCustomer(passkey: try await visit.form()["passkey"] ?? "")
    } catch let refusal as Refusal where refusal.code == .signInRefused {
      return try await askPage(
        visit,
        desk,
        notice: "This passkey opens nothing here. Please ask for a link.",
        status: refusal.code.status
      )
    }
    return try await signedIn(visit, desk, token)
  }

  /// `POST /my/{business}/passkeys/options`: what a new passkey is asked with; by POST, since it opens the address it is
  /// made for.
  @Sendable static func newPasskeyOptions(_ visit: Visit) async throws -> Response {
    try await act(visit) { customer, _ in
      .passkeyCreation(try await customer.desk.newCustomerPasskeyOptions(for: customer.customer))
    }
  }

  /// `POST /my/{business}/passkeys`
  @Sendable static func addPasskey(_ visit: Visit) async throws -> Response {
    try await act(visit) { customer, form in
      do {
        try await customer.desk.addCustomerPasskey(form["passkey"] ?? "", by: customer.customer)
      } catch let refusal as Refusal where refusal.code == .invalid || refusal.code == .tooMany {
        return try await customer.bookingsPage(
          refusal: refusal.code == .tooMany
            ? "There are enough passkeys here. Remove one first."
            : "This passkey could not be added. Please try again.",
          status: refusal.code.status
        )
      }
      return StaffPages.seeOther(customer.base + "/bookings?said=" + CustomerSaid.passkeyAdded.rawValue)
    }
  }

  /// `POST /my/{business}/passkeys/{id}/removal`
  @Sendable static func removePasskey(_ visit: Visit) async throws -> Response {
    try await act(visit) { customer, _ in
      try await customer.desk.removeCustomerPasskey(try visit.identifier(), by: customer.customer)
      return StaffPages.seeOther(customer.base + "/bookings?said=" + CustomerSaid.passkeyRemoved.rawValue)
    }
  }

  /// Leads to the bookings with the cookie of a session that has just begun.
  static func signedIn(_ visit: Visit, _ desk: Desk, _ token: String) async throws -> Response {
    if let earlier = try await visit.customer(desk) { try await desk.signOut(earlier) }
    var response = StaffPages.seeOther("/my/\(desk.business)/bookings")
    response.headers[.setCookie] = CustomerCookie(visit.web.settings).set(token)
    return response
  }
}
