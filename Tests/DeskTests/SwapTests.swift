import Booking
import People
import Primitives
import Storage
import Testing
import Vault

@testable import Desk

/// A sealed cell copied to another row, column, row version or business does not open.
@Suite(.onEachEngine) struct SwapTests {
  /// One sealed cell as it lies in a database, and what would open it there.
  private struct Found {
    let place: String
    let bytes: [UInt8]
    let open: (Sealed) throws -> String
  }

  /// Every sealed cell of a business: two customers with all they can hand in, two people who sign in, two invites and
  /// the mail settings.
  private func cells(of shop: Shop) async throws -> [Found] {
    for number in 1...2 {
      var contact = Cast.customer(number)
      contact.phone = "+370 600 0000\(number)"
      contact.address = "Tilto g. \(number), Vilnius"
      contact.answers = ["door": "number \(number)"]
      try await shop.book("visit", at: try at(number, "10:00"), for: contact)
    }
    for staff in ["ona", "tadas"] { _ = try await shop.signIn(for: staff) }
    for staff in ["jonas", "milda"] { _ = try await shop.desk.invite(try slug(staff), by: .commandLine) }
    try await shop.desk.setMailServer(
      MailServerForm(
        host: "127.0.0.1",
        port: "25",
        security: "none-on-loopback",
        username: "",
        password: "",
        sender: "hello@example.test"
      ),
      by: .commandLine
    )
    var found = try await contactCells(shop)
    found += try await staffCells(shop)
    found += try await businessCells(shop)
    return found
  }

  private func contactCells(_ shop: Shop) async throws -> [Found] {
    let contacts = try await shop.raw.read { try $0.newestContacts(within: .everything, atMost: 10) }
    var found: [Found] = []
    for contact in contacts {
      let keys = try #require(try await shop.desk.keys.open(contact.subject))
      for field in ContactField.allCases {
        let sealed = [contact.name, contact.email, contact.phone, contact.address, contact.answers][
          try #require(ContactField.allCases.firstIndex(of: field))
        ]
        let value = try #require(sealed)
        let cell = field.cell(contact.subject, rowVersion: contact.rowVersion)
        found.append(
          Found(place: "contact.\(field) of \(contact.subject)", bytes: value.bytes) {
            try keys.open($0, at: cell)
          }
        )
        let later = field.cell(contact.subject, rowVersion: contact.rowVersion + 1)
        #expect(throws: VaultFault.wrongPlace) { _ = try keys.open(value, at: later) }
      }
    }
    return found
  }

  private func staffCells(_ shop: Shop) async throws -> [Found] {
    let credentials = shop.desk.ring.businessCells(.credentials)
    var found: [Found] = []
    for account in try await shop.raw.read({ try $0.staffAccounts() }) {
      let keys = try #require(try await shop.desk.keys.open(account.subject))
      found.append(
        Found(place: "staff.email of \(account.id)", bytes: account.email.bytes) {
          try keys.open($0, at: account.emailCell())
        }
      )
      for (column, sealed) in [("password", account.password), ("totp_secret", account.totpSecret)] {
        guard let sealed else { continue }
        found.append(
          Found(place: "staff.\(column) of \(account.id)", bytes: sealed.bytes) {
            try credentials.open($0, at: account.cell(column))
          }
        )
      }
    }
    return found
  }

  private func businessCells(_ shop: Shop) async throws -> [Found] {
    let desk = shop.desk
    let integrations = desk.ring.businessCells(.integrations)
    let (version, settings) = try #require(try await shop.raw.read { try $0.mailSettings() })
    let row = Cell(
      table: "mail_server",
      column: "settings",
      row: Identifier(high: 0, low: 1),
      rowVersion: version,
      class: .integrations
    )
    var found = [
      Found(place: "mail_server.settings", bytes: settings.bytes) { try integrations.open($0, at: row) }
    ]
    let invites = try await shop.raw.read { records in
      try records.all("SELECT id, totp_secret FROM invite") { (try $0.identifier(0), $0.bytes(1)) }
    }
    let credentials = desk.ring.businessCells(.credentials)
    for (row, secret) in invites {
      let cell = Cell(table: "invite", column: "totp_secret", row: row, rowVersion: 1, class: .credentials)
      found.append(Found(place: "invite \(row)", bytes: secret) { try credentials.open($0, at: cell) })
    }
    return found
  }

  @Test func `of all swaps within a business and between two none opens`() async throws {
    var other = try SpareHands.business()
    other.id = try slug("other-hands")
    let one = try await Shop()
    let two = try await Shop(other)
    var cells = try await cells(of: one)
    cells += try await self.cells(of: two)
    // Ten of contacts, four addresses and two credentials each of two, the settings, four invites.
    try #require(cells.count == 46)
    var opened: [String] = []
    var tried = 0
    for (from, copied) in cells.enumerated() {
      for (to, target) in cells.enumerated() {
        let text = try? target.open(Sealed(bytes: copied.bytes))
        if from == to {
          #expect(text != nil, "\(copied.place) does not open where it belongs")
        } else {
          tried += 1
          if text != nil { opened.append("\(copied.place) opened as \(target.place)") }
        }
      }
    }
    #expect(opened.isEmpty)
    #expect(tried == cells.count * (cells.count - 1))
  }

  @Test func `cells swapped in the file itself are refused by the acts that show them`() async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    let rasa = try await shop.book(at: try at(1, "10:00"))
    try await shop.book(at: try at(2, "10:00"), for: Cast.marius)
    try await shop.tamper(
      "UPDATE contact SET name = (SELECT name FROM contact WHERE number = 2) WHERE number = 1"
    )
    await #expect(throws: VaultFault.wrongPlace) {
      _ = try await shop.desk.revealContact(rasa.booking.id, by: ona)
    }
    await #expect(throws: VaultFault.wrongPlace) {
      _ = try await shop.desk.searchCustomers("rasa@example.com", by: ona)
    }
  }

  @Test func `a whole contact moved to another business is nobody there`() async throws {
    var other = try SpareHands.business()
    other.id = try slug("other-hands")
    let (one, two) = (try await Shop(), try await Shop(other))
    let ticket = try await one.book(at: try at(1, "10:00"))
    let there = try await two.book(at: try at(1, "10:00"), for: Cast.marius)
    let contact = try #require(try await one.raw.read { try $0.contact(ticket.booking.subject) })
    let wrapped = try await one.desk.keys.store.read { try $0.subjectKeys([ticket.booking.subject]) }
    // Data and wrapped keys both: what a thief with both databases could put together.
    try await two.desk.keys.store.change { try $0.addBlanks(wrapped) }
    try await two.raw.change { changes in
      try changes.add(contact, indexes: nil)
      _ = try changes.run("UPDATE booking SET subject = \(contact.subject)")
    }
    let ona = try await two.person("ona")
    await #expect(throws: VaultFault.self) {
      _ = try await two.desk.revealContact(there.booking.id, by: ona)
    }
  }
}
