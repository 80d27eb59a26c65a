import Booking
import People
import Primitives
import Storage
import Testing
import Vault

@testable import Desk

/// All customers in one file: two people, one hour, one line that is nobody's (R5, R26, R28).
@Suite(.serialized, .onEachEngine) struct ExportTests {
  @Test func `a file is asked for, agreed to by somebody else, and taken by whoever asked within the hour`()
    async throws
  {
    let shop = try await Shop.withCustomers()
    let (ona, rita) = (try await shop.person("ona"), try await shop.person("rita"))
    let asked = try await shop.leaves(.approvalAsked) {
      try await shop.desk.askExport(for: .moving, details: true, by: ona)
    }
    let approval = try #require(asked)
    try await shop.leaves(.customersExported, .unknown) {
      try await shop.desk.exportCustomers(approval.id, by: ona)
    }
    try await shop.leaves(.approvalGiven, .notAllowed) { try await shop.desk.approve(approval.id, by: ona) }
    guard case .customerExport(let shown)? = try await shop.desk.listApprovals(by: rita).first?.effect else {
      Issue.record("not shown")
      return
    }
    #expect(shown.count == 3 && shown.hasDetails && shown.purpose == .moving)
    try await shop.leaves(.approvalGiven) { try await shop.desk.approve(approval.id, by: rita) }
    // Who comes later was not agreed to.
    shop.clock.move(60)
    try await shop.book(
      at: try at(2, "15:00"),
      for: ContactForm(name: "Late Comer", email: "late@example.com")
    )

    try await shop.leaves(.customersExported, .unknown) {
      try await shop.desk.exportCustomers(approval.id, by: rita)
    }
    let reader = try await shop.leaves(.customersExported) {
      try await shop.desk.exportCustomers(approval.id, by: ona)
    }
    let entry = try #require(try await shop.entries().last)
    #expect(entry.count == 3 && entry.records == ["approval/\(approval.id)"])
    #expect(entry.fields == ["address", "answers", "email", "name", "phone"])
    let lines = try await #require(reader).lines()
    let mark = try #require(try await shop.desk.openExports(by: rita).given.first?.mark)
    #expect(lines.count == 4)
    #expect(lines.filter { $0.email == mark }.count == 1)
    #expect(Set(lines.filter { $0.email != mark }.map(\.name)) == Set(Cast.three.map(\.name)))
    #expect(
      lines.contains { $0.address == "Tilto g. 9, Vilnius" && $0.answers.map(\.answer) == ["the green one"] }
    )
    let told = try await shop.texts("SELECT staff FROM notice WHERE detail = 'approval-taken' ORDER BY staff")
    #expect(told == ["ona", "rita"])

