import Booking
import People
import Primitives
import Storage
import TestKit
import Testing

@testable import Desk

@Suite(.onEachEngine) struct ReviewTests {
  let shop: Shop

  init() async throws {
    shop = try await Shop()
    try await shop.desk.tidyUp()
  }

  @Test func `a role that nobody confirms allows nothing from its day on, and an owner's stays (R24)`()
    async throws
  {
    let due = shop.clock.now() + StandingRule.reviewEvery
    shop.clock.set(due - 2)
    let before = try await shop.person("tadas")
    _ = try await shop.desk.openDay(try day("2027-02-21"), staff: nil, by: before)
    shop.clock.move(2)
    // The very session of before; the page that is open loses its right too.
    try await shop.leaves(.dayOpened, .roleEnded) {
      try await shop.desk.openDay(try day("2027-02-21"), staff: nil, by: before)
    }
    let ona = try await shop.person("ona")
    let review = try #require(
      try await shop.leaves(.reviewOpened) { try await shop.desk.openReview(by: ona) }
    )
    #expect(review.people.filter(\.isLapsed).map(\.person.id.text) == ["jonas", "tadas", "milda"])
    #expect(try await shop.desk.reviewsDue(by: ona) == 3)
    try await shop.leaves(.reviewAnswered) {
      try await shop.desk.answerReview(.keep, of: slug("tadas"), by: ona)
    }
    let again = try await shop.person("tadas")
    _ = try await shop.desk.openDay(try day("2027-02-21"), staff: nil, by: again)
    #expect(try await shop.desk.reviewsDue(by: ona) == 2)
  }

  @Test func `a review takes a role away at once, and nobody answers for themselves`() async throws {
    let (ona, tadas) = (try await shop.person("ona"), try await shop.person("tadas"))
    try await shop.leaves(.reviewAnswered, .notAllowed) {
      try await shop.desk.answerReview(.keep, of: ona.id, by: ona)
    }
    try await shop.leaves(.reviewAnswered, .notAllowed) {
      try await shop.desk.answerReview(.keep, of: ona.id, by: tadas)
    }
    try await shop.leaves(.reviewOpened, .notAllowed) { try await shop.desk.openReview(by: tadas) }
    try await shop.leaves(.reviewAnswered, .unknown) {
      try await shop.desk.answerReview(.keep, of: slug("nobody"), by: ona)
    }
    try await shop.leaves(.reviewAnswered) {
      try await shop.desk.answerReview(.remove, of: tadas.id, by: ona)
    }
    shop.clock.move(1)
    let after = try await shop.person("tadas")
    try await shop.leaves(.dayOpened, .roleEnded) {
      try await shop.desk.openDay(try day("2026-11-23"), staff: nil, by: after)
    }
    shop.clock.move(.minutes(6))
    let stale = ona
    try await shop.leaves(.reviewAnswered, .stepUpRequired) {
      try await shop.desk.answerReview(.keep, of: tadas.id, by: stale)
    }
  }

  @Test func `one answer does not revive a lapsed role that looks after the business (R28)`() async throws {
    var business = try SpareHands.business()
    let index = try #require(business.staff.firstIndex { $0.id.text == "milda" })
    business.staff[index].role = .auditor
    let shop = try await Shop(business)
    try await shop.desk.tidyUp()
    let first = try await shop.person("ona")
    try await shop.leaves(.reviewAnswered) {
      try await shop.desk.answerReview(.keep, of: slug("milda"), by: first)
    }
    shop.clock.move(StandingRule.reviewEvery)
    let ona = try await shop.person("ona")
    for (person, code) in [("milda", RefusalCode.notAllowed), ("tadas", nil)] {
      let kept = try await shop.desk.openReview(by: ona).people.first { $0.person.id.text == person }
      #expect(kept?.isLapsed == true && kept?.mayKeep == (code == nil))
      try await shop.leaves(.reviewAnswered, code) {
        try await shop.desk.answerReview(.keep, of: slug(person), by: ona)
      }
    }
    // Giving it anew is a raise: it waits for somebody else, or a day where there is nobody.
    let grant = RoleGrant(
      person: try slug("milda"),
      role: .auditor,
      locations: [],
      team: nil,
      engagement: nil
    )
    guard case .asked = try await shop.desk.giveRole(grant, version: nil, by: ona) else {
      Issue.record("given at once")
      return
    }
  }

  @Test
  func `thirty days without signing in are shown, after sixty the sign-in sleeps until it is woken (R25)`()
    async throws
  {
    let who = try await shop.signIn(for: "tadas")
    shop.clock.move(.days(30))
    var ona = try await shop.person("ona")
    let shown = try await shop.desk.openReview(by: ona).people.first { $0.person.id.text == "tadas" }
    #expect(shown?.isDormant == true && shown?.isAsleep == false)
    shop.clock.move(.days(30))
    #expect(try await refusal { try await shop.signIn(who) }?.code == .asleep)
    ona = try await shop.person("ona")
    try await shop.desk.answerReview(.wake, of: slug("tadas"), by: ona)
    _ = try await shop.signIn(who)
  }

  @Test func `what nobody used in three months is told from the record`() async throws {
    let (ona, tadas) = (try await shop.person("ona"), try await shop.person("tadas"))
    let ticket = try await shop.book(at: try at(0, "10:00"), with: "tadas")
    _ = try await shop.desk.openBooking(ticket.booking.id, by: tadas)
    let review = try await shop.desk.openReview(by: ona)
    let unused = try #require(review.people.first { $0.person.id == tadas.id }).unused
    #expect(
      !unused.contains(.viewBooking) && unused.contains(.makeBooking) && unused.contains(.revealContact)
    )
    #expect(review.usedSince <= shop.clock.now())
  }

  @Test func `a month's money is shown to who may see it, without a name (R23)`() async throws {
    let (ona, tadas) = (try await shop.person("ona"), try await shop.person("tadas"))
    let ticket = try await shop.book(at: try at(0, "10:00"), with: "tadas")
    try await shop.book(at: try at(1, "10:00"), with: "tadas", for: Cast.marius)
    shop.clock.set(try at(0, "11:00"))
    _ = try await shop.desk.markBooking(ticket.booking.id, .done, version: 1, by: tadas)
    let money = try #require(
      try await shop.leaves(.moneyOpened) { try await shop.desk.openMoney(of: day("2026-11-30"), by: ona) }
    )
    #expect(money.done.visits == 1 && money.coming.visits == 1 && money.days.count == 30)
    #expect(money.days.filter { $0.done.visits > 0 }.map(\.day.description) == ["2026-11-23"])
    let entry = try #require(try await shop.entries().last)
    #expect(entry.fields == ["price"] && entry.records.isEmpty)
    try await shop.leaves(.moneyOpened, .notAllowed) {
      try await shop.desk.openMoney(of: day("2026-11-30"), by: tadas)
    }
  }
}
