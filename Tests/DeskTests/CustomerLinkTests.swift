import Booking
import Primitives
import Storage
import TestKit
import Testing
import Vault

@testable import Desk

/// A customer asks for a link to their own bookings and opens it (B27, R32, R42).
@Suite(.serialized, .onEachEngine) struct CustomerLinkTests {
  private func shop() async throws -> Shop {
    let shop = try await Shop()
    try await shop.sendMail(port: 2_525)
    return shop
  }

  @Test func `known, unknown and mistyped: asking looks nothing up and says nothing`() async throws {
    let shop = try await shop()
    try await shop.book(at: try at(2, "10:00"))
    for email in ["rasa@example.com", "nobody@example.com", " RASA@example.com "] {
      let statements = try await shop.statements.during { try await shop.desk.askForCustomerLink(email) }
      #expect(statements.count == 1, "whether mail is set, and nothing else: \(statements)")
    }
    try await shop.leaves(.customerLinkAsked, .invalid) { try await shop.desk.askForCustomerLink("rasa") }
    try await shop.leaves(.customerLinkAsked, .invalid) { try await shop.desk.askForCustomerLink("") }
    let before = try await shop.entries().count
    #expect(try await shop.desk.answerCustomerAsks() == 2, "one address asked for twice at once is one")
    #expect(try await shop.entries(from: before).map(\.outcome) == ["done", "unknown"])
    #expect(try await shop.count("customer_link") == 1)
    #expect(try await shop.count("notice") == 1)
    #expect(try await shop.desk.answerCustomerAsks() == 0)
  }

  @Test func `without a mail server nobody is promised a link`() async throws {
    let shop = try await Shop()
    try await shop.leaves(.customerLinkAsked, .mailNotSet) {
      try await shop.desk.askForCustomerLink("rasa@example.com")
    }
  }