    shop.clock.move(.hours(1) - 60)
    let later = try await shop.person("ona")
    #expect(try await shop.desk.openExports(by: later).given.first?.until == nil)
    try await shop.leaves(.customersExported, .approvalEnded) {
      try await shop.desk.exportCustomers(approval.id, by: later)
    }
  }

  @Test(arguments: [false, true])
  func `a file that was agreed to is stopped by either of the two, or another who may agree`(
    byAsker: Bool
  ) async throws {
    let shop = try await Shop.withCustomers()
    let id = try await shop.agreedExport(for: .moving, details: false)
    let (ona, rita) = (try await shop.person("ona"), try await shop.person("rita"))
    #expect(try await shop.desk.takenFiles(by: ona).map(\.isOwn) == [true])
    #expect(try await shop.desk.takenFiles(by: rita).map(\.isOwn) == [false])
    try await shop.leaves(.approvalRefused, .notAllowed) { try await shop.desk.refuseApproval(id, by: ona) }
    try await shop.leaves(.approvalWithdrawn, .unknown) { try await shop.desk.withdrawApproval(id, by: rita) }
    try await shop.leaves(.approvalRefused, .notAllowed) {
      try await shop.desk.refuseApproval(id, by: try await shop.person("tadas"))
    }
    _ = try await shop.desk.exportCustomers(id, by: ona).lines()
    shop.clock.move(1)
    if byAsker {
      let stopped = try await shop.leaves(.approvalWithdrawn) {
        try await shop.desk.withdrawApproval(id, by: ona)
      }
      #expect(stopped?.wasGiven == true)
    } else {
      #expect(
        try await shop.leaves(.approvalRefused) { try await shop.desk.refuseApproval(id, by: rita) } == true
      )
    }
    try await shop.leaves(.customersExported, .approvalEnded) {
      try await shop.desk.exportCustomers(id, by: ona)
    }
    #expect(try await shop.desk.takenFiles(by: rita).isEmpty)
    // Whoever finds a copy later still learns which file it was.
    #expect(try await shop.desk.openExports(by: rita).given.map(\.approval.id) == [id])
    let told = try await shop.texts(
      "SELECT staff FROM notice WHERE detail = 'approval-stopped' ORDER BY staff"
    )
    #expect(told == ["ona", "rita"])
    for person in [ona, rita] {
      let again = try await refusal { try await shop.desk.refuseApproval(id, by: person) }
      #expect(again?.code == .approvalEnded)
    }
  }

  @Test func `a file keeps its line when customers were erased after it was agreed to`() async throws {
    let shop = try await Shop.withCustomers()
    let id = try await shop.agreedExport(for: .moving, details: false)
    try await shop.tamper("UPDATE contact SET erased_at = 1 WHERE number > (SELECT min(number) FROM contact)")
    let lines = try await shop.desk.exportCustomers(id, by: try await shop.person("ona")).lines()
    let mark = try await shop.desk.openExports(by: try await shop.person("rita")).given.first?.mark
    #expect(lines.count == 2 && lines.contains { $0.email == mark })
    // Whoever has the file is not told which line to leave out.
    let asker = try await shop.desk.openExports(by: try await shop.person("ona")).given
    #expect(asker.map(\.mark) == [nil])
  }

  @Test func `two files hold different lines that are nobody's, and one without details holds none`()
    async throws
  {
    let shop = try await Shop.withCustomers()
    var marks: Set<String> = []
    for purpose in [CustomerExport.Purpose.accounts, .other] {
      let id = try await shop.agreedExport(for: purpose, details: false)
      let lines = try await shop.desk.exportCustomers(id, by: try await shop.person("ona")).lines()
      #expect(lines.allSatisfy { $0.address == nil && $0.answers.isEmpty })
      marks.formUnion(Set(lines.compactMap(\.email)).subtracting(Cast.three.compactMap(\.email)))
    }
    #expect(marks.count == 2)
    let listed = try await shop.desk.openExports(by: try await shop.person("rita")).given.map(\.mark)
    #expect(Set(listed) == marks)
  }

  @Test func `a file longer than one reading is whole, in order, and holds its line once`() async throws {
    let shop = try await Shop.withCustomers()
    for number in 0..<(ExportReader.atOnce * 4) {
      let contact = ContactForm(name: "Customer \(number)", email: "c\(number)@example.com")
      let start = try at(7, "00:00") + .days(number / 8) + .minutes(9 * 60 + number % 8 * 60)
      _ = try? await shop.book(at: start, with: "tadas", for: contact)
    }
    let count = try await shop.count("contact")
    try #require(count > ExportReader.atOnce)
    let id = try await shop.agreedExport(for: .moving, details: false)
    let reader = try await shop.desk.exportCustomers(id, by: try await shop.person("ona"))
    let lines = try await reader.lines()
    #expect(lines.count == count + 1)
    #expect(Set(lines.map(\.email)).count == count + 1)
  }

  @Test func `somebody who may not is refused, and the owners are told once an hour (R26)`() async throws {
    let shop = try await Shop.withCustomers()
    for name in ["tadas", "tadas", "jonas"] {
      let person = try await shop.person(name)
      try await shop.leaves(.approvalAsked, .notAllowed) {
        try await shop.desk.askExport(for: .moving, details: false, by: person)
      }
      try await shop.leaves(.customersExported, .notAllowed) {
        try await shop.desk.exportCustomers(person.session, by: person)
      }
      try await shop.leaves(.exportsOpened, .notAllowed) { try await shop.desk.openExports(by: person) }
    }
    #expect(try await shop.count("notice WHERE detail = 'export-tried' AND staff = 'rita'") == 2)
    #expect(try await shop.count("approval") == 0)
  }

  @Test func `somebody from outside takes no file along, whatever their role says (R26)`() async throws {
    let shop = try await Shop.withCustomers()
    var grant = try shop.grant("rita", .owner)
    grant.engagement = Engagement(lastDay: try day("2026-12-23"), purpose: "Looks after the books")
    _ = try await shop.desk.giveRole(grant, version: nil, by: try await shop.person("ona"))
    shop.clock.move(1)
    let rita = try await shop.person("rita")
    try await shop.leaves(.approvalAsked, .notAllowed) {
      try await shop.desk.askExport(for: .moving, details: false, by: rita)
    }
  }

  @Test func `an owner alone waits a day for it, and then has a day to take it`() async throws {
    let shop = try await Shop.withCustomers(twoOwners: false)
    let approval = try await shop.desk.askExport(
      for: .moving,
      details: false,
      by: try await shop.person("ona")
    )
    #expect(approval.isAlone)
    shop.clock.move(.hours(24))
    try await shop.leaves(.approvalGiven) { try await shop.desk.runApprovals() }
    shop.clock.move(.hours(24) - 1)
    let late = try await shop.person("ona")
    try await shop.leaves(.customersExported) { try await shop.desk.exportCustomers(approval.id, by: late) }
    shop.clock.move(1)
    try await shop.leaves(.customersExported, .approvalEnded) {
      try await shop.desk.exportCustomers(approval.id, by: late)
    }
  }

  @Test func `who has lost the right meanwhile gets no file`() async throws {
    let shop = try await Shop.withCustomers()
    let id = try await shop.agreedExport(for: .moving, details: false)
    _ = try await shop.desk.giveRole(
      try shop.grant("ona", .administrator),
      version: nil,
      by: try await shop.person("rita")
    )
    shop.clock.move(1)
    let ona = try await shop.person("ona")
    try await shop.leaves(.customersExported, .notAllowed) {
      try await shop.desk.exportCustomers(id, by: ona)
    }
  }

  @Test func `"this was not me" takes back what was asked for in that name (R38)`() async throws {
    let shop = try await Shop.withCustomers(twoOwners: false)
    let ona = try await shop.person("ona")
    let approval = try await shop.desk.askExport(for: .moving, details: false, by: ona)
    try await shop.leaves(.signInDisowned) {
      try await shop.desk.disown(shop.desk.ring.linkCode(.disown, row: ona.session))
    }
    #expect(try await shop.state(of: approval) == "withdrawn")
    shop.clock.move(.hours(24))
    try await shop.leavesNothing { try await shop.desk.runApprovals() }
  }

  @Test func `the same asked again is one, and can be taken back`() async throws {
    let shop = try await Shop.withCustomers()
    let ona = try await shop.person("ona")
    let first = try await shop.desk.askExport(for: .moving, details: false, by: ona)
    shop.clock.move(5)
    #expect(try await shop.desk.askExport(for: .moving, details: false, by: ona).id == first.id)
    #expect(try await shop.desk.askExport(for: .moving, details: true, by: ona).id != first.id)
    try await shop.leaves(.approvalWithdrawn) { try await shop.desk.withdrawApproval(first.id, by: ona) }
    #expect(try await shop.desk.openExports(by: ona).waiting.count == 1)
  }
}

