import Booking
import Primitives
import Storage
import TestKit
import Testing
import Vault

@testable import Desk

/// A customer adds a passkey after a link, and comes back by it without one.
@Suite(.serialized, .onEachEngine) struct CustomerPasskeyTests {
  private func shop() async throws -> (Shop, SignedInCustomer) {
    let shop = try await Shop()
    try await shop.sendMail(port: 2_525)
    try await shop.book(at: try at(2, "10:00"))
    return (shop, try await shop.customer("rasa@example.com"))
  }

  private func passkey(of customer: SignedInCustomer, in shop: Shop) async throws -> SoftKey {
    let key = try SoftKey()
    let options = try await shop.desk.newCustomerPasskeyOptions(for: customer)
    try await shop.desk.addCustomerPasskey(key.made(options), by: customer)
    return key
  }

  private func signIn(_ key: SoftKey, at desk: Desk) async throws -> SignedInCustomer {
    let token = try await desk.signInCustomer(passkey: try key.signed(try await desk.customerSignInOptions()))
    return try #require(try await desk.customer(token: token))
  }

  @Test func `a passkey opens the bookings of the address it was added for, and no others`() async throws {
    let (shop, customer) = try await shop()
    try await shop.book("class", at: try at(2, "12:00"), for: Cast.marius)
    let key = try await passkey(of: customer, in: shop)
    let entries = try await shop.entries().suffix(2)
    #expect(entries.map(\.act) == ["customer.opened", "customer_passkey.added"])
    #expect(entries.allSatisfy { $0.actor == "contact/\(customer.subject)" })
    let back = try #require(
      try await shop.leaves(.customerSessionStarted) { try await signIn(key, at: shop.desk) }
    )
    #expect(back.subject == customer.subject && back.session != customer.session)
    let own = try await shop.desk.openOwnBookings(by: back)
    #expect(own.bookings.count == 1 && own.email == "rasa@example.com" && own.passkeys.count == 1)
    #expect(own.passkeys.first?.usedAt == shop.clock.now())
    let stored = try await shop.blobs("SELECT public_key FROM customer_passkey")
    #expect(stored.count == 1 && !stored[0].isEmpty)
  }

  @Test func `an answer counts once, for this, in time and by a person who was verified`() async throws {
    let (shop, customer) = try await shop()
    let key = try await passkey(of: customer, in: shop)
    let options = try await shop.desk.customerSignInOptions()
    let answer = try key.signed(options)
    _ = try await shop.desk.signInCustomer(passkey: answer)
    func refused(_ json: String) async throws {
      try await shop.leaves(.customerSessionStarted, .signInRefused) {
        try await shop.desk.signInCustomer(passkey: json)
      }
    }
    try await refused(answer)
    try await refused("")
    try await refused(try key.signed(try await shop.desk.customerSignInOptions(), flags: 0x01))
    try await refused(
      try key.signed(try await shop.desk.customerSignInOptions(), userHandle: Array(repeating: 7, count: 32))
    )
    try await refused(try key.signed(try await shop.desk.signInOptions()))
    let late = try key.signed(try await shop.desk.customerSignInOptions())
    shop.clock.move(5 * 60)
    try await refused(late)
    try await refused(try SoftKey().signed(try await shop.desk.customerSignInOptions()))
    key.setCount(0)
    try await refused(try key.signed(try await shop.desk.customerSignInOptions()))
    #expect(
      try await refusal {
        try await shop.desk.signIn(
          email: "",
          .passkey(try key.signed(try await shop.desk.signInOptions())),
          from: .at()
        )
      } != nil,
      "no door of the staff opens to it"
    )
  }

  @Test func `a passkey is added in the session that asked, once, and five at most`() async throws {
    let (shop, customer) = try await shop()
    let other = try await shop.customer("rasa@example.com")
    let key = try SoftKey()
    let made = key.made(try await shop.desk.newCustomerPasskeyOptions(for: customer))
    try await shop.leaves(.customerPasskeyAdded, .invalid) {
      try await shop.desk.addCustomerPasskey(made, by: other)
    }
    try await shop.leaves(.customerPasskeyAdded) {
      try await shop.desk.addCustomerPasskey(made, by: customer)
    }
    try await shop.leaves(.customerPasskeyAdded, .invalid) {
      try await shop.desk.addCustomerPasskey(made, by: customer)
    }
    let again = key.made(try await shop.desk.newCustomerPasskeyOptions(for: customer))
    try await shop.leaves(.customerPasskeyAdded, .invalid) {
      try await shop.desk.addCustomerPasskey(again, by: customer)
    }
    #expect(try await shop.desk.newCustomerPasskeyOptions(for: other).known.count == 1)
    for _ in 1..<Desk.mostCustomerPasskeys { _ = try await passkey(of: customer, in: shop) }
    let sixth = try SoftKey().made(try await shop.desk.newCustomerPasskeyOptions(for: customer))
    try await shop.leaves(.customerPasskeyAdded, .tooMany) {
      try await shop.desk.addCustomerPasskey(sixth, by: customer)
    }
  }

  @Test func `a passkey is removed by its own customer, and opens nothing from then on`() async throws {
    let (shop, customer) = try await shop()
    try await shop.book("class", at: try at(2, "12:00"), for: Cast.marius)
    let marius = try await shop.customer("marius@example.com")
    let key = try await passkey(of: customer, in: shop)
    let id = try #require(try await shop.desk.openOwnBookings(by: customer).passkeys.first).id
    try await shop.leaves(.customerPasskeyRemoved, .unknown) {
      try await shop.desk.removeCustomerPasskey(id, by: marius)
    }
    try await shop.leaves(.customerPasskeyRemoved) {
      try await shop.desk.removeCustomerPasskey(id, by: customer)
    }
    try await shop.leaves(.customerPasskeyRemoved, .unknown) {
      try await shop.desk.removeCustomerPasskey(id, by: customer)
    }
    #expect(try await refusal { try await signIn(key, at: shop.desk) }?.code == .signInRefused)
  }

  @Test func `a row that was moved to another contact, or changed, opens nothing`() async throws {
    let (shop, customer) = try await shop()
    let marius = try await shop.book("class", at: try at(2, "12:00"), for: Cast.marius).booking.subject
    let key = try await passkey(of: customer, in: shop)
    let moved = try await shop.raw.change { try $0.run("UPDATE customer_passkey SET subject = \(marius)") }
    #expect(moved == 1)
    await #expect(throws: (any Error).self) { try await signIn(key, at: shop.desk) }
    let subject = customer.subject
    _ = try await shop.raw.change { try $0.run("UPDATE customer_passkey SET subject = \(subject)") }
    _ = try await signIn(key, at: shop.desk)
    try await shop.destroyKeys(of: customer.subject)
    #expect(try await refusal { try await signIn(key, at: shop.desk) }?.code == .signInRefused, "erased")
  }
}
