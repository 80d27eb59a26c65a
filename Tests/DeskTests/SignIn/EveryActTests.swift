import Audit
import Booking
import Foundation
import Outgoing
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// Nobody acts from a locked session or with a password that must be changed, and sensitive acts ask for a fresh proof.
@Suite(.serialized, .onEachEngine) struct EveryActTests {
  private typealias StaffAct = (name: String, run: @Sendable (Shop, StaffPerson) async throws -> Void)

  /// Every act that takes a person, by the name of its function; `exempt` are those that such a person must be able to do.
  private static let exempt: Set<String> = [
    "prove", "proofOptions", "lock", "signOut", "may", "require", "permit", "admit", "requireAdmitted",
    "requireFresh",
    // Changing a password that is due is what is asked for; a locked session refuses it.
    "changePassword", "ownPassword",
    // A count that a page reminds of, shown to nobody who may not answer.
    "reviewsDue",
    // Numbers and yes or no, for the page that a locked session does not get.
    "hasApprover", "waitingLeaves",
    // Part of opening a booking, which is the act; a locked session is shown none.
    "history",
  ]

  private static let acts: [StaffAct] = [
    ("openDay", { _ = try await $0.desk.openDay(try day("2026-11-23"), staff: nil, by: $1) }),
    ("openWeek", { _ = try await $0.desk.openWeek(of: try day("2026-11-23"), staff: nil, by: $1) }),
    ("openBooking", { _ = try await $0.desk.openBooking(try await $0.aVisit(), by: $1) }),
    ("revealContact", { _ = try await $0.desk.revealContact(try await $0.aVisit(), by: $1) }),
    (
      "bookForCaller", { _ = try await $0.desk.bookForCaller(try $0.request(at: try at(3, "10:00")), by: $1) }
    ),
    (
      "offersForCaller",
      { shop, person in
        let span = try #require(Interval(start: try at(1, "00:00"), end: try at(2, "00:00")))
        let question = SlotQuestion(service: try slug("repair"), staff: nil, span: span, audience: .staff)
        _ = try await shop.desk.offersForCaller(question, by: person)
      }
    ),
    (
      "rescheduleBooking",
      {
        let id = try await $0.aVisit()
        _ = try await $0.desk.rescheduleBooking(id, version: 1, start: try at(3, "12:00"), staff: nil, by: $1)
      }
    ),
    ("cancelBooking", { _ = try await $0.desk.cancelBooking(try await $0.aVisit(), version: 1, by: $1) }),
    ("markBooking", { _ = try await $0.desk.markBooking(try await $0.aVisit(), .done, version: 1, by: $1) }),
    (
      "blockTimeOff",
      {
        _ = try await $0.desk.blockTimeOff(
          staff: $1.id,
          from: try at(4, "09:00"),
          to: try at(4, "10:00"),
          by: $1
        )
      }
    ),
    ("openTimeOff", { _ = try await $0.desk.openTimeOff(try await $0.aTimeOff(), by: $1) }),
    ("comingTimeOff", { _ = try await $0.desk.comingTimeOff(by: $1) }),
    ("liftTimeOff", { _ = try await $0.desk.liftTimeOff(try await $0.aTimeOff(), by: $1) }),
    ("searchCustomers", { _ = try await $0.desk.searchCustomers("rasa", by: $1) }),
    ("listPeople", { _ = try await $0.desk.listPeople(by: $1) }),
    ("invite", { _ = try await $0.desk.invite(try slug("tadas"), by: $1) }),
    ("openRecovery", { try await $0.desk.openRecovery($1.session, of: try slug("tadas"), by: $1) }),
    ("endRecovery", { try await $0.desk.endRecovery($1.session, of: try slug("tadas"), by: $1) }),
    ("openMailServer", { _ = try await $0.desk.openMailServer(by: $1) }),
    ("openMailOverview", { _ = try await $0.desk.openMailOverview(by: $1) }),
    ("setMailServer", { try await $0.desk.setMailServer(anyServer, by: $1) }),
    ("sendTestMail", { _ = try await $0.desk.sendTestMail(by: $1) }),
    ("tryMailServer", { _ = try await $0.desk.tryMailServer(by: $1) }),
    ("requeueFailedMessages", { _ = try await $0.desk.requeueFailedMessages(by: $1) }),
    ("openAccess", { _ = try await $0.desk.openAccess(of: $1.id, by: $1) }),
    ("endSession", { try await $0.desk.endSession($1.session, of: $1.id, by: $1) }),
    ("endSessions", { _ = try await $0.desk.endSessions(of: $1.id, sparing: nil, by: $1) }),
    ("takePasskey", { try await $0.desk.takePasskey($1.device, of: $1.id, by: $1) }),
    ("forgetDevice", { try await $0.desk.forgetDevice($1.device, of: $1.id, by: $1) }),
    ("newPasskeyOptions", { _ = try await $0.desk.newPasskeyOptions(for: $1) }),
    ("addPasskey", { try await $0.desk.addPasskey("{}", label: "", by: $1) }),
    ("removePasskey", { try await $0.desk.removePasskey($1.session, by: $1) }),
    ("makeRecoveryCodes", { _ = try await $0.desk.makeRecoveryCodes(by: $1) }),
    ("newCodeApp", { _ = try await $0.desk.newCodeApp(for: $1) }),
    ("setCodeApp", { try await $0.desk.setCodeApp(code: "000000", by: $1) }),
    ("askForPassword", { try await $0.desk.askForPassword(of: try slug("tadas"), by: $1) }),
    ("leave", { _ = try await $0.desk.leave(try slug("milda"), by: $1) }),
    ("openComing", { _ = try await $0.desk.openComing(of: try slug("milda"), by: $1) }),
    (
      "splitLogin",
      {
        let second = SecondPerson(name: "Gabija", email: "gabija@example.test", mailboxReason: nil)
        _ = try await $0.desk.splitLogin($1.session, giving: second, by: $1)
      }
    ),
    ("openReview", { _ = try await $0.desk.openReview(by: $1) }),
    ("answerReview", { try await $0.desk.answerReview(.keep, of: try slug("tadas"), by: $1) }),
    ("listAccess", { _ = try await $0.desk.listAccess(to: try await $0.aVisit(), by: $1) }),
    ("openRecord", { _ = try await $0.desk.openRecord(by: $1) }),
    ("openMoney", { _ = try await $0.desk.openMoney(of: try day("2026-11-23"), by: $1) }),
    ("listRoles", { _ = try await $0.desk.listRoles(by: $1) }),
    ("saveRole", { _ = try await $0.desk.saveRole(kaunasDesk(), as: nil, version: nil, by: $1) }),
    ("removeRole", { try await $0.desk.removeRole(.technician, version: nil, by: $1) }),
    (
      "giveRole",
      { _ = try await $0.desk.giveRole(try $0.grant("milda", .bookkeeper), version: nil, by: $1) }
    ),
    ("addPerson", { _ = try await $0.desk.addPerson(gabija, by: $1) }),
    ("checkPerson", { try await $0.desk.checkPerson(gabija, by: $1) }),
    ("listApprovals", { _ = try await $0.desk.listApprovals(by: $1) }),
    ("takenFiles", { _ = try await $0.desk.takenFiles(by: $1) }),
    ("approve", { try await $0.desk.approve($1.session, by: $1) }),
    ("refuseApproval", { try await $0.desk.refuseApproval($1.session, by: $1) }),
    ("withdrawApproval", { try await $0.desk.withdrawApproval($1.session, by: $1) }),
    ("openExports", { _ = try await $0.desk.openExports(by: $1) }),
    ("askExport", { _ = try await $0.desk.askExport(for: .moving, details: true, by: $1) }),
    ("exportCustomers", { _ = try await $0.desk.exportCustomers($1.session, by: $1) }),
    (
      "previewErasure", { _ = try await $0.desk.previewErasure(keeping: try day("2026-11-01"), by: $1) }
    ),
    ("askErasure", { _ = try await $0.desk.askErasure(keeping: try day("2026-11-01"), count: 0, by: $1) }),
    ("plantDecoy", { try await $0.desk.plantDecoy(name: "Nobody", phone: "", by: $1) }),
    ("openDecoys", { _ = try await $0.desk.openDecoys(by: $1) }),
    ("removeDecoy", { try await $0.desk.removeDecoy($1.session, by: $1) }),
    ("openFindings", { _ = try await $0.desk.openFindings(by: $1) }),
    ("settleFinding", { try await $0.desk.settleFinding($1.session, as: .explained, by: $1) }),
    ("ownLeaves", { _ = try await $0.desk.ownLeaves(by: $1) }),
    ("pendingLeaves", { _ = try await $0.desk.pendingLeaves(by: $1) }),
    (
      "askLeave", { _ = try await $0.desk.askLeave("search", minutes: 60, because: "Milda is ill", by: $1) }
    ),
    ("openEmergency", { _ = try await $0.desk.openEmergency(because: "Water everywhere", by: $1) }),
    ("giveLeave", { try await $0.desk.giveLeave($1.session, minutes: 60, by: $1) }),
    ("declineLeave", { try await $0.desk.declineLeave($1.session, by: $1) }),
    ("endLeave", { try await $0.desk.endLeave($1.session, by: $1) }),
    ("giveLeaveBack", { try await $0.desk.giveLeaveBack(by: $1) }),
    (
      "reviewEmergency",
      { try await $0.desk.reviewEmergency($1.session, as: "in-order", note: nil, by: $1) }
    ),
  ]

