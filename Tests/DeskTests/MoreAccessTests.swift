import Audit
import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// Leave for a time: asked for and given by somebody else, over at its minute, named wherever it is used (R22).
@Suite(.serialized, .onEachEngine) struct MoreAccessTests {
  private let reason = "Milda is ill and I take her visits"

  @Test func `what was asked for and given opens for its time, and every look names it`() async throws {
    let shop = try await Shop()
    let booked = try await shop.book(at: try at(2, "10:00"), with: "milda").booking.id
    let token = try await shop.session("tadas")
    let tadas = try await shop.seen(token)
    try await shop.leaves(.bookingOpened, .unknown) { try await shop.desk.openBooking(booked, by: tadas) }
    let id = try #require(
      try await shop.leaves(.leaveAsked) {
        try await shop.desk.askLeave("contacts", minutes: 60, because: reason, by: tadas)
      }
    )
    let asked = try #require(try await shop.entries().last)
    #expect(asked.records == ["leave/\(id)", "staff/tadas"] && !asked.text.contains("ill"))
    #expect(try await shop.texts("SELECT staff FROM notice WHERE kind = 'leave-asked'") == ["ona"])
    #expect(try await shop.seen(token).holder.leaves.isEmpty, "asking opens nothing")

    let ona = try await shop.person("ona")
    let waiting = try await shop.leaves(.leavesOpened) { try await shop.desk.pendingLeaves(by: ona) }
    #expect(waiting?.map(\.reason) == [reason] && waiting?.map(\.wish) == [.contacts])
    try await shop.leaves(.leaveGiven) { try await shop.desk.giveLeave(id, minutes: 30, by: ona) }
    #expect(try await shop.texts("SELECT staff FROM notice WHERE kind = 'leave-answered'") == ["tadas"])