extension Cast {
  /// Three customers, the first with address and answer.
  static var three: [ContactForm] {
    var visited = rasa
    visited.address = "Tilto g. 9, Vilnius"
    visited.answers = ["door": "the green one"]
    return [
      visited, ContactForm(name: "Petras Kalnas", email: "petras@example.com"),
      ContactForm(name: "=SUM(A1)", email: "sum@example.com"),
    ]
  }
}

extension Shop {
  /// With three customers who have booked.
  static func withCustomers(twoOwners: Bool = true) async throws -> Shop {
    let shop = try await Shop.withRoles(twoOwners: twoOwners)
    for (number, contact) in Cast.three.enumerated() {
      let start = try at(2, "09:00") + .hours(2 * number)
      try await shop.book(number == 0 ? "visit" : "repair", at: start, for: contact)
    }
    return shop
  }

  /// Asked for by one owner, agreed to by the other.
  func agreedExport(for purpose: CustomerExport.Purpose, details: Bool) async throws -> Identifier {
    let asked = try await desk.askExport(for: purpose, details: details, by: try await person("ona"))
    try await desk.approve(asked.id, by: try await person("rita"))
    return asked.id
  }
}

extension ExportReader {
  func lines() async throws -> [ExportedContact] {
    var lines: [ExportedContact] = []
    try await read { lines += $0 }
    return lines
  }
}