  @Test func `no act is done from a locked session, or before a password that is due is changed`()
    async throws
  {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let begun = try await shop.signIn(ona)
    try await shop.desk.lock(begun.person)
    let locked = try #require(try await shop.desk.person(token: begun.token))
    let proved = try await shop.desk.prove(
      locked,
      token: begun.token,
      ona.proof(at: shop.clock.now() + 30),
      from: .at("home", begun.deviceToken)
    )
    try await shop.tamper("UPDATE staff SET password_due = 'asked' WHERE id = 'ona'")
    shop.desk.sessions.forgetAll()
    let due = try #require(try await shop.desk.person(token: proved.token))
    #expect(locked.isLocked && due.passwordDue == .asked && !due.isLocked)
    _ = (try await shop.aVisit(), try await shop.aTimeOff())
    let before = try await shop.picture()
    for (person, code) in [(locked, RefusalCode.locked), (due, .passwordDue)] {
      for act in Self.acts {
        let entries = try await shop.entries().count
        let refused = try await refusal { try await act.run(shop, person) }
        #expect(refused?.code == code, "\(act.name)")
        #expect(try await shop.entries().count == entries + 1, "\(act.name)")
      }
    }
    #expect(try await shop.picture() == before)
    try await shop.leaves(.passwordChanged, .locked) {
      try await shop.desk.changePassword(current: ona.password, new: "quiet-heron-umbrella-9", by: locked)
    }
    try await shop.leaves(.accessOpened, .locked) { try await shop.desk.ownPassword(of: locked) }
    // Signing out is always possible.
    try await shop.leaves(.sessionEnded) { try await shop.desk.signOut(locked) }
  }