    let open = try await shop.seen(token)
    let visit = try await shop.leaves(.bookingOpened) { try await shop.desk.openBooking(booked, by: open) }
    #expect(visit?.firstName == "Rasa" && visit?.showsDetails == false, "as far as it reaches, no further")
    #expect(try await shop.entries().last?.records.contains("leave/\(id)") == true)
    try await shop.leaves(.contactRevealed) { try await shop.desk.revealContact(booked, by: open) }
    #expect(try await shop.entries().last?.records.contains("leave/\(id)") == true)
    try await shop.leaves(.dayOpened) {
      try await shop.desk.openDay(try day("2026-11-25"), staff: try slug("milda"), by: open)
    }
    #expect(try await shop.entries().last?.records.contains("leave/\(id)") == true)
    try await shop.leaves(.customersSearched, .notAllowed) {
      try await shop.desk.searchCustomers("rasa@example.com", by: open)
    }
    #expect(try await shop.audit().holds)
  }

  @Test func `it lapses at its minute on every server, even for whom memory still holds`() async throws {
    let shop = try await Shop()
    let other = try await shop.another()
    let booked = try await shop.book(at: try at(2, "10:00"), with: "milda").booking.id
    let token = try await shop.session("tadas")
    try await shop.given("bookings", to: token, minutes: 30)
    shop.clock.move(.minutes(30) - 1)
    for desk in [shop.desk, other] {
      let tadas = try #require(try await desk.person(token: token))
      #expect(try await desk.openBooking(booked, by: tadas).firstName == "Rasa")
    }
    let known = try await shop.seen(token)
    shop.clock.move(1)
    for desk in [shop.desk, other] {
      let tadas = try #require(try await desk.person(token: token))
      #expect(try await refusal { try await desk.openBooking(booked, by: tadas) }?.code == .unknown)
      #expect(try await refusal { try await desk.openBooking(booked, by: known) }?.code == .unknown)
    }
    #expect(try await shop.desk.ownLeaves(by: known).map(\.standing) == [.over(at: shop.now)])
  }

  @Test func `given back, or ended by who may, it is over at once here and within a second elsewhere`()
    async throws
  {
    let shop = try await Shop()
    let other = try await shop.another()
    let (ona, token) = (try await shop.person("ona"), try await shop.session("tadas"))
    for isGivenBack in [true, false] {
      let id = try await shop.given("bookings", to: token, minutes: 240)
      try await Task.sleep(for: SessionMemory.lifetime + .milliseconds(50))
      let tadas = try await shop.seen(token)
      #expect(try #require(try await other.person(token: token)).holder.leaves.map(\.id) == [id])
      if isGivenBack {
        try await shop.leaves(.leaveEnded) { try await shop.desk.giveLeaveBack(by: tadas) }
        #expect(try await shop.entries().last?.records == ["leave/\(id)", "staff/tadas"])
        try await shop.leaves(.leaveEnded, .alreadyEnded) { try await shop.desk.giveLeaveBack(by: tadas) }
      } else {
        let milda = try await shop.person("milda")
        try await shop.leaves(.leaveEnded, .unknown) { try await shop.desk.endLeave(id, by: milda) }
        try await shop.leaves(.leaveEnded) { try await shop.desk.endLeave(id, by: ona) }
        try await shop.leaves(.leaveEnded, .alreadyEnded) { try await shop.desk.endLeave(id, by: tadas) }
      }
      #expect(try await shop.seen(token).holder.leaves.isEmpty)
      try await Task.sleep(for: SessionMemory.lifetime + .milliseconds(50))
      #expect(try #require(try await other.person(token: token)).holder.leaves.isEmpty)
    }
  }

  @Test func `a question says what, how long and why, and waits alone for at most a day`() async throws {
    let shop = try await Shop()
    let (ona, tadas) = (try await shop.person("ona"), try await shop.person("tadas"))
    for (wish, minutes, why, fields) in [
      ("manage-roles", 60, reason, ["wish"]), ("bookings", 45, reason, ["minutes"]),
      ("bookings", 600, reason, ["minutes"]), ("bookings", 60, "too short", ["reason"]),
      ("bookings", 60, String(repeating: "long ", count: 101), ["reason"]),
      ("bookings", 60, "the card is 4111 1111 1111 1111", ["reason"]),
      ("", 0, "", ["wish", "minutes", "reason"]),
    ] {
      let refused = try await refusal {
        try await shop.desk.askLeave(wish, minutes: minutes, because: why, by: tadas)
      }
      #expect(refused?.fields.map(\.path) == fields, "\(wish) \(minutes)")
    }
    let id = try await shop.desk.askLeave("bookings", minutes: 60, because: reason, by: tadas)
    try await shop.leaves(.leaveAsked, .tooMany) {
      try await shop.desk.askLeave("search", minutes: 60, because: reason, by: tadas)
    }
    for minutes in [0, 61, 480, nil] as [Int?] {
      let refused = try await refusal { try await shop.desk.giveLeave(id, minutes: minutes, by: ona) }
      #expect(refused?.fields.map(\.path) == ["minutes"])
    }
    shop.clock.move(.hours(24))
    let later = try await shop.person("ona")
    try await shop.leaves(.leaveGiven, .alreadyEnded) {
      try await shop.desk.giveLeave(id, minutes: 60, by: later)
    }
    let again = try await shop.person("tadas")
    let second = try await shop.desk.askLeave("bookings", minutes: 60, because: reason, by: again)
    try await shop.leaves(.leaveDeclined) { try await shop.desk.declineLeave(second, by: later) }
    try await shop.leaves(.leaveGiven, .alreadyEnded) {
      try await shop.desk.giveLeave(second, minutes: 60, by: later)
    }
    #expect(try await shop.desk.ownLeaves(by: again).map(\.standing) == [.declined, .unanswered])
    // One's own ona cannot answer, and nobody else could.
    try await shop.leaves(.leaveAsked, .notAllowed) {
      try await shop.desk.askLeave("money", minutes: 60, because: reason, by: later)
    }
  }

  @Test func `nobody says yes to themselves, and nobody of a role that may not, whatever door they take`()
    async throws
  {
    let shop = try await Shop(try SpareHands.withLeader())
    let (milda, tadas) = (try await shop.person("milda"), try await shop.person("tadas"))
    let id = try await shop.desk.askLeave("details", minutes: 60, because: reason, by: milda)
    #expect(Set(try await shop.texts("SELECT staff FROM notice WHERE kind = 'leave-asked'")) == ["ona"])
    for act in [ActName.leaveGiven, .leaveDeclined] {
      for person in [milda, tadas] {
        try await shop.leaves(act, .notAllowed) {
          act == .leaveGiven
            ? try await shop.desk.giveLeave(id, minutes: 60, by: person)
            : try await shop.desk.declineLeave(id, by: person)
        }
      }
    }
    try await shop.leaves(.leavesOpened, .notAllowed) { try await shop.desk.pendingLeaves(by: tadas) }
    for statement in [
      "UPDATE leave SET state = 'open', \"until\" = asked_at + 60, decided_by = staff, decided_at = asked_at",
      "UPDATE leave SET state = 'open', \"until\" = asked_at + 60",
      "UPDATE leave SET state = 'open', \"until\" = asked_at + 28801, decided_by = 'ona', decided_at = asked_at",
    ] {
      await #expect(throws: StorageFault.self, "\(statement)") { try await shop.tamper(statement) }
    }
    try await shop.leaves(.leaveEnded) { try await shop.desk.endLeave(id, by: milda) }
  }

  @Test func `what a rule denies stays refused, whatever leave is open (V32)`() async throws {
    let shop = try await Shop(try SpareHands.withLeader())
    let booked = try await shop.book("visit", at: try at(2, "10:00"), with: "milda", for: Cast.atHome).booking
      .id
    let token = try await shop.session("jonas")
    try await shop.given("contacts", to: token, minutes: 60)
    let jonas = try await shop.seen(token)
    #expect(jonas.holder.openLeaves(now: shop.now).count == 1)
    let visit = try await shop.desk.openBooking(booked, by: jonas)
    #expect(visit.isClosed && visit.firstName == "", "names are denied to this role")
    try await shop.leaves(.contactRevealed, .unknown) {
      try await shop.desk.revealContact(booked, by: jonas)
    }
    let view = try await shop.desk.openDay(try day("2026-11-25"), staff: nil, by: jonas)
    #expect(view.people.flatMap(\.visits).map(\.isClosed) == [true])
  }

  @Test func `what may never be given opens nothing, even from a row that says so`() async throws {
    #expect(LeaveWish.allCases.allSatisfy { $0.verbs.allSatisfy { !$0.isStrong && $0 != .breakGlass } })
    #expect(LeaveRule.emergencyVerbs.allSatisfy { !$0.isStrong })
    #expect(LeaveRule.lengths.allSatisfy { $0 <= 480 })
    let shop = try await Shop()
    let token = try await shop.session("tadas")
    try await shop.given("bookings", to: token, minutes: 60)
    let words = Verb.allCases.map(\.rawValue).joined(separator: " ") + " and-more"
    try await shop.tamper("UPDATE leave SET verbs = '\(words)'")
    shop.desk.sessions.forgetAll()
    let tadas = try await shop.seen(token)
    for verb in Verb.allCases where verb.isStrong {
      #expect(!tadas.holder.decide(verb, on: .business, now: shop.now).isGranted, "\(verb)")
    }
  }

  @Test func `who gets another role has nothing left of what they could do besides, emergencies among it`()
    async throws
  {
    let shop = try await Shop()
    let booked = try await shop.book(at: try at(2, "10:00"), with: "milda").booking.id
    for isEmergency in [false, true] {
      let token = try await shop.session("tadas")
      if isEmergency {
        _ = try await shop.desk.openEmergency(because: reason, by: try await shop.seen(token))
      } else {
        try await shop.given("bookings", to: token, minutes: 30)
      }
      _ = try await shop.desk.openBooking(booked, by: try await shop.seen(token))
      let ona = try await shop.person("ona")
      _ = try await shop.desk.giveRole(try shop.grant("tadas", .newcomer), version: nil, by: ona)
      let after = try await shop.seen(token)
      #expect(after.holder.leaves.isEmpty)
      try await shop.leaves(.bookingOpened, .notAllowed) {
        try await shop.desk.openBooking(booked, by: after)
      }
      _ = try await shop.desk.giveRole(try shop.grant("tadas", .technician), version: nil, by: ona)
    }
  }

  @Test func `somebody who leaves has no leave when they come back`() async throws {
    let shop = try await Shop()
    let token = try await shop.session("tadas")
    try await shop.given("bookings", to: token, minutes: 480)
    _ = try await shop.desk.leave(try slug("tadas"), by: try await shop.person("ona"))
    #expect(try await shop.texts("SELECT state FROM leave") == ["ended"])
  }

  @Test func `standing in at the desk is done by virtue of the leave, and the entry says so`() async throws {
    let shop = try await Shop()
    let token = try await shop.session("tadas")
    let id = try await shop.given("desk", to: token, minutes: 60)
    let tadas = try await shop.seen(token)
    let request = try shop.request(at: try at(3, "10:00"), with: "milda")
    let ticket = try #require(
      try await shop.leaves(.bookingMade) { try await shop.desk.bookForCaller(request, by: tadas) }
    )
    #expect(try await shop.entries().last?.records.contains("leave/\(id)") == true)
    try await shop.leaves(.bookingCancelled) {
      try await shop.desk.cancelBooking(ticket.booking.id, version: 1, by: tadas)
    }
    #expect(try await shop.entries().last?.records.contains("leave/\(id)") == true)
    // One's own needs none.
    let own = try shop.request(at: try at(3, "12:00"), with: "tadas")
    try await shop.leaves(.bookingMade) { try await shop.desk.bookForCaller(own, by: tadas) }
    #expect(try await shop.entries().last?.records.contains("leave/\(id)") == false)
  }
}
