import Testing

@testable import Desk

extension WholeDayTests {
  /// A customer's own day: a link, a look, a passkey, and away; and one more link, for whoever delivers mail later.
  func customersDay(_ shop: Shop) async throws {
    let desk = shop.desk
    try await shop.sendMail(port: 2_525)
    try await shop.book(at: try at(3, "10:00"))
    _ = try await refusal { try await desk.askForCustomerLink("Rasa") }
    try await shop.ask("nobody@example.com")
    let code = try await shop.link(for: "rasa@example.com")
    let customer = try #require(try await desk.customer(token: try await desk.takeCustomerLink(code)))
    _ = try await desk.openOwnBookings(by: customer)
    let key = try SoftKey()
    try await desk.addCustomerPasskey(
      key.made(try await desk.newCustomerPasskeyOptions(for: customer)),
      by: customer
    )
    _ = try await desk.signInCustomer(passkey: try key.signed(try await desk.customerSignInOptions()))
    for passkey in try await desk.openOwnBookings(by: customer).passkeys {
      try await desk.removeCustomerPasskey(passkey.id, by: customer)
    }
    try await desk.signOut(customer)
    try await shop.ask("rasa@example.com")
  }
}