  @Test(arguments: [
    "setMailServer", "sendTestMail", "tryMailServer", "requeueFailedMessages", "invite", "openRecovery",
    "endRecovery", "newPasskeyOptions",
    "addPasskey", "removePasskey", "makeRecoveryCodes", "newCodeApp", "setCodeApp", "askForPassword",
    "settleFinding", "leave", "splitLogin", "answerReview", "giveLeave", "declineLeave", "reviewEmergency",
    "saveRole", "removeRole", "giveRole", "addPerson", "checkPerson", "approve", "refuseApproval",
    "askExport", "exportCustomers", "askErasure",
  ])
  func `a proof of six minutes ago will not do (R46)`(name: String) async throws {
    let shop = try await Shop()
    let act = try #require(Self.acts.first { $0.name == name })
    let ona = try await shop.person("ona")
    shop.clock.move(.minutes(5) + 1)
    #expect(try await refusal { try await act.run(shop, ona) }?.code == .stepUpRequired)
    shop.clock.move(-1)
    #expect(try await refusal { try await act.run(shop, ona) }?.code != .stepUpRequired)
  }

  @Test func `ending somebody else's access asks for a fresh proof, one's own for none (R46)`() async throws {
    let shop = try await Shop()
    let (ona, tadas) = (try await shop.person("ona"), try await shop.person("tadas"))
    shop.clock.move(.minutes(6))
    try await shop.leaves(.sessionsEnded, .stepUpRequired) {
      try await shop.desk.endSessions(of: tadas.id, sparing: nil, by: ona)
    }
    try await shop.leaves(.sessionEnded, .stepUpRequired) {
      try await shop.desk.endSession(tadas.session, of: tadas.id, by: ona)
    }
    try await shop.leaves(.deviceForgotten, .stepUpRequired) {
      try await shop.desk.forgetDevice(tadas.device, of: tadas.id, by: ona)
    }
    try await shop.leaves(.sessionsEnded) {
      try await shop.desk.endSessions(of: ona.id, sparing: ona.session, by: ona)
    }
  }

  @Test func `no act that takes a person is missing here`() throws {
    let desk = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources/Desk")
    let files = try #require(FileManager.default.enumerator(at: desk, includingPropertiesForKeys: nil))
    let declaration = /func (?<name>\w+)(?:<[^>]*>)?\((?<parameters>[^{]*?)\) async throws/
    var missing: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for piece in text.components(separatedBy: "\n  package ").dropFirst() {
        guard let match = piece.prefixMatch(of: declaration), match.parameters.contains(": StaffPerson")
        else {
          continue
        }
        let name = String(match.name)
        if !Self.acts.contains(where: { $0.name == name }), !Self.exempt.contains(name) {
          missing.insert(name)
        }
      }
    }
    #expect(missing == [])
  }
}

private let gabija = PersonForm(
  name: "Gabija",
  email: "gabija@example.test",
  mailboxReason: nil,
  role: .receptionist
)

private let anyServer = MailServerForm(
  host: "127.0.0.1",
  port: "25",
  security: "none-on-loopback",
  username: "",
  password: "",
  sender: "hello@example.test"
)
