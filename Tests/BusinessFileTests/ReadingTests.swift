import Booking
import BusinessFile
import Primitives
import Testing

@Suite struct `Reading a business file` {
  @Test func `the least file is filled with the documented defaults`() throws {
    let file = try Samples.read(Samples.small)
    let business = file.business
    #expect(business.locale == "en")
    #expect(business.currency == "EUR")
    #expect(business.policy == Policy(cancelNotice: 1_440, rescheduleNotice: 1_440, reminder: 1_440))
    #expect(business.changePasswordsEvery == nil)
    let service = try #require(business.services.first)
    #expect(service.durations == [60])
    #expect(service.before == 0 && service.after == 0 && service.step == nil)
    #expect(service.offers == .grid && service.capacity == 1 && service.place == .location)
    #expect(service.notice == 120 && service.window == .rolling(days: 60) && !service.hidden)
    #expect(service.price == nil && service.limits.isNone && service.customerLimits.isNone)
    let rule = try #require(business.staff.first?.hours.first)
    #expect(rule.days == [.monday, .tuesday, .wednesday, .thursday, .friday])
    #expect(rule.hours == HourRange(start: 480, end: 1_020))
    #expect(rule.location.text == "workshop")
    #expect(file.emails.map { [$0.key.text: $0.value] } == [["ona": "ona@example.com"]])
  }

  @Test func `a calendar for passwords is read in days, and never is none`() throws {
    func every(_ words: String) throws -> Int? {
      let calendar = "name: S\nsign-in: {change-passwords-every: \(words)}"
      return try Samples.read(Samples.small.replacing("name: Spare Hands", with: calendar)).business
        .changePasswordsEvery
    }
    #expect(try every("180 d") == 180)
    #expect(try every("never") == nil)
  }

  @Test func `the example of the documentation reads`() throws {
    let page = try Samples.file("docs/business-file.md")
    let example = try #require(page.split(separator: "```yaml\n").last?.split(separator: "```").first)
    let file = try Samples.read(String(example))
    #expect(file.business.staff.map(\.id.text) == ["ona", "tadas", "milda"])
    let milda = try #require(file.business.staff.last)
    #expect(milda.services.map(\.text) == ["washing-machine", "phone-advice", "bicycle-class"])
    #expect(milda.hours.first?.hours == HourRange(start: 1_320, end: 1_800))
    #expect(milda.hours.first?.breaks == [HourRange(start: 1_560, end: 1_590)].compactMap(\.self))
    #expect(milda.hours.first?.location.text == "night-desk")
    #expect(file.business.services.first?.price == 4_500)
    #expect(
      file.business.services.first?.description
        == "We come, find the fault and mend it.\nYou agree to parts before we fit them."
    )
  }

  @Test func `the demo business reads`() throws {
    let file = try Samples.read(Samples.file("Sources/cloakroom/Demo/business.yaml"))
    #expect(file.business.id.text == "spare-hands")
    #expect(Set(file.business.staff.map(\.role)) == [.owner, .administrator, .technician])
    #expect(file.business.services.contains { $0.capacity == 3 })
    #expect(file.business.services.contains { $0.place == .customer })
    #expect(file.business.staff.contains { $0.hours.contains { $0.hours.end > 1_440 } })
    #expect(file.emails.count == file.business.staff.count)
    #expect(file.emails.values.allSatisfy { $0.hasSuffix("@example.com") })
  }

  @Test(arguments: [
    ("minutes: 60", "minutes: 1 h 30 min", [90]),
    ("minutes: 60", "minutes: [30, 60]", [30, 60]),
    ("minutes: 60", "minutes: 2 h", [120]),
  ])
  func `lengths may be written in several ways`(line: String, other: String, minutes: [Int]) throws {
    let file = try Samples.read(Samples.small.replacing(line, with: other))
    #expect(file.business.services.first?.durations == minutes)
  }

  @Test(arguments: [
    ("EUR", "\"45.00\"", 4_500), ("EUR", "45", 4_500), ("EUR", "0.5", 50), ("JPY", "4500", 4_500),
    ("KWD", "1.250", 1_250), ("EUR", "0", 0),
  ])
  func `prices become minor units of their currency`(currency: String, price: String, minor: Int) throws {
    let text = "currency: \(currency)\n" + Samples.small + "    price: \(price)\n"
    #expect(try Samples.read(text).business.services.first?.price == minor)
  }

  @Test func `lines may end with carriage returns`() throws {
    let text = Samples.small.replacing("\n", with: "\r\n")
    #expect(try Samples.read(text) == Samples.read(Samples.small))
  }

  @Test func `ordinary text with marks of YAML in it is left alone`() throws {
    let text =
      Samples.small.replacing("name: A visit", with: "name: R&D * visit & more, yes!")
      + "    description: |\n      * one\n      *two*\n      &three\n"
    let service = try #require(try Samples.read(text).business.services.first)
    #expect(service.name == "R&D * visit & more, yes!")
    #expect(service.description == "* one\n*two*\n&three")
  }

  @Test func `rules of alternating weeks may share their hours`() throws {
    let text = Samples.small.replacing(
      "- {days: mon-fri, hours: \"08:00-17:00\"}",
      with: """
        - {days: mon, hours: "08:00-17:00", fortnight-from: 2026-11-23}
              - {days: mon, hours: "09:00-12:00", fortnight-from: 2026-11-30}
        """
    )
    #expect(try Samples.read(text).business.staff.first?.hours.count == 2)
  }
}