  @Test func `a link opens once, within half an hour, and only here`() async throws {
    let shop = try await shop()
    let other = try await Shop()
    try await shop.book(at: try at(2, "10:00"))
    let code = try await shop.link(for: "rasa@example.com")
    for wrong in [
      "", "x", String(code.reversed()),
      try fragment(of: try await shop.desk.invite(try slug("tadas"), by: .commandLine)),
    ] {
      try await shop.leaves(.customerSessionStarted, .linkSpent) {
        try await shop.desk.takeCustomerLink(wrong)
      }
    }
    try await other.leaves(.customerSessionStarted, .linkSpent) {
      try await other.desk.takeCustomerLink(code)
    }
    #expect(
      try await refusal { try await shop.desk.openInvite(code) }?.code == .inviteSpent,
      "it opens nothing else"
    )
    let token = try #require(
      try await shop.leaves(.customerSessionStarted) { try await shop.desk.takeCustomerLink(code) }
    )
    #expect(try await shop.desk.customer(token: token) != nil)
    #expect(try await shop.another().customer(token: token) != nil, "every server knows it")
    #expect(try await other.desk.customer(token: token) == nil, "not at another business")
    try await shop.leaves(.customerSessionStarted, .linkSpent) { try await shop.desk.takeCustomerLink(code) }

    let late = try await shop.link(for: "rasa@example.com")
    shop.clock.move(30 * 60)
    try await shop.leaves(.customerSessionStarted, .linkSpent) { try await shop.desk.takeCustomerLink(late) }
  }

  @Test func `one link opened by twenty at once lets one in (V31)`() async throws {
    let shop = try await shop()
    try await shop.book(at: try at(2, "10:00"))
    let code = try await shop.link(for: "rasa@example.com")
    let desks = [shop.desk, try await shop.another()]
    let opened = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<20 {
        group.addTask { try await refusal { try await desks[number % 2].takeCustomerLink(code) } == nil }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(opened == 1)
    #expect(try await shop.count("customer_session") == 1)
  }

  @Test func `an address gets three links an hour, however it is written and whoever asks`() async throws {
    let shop = try await shop()
    try await shop.book(at: try at(2, "10:00"))
    try await shop.book(at: try at(2, "14:00"), for: ContactForm(name: "Rasa", email: "Rasa@Example.com"))
    for number in 0..<5 {
      try await shop.ask(number % 2 == 0 ? "rasa@example.com" : "RASA@EXAMPLE.COM")
      shop.clock.move(60)
    }
    #expect(try await shop.count("customer_link") == 3)
    #expect(try await shop.entries().suffix(2).map(\.outcome) == ["too_many", "too_many"])
    let desks = [shop.desk, try await shop.another()]
    shop.clock.move(3_600)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          try await desks[number % 2].askForCustomerLink("rasa@example.com")
          while try await desks[number % 2].answerCustomerAsks() > 0 {}
        }
      }
      try await group.waitForAll()
    }
    #expect(try await shop.count("customer_link") <= 6, "side by side on two servers too")
  }

  @Test func `too many waiting at once are refused, known or not`() async throws {
    let shop = try await shop()
    for number in 0..<CustomerAsks.most { try await shop.desk.askForCustomerLink("c\(number)@example.com") }
    try await shop.leaves(.customerLinkAsked, .tooMany) {
      try await shop.desk.askForCustomerLink("rasa@example.com")
    }
  }

  @Test func `opening the link confirms the address of every contact that has it, and no other`() async throws
  {
    let shop = try await shop()
    try await shop.book(at: try at(2, "10:00"))
    try await shop.book(at: try at(2, "12:00"))
    try await shop.book(at: try at(2, "14:00"), for: ContactForm(name: "Rasa", email: "rasa@example.co"))
    try await shop.book(at: try at(3, "10:00"), for: ContactForm(name: "Rasa", email: "rasa.k@example.com"))
    _ = try await shop.customer("rasa@example.com")
    #expect(try await shop.count("contact WHERE confirmed_at IS NOT NULL AND email_index IS NOT NULL") == 2)
    #expect(try await shop.count("contact WHERE confirmed_at IS NULL AND email_index IS NULL") == 2)
  }

  @Test func `a contact whose keys were destroyed is unknown, and ends what it began`() async throws {
    let shop = try await shop()
    let ticket = try await shop.book(at: try at(2, "10:00"))
    let customer = try await shop.customer("rasa@example.com")
    let code = try await shop.link(for: "rasa@example.com")
    try await shop.destroyKeys(of: ticket.booking.subject)
    try await shop.leaves(.customerSessionStarted, .linkSpent) { try await shop.desk.takeCustomerLink(code) }
    try await shop.leaves(.customerOpened, .signInNeeded) {
      try await shop.desk.openOwnBookings(by: customer)
    }
    try await shop.desk.askForCustomerLink("rasa@example.com")
    try await shop.leaves(.customerLinkAsked, .unknown) {
      _ = try await shop.desk.answerCustomerAsks()
      throw Refusal(.unknown)
    }
  }

  @Test
  func `a session ends after half an hour idle, after an hour in any case, and when its customer signs out`()
    async throws
  {
    let shop = try await shop()
    try await shop.book(at: try at(2, "10:00"))
    func begin() async throws -> String {
      try await shop.desk.takeCustomerLink(try await shop.link(for: "rasa@example.com"))
    }
    let idle = try await begin()
    shop.clock.move(29 * 60)
    #expect(try await shop.desk.customer(token: idle) != nil)
    shop.clock.move(29 * 60)
    let person = try #require(try await shop.desk.customer(token: idle))
    shop.clock.move(2 * 60)
    #expect(try await shop.desk.customer(token: idle) == nil, "an hour is over")
    let next = try await shop.desk.customer(token: try await begin())
    #expect(person.subject == next?.subject)
    let second = try await begin()
    shop.clock.move(30 * 60)
    #expect(try await shop.desk.customer(token: second) == nil, "idle")
    shop.clock.move(3_600)
    let third = try await begin()
    let signedIn = try #require(try await shop.desk.customer(token: third))
    try await shop.leaves(.customerSessionEnded) { try await shop.desk.signOut(signedIn) }
    #expect(try await shop.desk.customer(token: third) == nil)
    #expect(try await shop.another().customer(token: third) == nil, "on every server")
    #expect(try await shop.desk.customer(token: "x") == nil)
  }

  @Test func `links, sessions and notices that have served their time are forgotten`() async throws {
    let shop = try await shop()
    try await shop.book(at: try at(2, "10:00"))
    _ = try await shop.customer("rasa@example.com")
    try await shop.leavesNothing { try await shop.desk.tidyUp() }
    #expect(try await shop.count("customer_link") == 1)
    #expect(try await shop.count("customer_session") == 1)
    shop.clock.move(3_601)
    try await shop.desk.tidyUp()
    #expect(try await shop.count("customer_link") == 0)
    #expect(try await shop.count("customer_session") == 0)
    #expect(try await shop.count("notice") == 0, "it waited for a server that was not there")
  }
}
