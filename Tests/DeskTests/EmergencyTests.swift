import Audit
import Booking
import People
import Primitives
import Storage
import TestKit
import Testing

@testable import Desk

/// Breaking the glass: at once, for half an hour, seen by all owners, and looked at by somebody else (R27).
@Suite(.serialized, .onEachEngine) struct EmergencyTests {
  private let reason = "Water runs through the ceiling"

  @Test func `an emergency opens everything for half an hour, and all owners are told at once`() async throws
  {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.sendMail(to: sink)
    let booked = try await shop.book("visit", at: try at(3, "10:00"), with: "milda", for: Cast.atHome).booking
      .id
    try await shop.desk.deliverMessages()
    let token = try await shop.session("tadas")
    let tadas = try await shop.seen(token)
    let id = try #require(
      try await shop.leaves(.emergencyOpened) {
        try await shop.desk.openEmergency(because: reason, by: tadas)
      }
    )
    #expect(try await shop.entries().last?.records == ["leave/\(id)", "staff/tadas"])
    #expect(try await shop.desk.deliverMessages() == 1)
    let mail = try #require(try sink.messages().last)
    #expect(mail.header("To")?.contains("ona@example.test") == true)
    #expect(mail.text.contains("Tadas") && mail.text.contains("/staff/spare-hands/leave"))
    #expect(!mail.text.contains("Water"), "the reason stays here")

    let open = try await shop.seen(token)
    let visit = try await shop.leaves(.bookingOpened) { try await shop.desk.openBooking(booked, by: open) }
    #expect(visit?.firstName == "Rasa" && visit?.address != nil)
    #expect(try await shop.entries().last?.records.contains("leave/\(id)") == true)
    try await shop.leaves(.contactRevealed) { try await shop.desk.revealContact(booked, by: open) }
    #expect(try await shop.entries().last?.records.contains("leave/\(id)") == true)
    try await shop.leaves(.customersSearched, .notAllowed) {
      try await shop.desk.searchCustomers("rasa", by: open)
    }
    shop.clock.move(.minutes(30))
    // However often it is looked at: what was opened does not go out of sight.
    let ona = try await shop.person("ona")
    for _ in 0..<110 { _ = try await shop.desk.pendingLeaves(by: ona) }
    let review = try #require(try await shop.desk.pendingLeaves(by: ona).first)
    #expect(
      review.uses.map(\.act) == ["contact.revealed", "booking.opened"],
      "what was opened by it, and nothing else"
    )
    #expect(
      review.uses.allSatisfy { $0.records.contains("booking/\(booked)") && $0.party == .staff(tadas.id) }
    )
    try await shop.leaves(.bookingOpened, .unknown) { try await shop.desk.openBooking(booked, by: open) }
    #expect(try await shop.audit().holds)
  }

  @Test func `somebody else looks at it afterwards; who had it cannot close it`() async throws {
    let shop = try await Shop(try SpareHands.withLeader())
    let milda = try await shop.person("milda")
    let id = try await shop.desk.openEmergency(because: reason, by: milda)
    let told = try await shop.texts("SELECT staff FROM notice WHERE kind = 'emergency' ORDER BY staff")
    #expect(told == ["ona"], "all others who look at emergencies, and not the one who has it")
    let ona = try await shop.person("ona")
    try await shop.leaves(.emergencyReviewed, .tooEarly) {
      try await shop.desk.reviewEmergency(id, as: "in-order", note: nil, by: ona)
    }
    #expect(try await shop.desk.waitingLeaves(for: ona).emergencies == 1)
    try await shop.leaves(.leaveEnded) { try await shop.desk.giveLeaveBack(by: try await shop.again(milda)) }
    for person in [milda, try await shop.person("tadas")] {
      try await shop.leaves(.emergencyReviewed, .notAllowed) {
        try await shop.desk.reviewEmergency(id, as: "in-order", note: nil, by: person)
      }
    }
    await #expect(throws: StorageFault.self) {
      try await shop.tamper(
        "UPDATE leave SET review = 'in-order', reviewed_by = staff, reviewed_at = asked_at"
      )
    }
    for (word, note, field) in [("fine", nil, "review"), ("not-in-order", nil, "note")]
      as [(String, String?, String)]
    {
      let refused = try await refusal {
        try await shop.desk.reviewEmergency(id, as: word, note: note, by: ona)
      }
      #expect(refused?.fields.map(\.path) == [field])
    }
    #expect(
      try await shop.desk.pendingLeaves(by: ona).map(\.reason) == [reason],
      "shown until it is reviewed"
    )
    try await shop.leaves(.emergencyReviewed) {
      try await shop.desk.reviewEmergency(id, as: "not-in-order", note: "No water was seen", by: ona)
    }
    try await shop.leaves(.emergencyReviewed, .alreadyEnded) {
      try await shop.desk.reviewEmergency(id, as: "in-order", note: nil, by: ona)
    }
    #expect(try await shop.desk.pendingLeaves(by: ona).isEmpty)
    #expect(try await shop.desk.ownLeaves(by: milda).map(\.review) == [.notInOrder])
    let entry = try #require(try await shop.entries().last { $0.act == "emergency.reviewed" })
    #expect(!entry.text.contains("water"))
  }

  @Test
  func `three emergencies within a day are enough, reviewed or not, and a role without the verb has none`()
    async throws
  {
    let shop = try await Shop()
    for _ in 0..<3 {
      let tadas = try await shop.person("tadas")
      try await shop.leaves(.emergencyOpened) {
        try await shop.desk.openEmergency(because: reason, by: tadas)
      }
      shop.clock.move(.hours(1))
    }
    let tadas = try await shop.person("tadas")
    try await shop.leaves(.emergencyOpened, .tooMany) {
      try await shop.desk.openEmergency(because: reason, by: tadas)
    }
    try await shop.leaves(.emergencyOpened, .invalid) {
      try await shop.desk.openEmergency(because: "help", by: tadas)
    }
    shop.clock.move(.hours(21))
    let next = try await shop.person("tadas")
    try await shop.leaves(.emergencyOpened) { try await shop.desk.openEmergency(because: reason, by: next) }
    let ona = try await shop.person("ona")
    try await shop.leaves(.emergencyOpened, .notAllowed) {
      try await shop.desk.openEmergency(because: reason, by: ona)
    }
  }

  @Test func `questions and answers are told, and what is answered by the time of its mail is not sent`()
    async throws
  {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.sendMail(to: sink)
    let (ona, tadas) = (try await shop.person("ona"), try await shop.person("tadas"))
    let first = try await shop.desk.askLeave("desk", minutes: 120, because: reason, by: tadas)
    #expect(try await shop.desk.deliverMessages() == 1)
    let asked = try #require(try sink.messages().last)
    #expect(
      asked.text.contains("Tadas at Spare Hands asks to book, move and cancel for everybody, for 2 hours.")
    )
    #expect(!asked.text.contains("Water"))
    try await shop.desk.declineLeave(first, by: ona)
    #expect(try await shop.desk.deliverMessages() == 1)
    #expect(try sink.messages().last?.text.contains("said no") == true)
    let second = try await shop.desk.askLeave("search", minutes: 30, because: reason, by: tadas)
    try await shop.desk.giveLeave(second, minutes: 30, by: ona)
    #expect(try await shop.desk.deliverMessages() == 1, "the question is withdrawn")
    let given = try #require(try sink.messages().last)
    #expect(given.header("To")?.contains("tadas@") == true && given.text.contains("08:30"))
  }
}
