import Booking
import BusinessFile
import Primitives
import TestKit
import Testing

@Suite struct `Writing a business file` {
  /// The sample files of this suite.
  static func texts() throws -> [String] {
    let page = try Samples.file("docs/business-file.md")
    let example = try #require(page.split(separator: "```yaml\n").last?.split(separator: "```").first)
    return [
      Samples.small, Samples.small + Samples.question, String(example),
      try Samples.file("Sources/cloakroom/Demo/business.yaml"),
    ]
  }

  @Test func `what is written reads as the same business, and writes as the same text`() throws {
    for text in try Self.texts() {
      let file = try Samples.read(text)
      let written = BusinessFileWriter.write(file)
      let again = try Samples.read(written)
      #expect(again == file)
      #expect(BusinessFileWriter.write(again) == written)
    }
  }

  @Test(arguments: [
    "null", "~", "yes", "No", "true", "1.5", "0x1F", "2026-12-24", "12:30", "- dash", "a: b", "a #b", "#b",
    "'quote'",
    "say \"hi\"", "back\\slash", "[list]", "{map}", "&a", "*a", "!t", "|", ">", "%x", "@x", "`x`", "a, b",
    "ends -",
    "Ona’s 🔧 shop", "Užupis", "日本語", "e\u{301}", "trailing:", "? q", "---", "...", "=", "<<", "1_000", "+1",
    ".5",
    "none", "all",
  ])
  func `any text survives`(text: String) throws {
    var file = try Samples.read(Samples.small + Samples.question)
    file.business.name = text
    file.business.staff[0].name = text
    file.business.services[0].description = text
    file.business.locations[0].holidays = [Holiday(day: CivilDay(number: 20_000), name: text)]
    file.business.services[0].questions[0].kind = .choice
    file.business.services[0].questions[0].choices = [text, text + "2"]
    #expect(try Samples.read(BusinessFileWriter.write(file)) == file)
  }

  @Test(arguments: ["one\ntwo", "one\n\n  two\n- three: 4 # five", "\"\nb", "a \nb", "a\n   \nb", "a\n\n\nb"])
  func `descriptions of several lines survive`(text: String) throws {
    var file = try Samples.read(Samples.small)
    file.business.services[0].description = text
    #expect(try Samples.read(BusinessFileWriter.write(file)) == file)
  }

  @Test func `random businesses survive`() throws {
    var generator = SeededGenerator(7)
    for _ in 0..<300 {
      let file = try Samples.read(Samples.small + Samples.question).shuffled(using: &generator)
      let written = BusinessFileWriter.write(file)
      let again = Result { () throws(BusinessFileProblems) in try Samples.read(written) }
      #expect(again == .success(file), "\(written)")
    }
  }
}

extension BusinessFile {
  /// The same business with other values everywhere a value may differ.
  fileprivate func shuffled(using generator: inout SeededGenerator) -> BusinessFile {
    var file = self
    func limits() -> Limits {
      Limits(
        perDay: Bool.random(using: &generator) ? 3 : nil,
        minutesPerMonth: Bool.random(using: &generator) ? 9 : nil
      )
    }
    file.business.currency = ["EUR", "JPY", "KWD"].randomElement(using: &generator) ?? "EUR"
    file.business.policy.cancelNotice = .random(in: 0...5_000, using: &generator)
    file.business.policy.reminder =
      Bool.random(using: &generator) ? nil : .random(in: 1...43_200, using: &generator)
    file.business.changePasswordsEvery =
      Bool.random(using: &generator) ? nil : .random(in: 30...1_095, using: &generator)
    file.business.contact.email = Bool.random(using: &generator) ? nil : "hello@example.com"
    file.business.staff[0].limits = limits()
    var hours: [WeeklyHours] = []
    let start = Int.random(in: 0..<1_440, using: &generator)
    let length = Int.random(in: 10..<1_440, using: &generator)
    let pause = HourRange(start: start + 3, end: start + 7)
    if let range = HourRange(start: start, end: start + length), let pause {
      let day = Weekday.allCases.randomElement(using: &generator) ?? .monday
      let from =
        Bool.random(using: &generator) ? nil : CivilDay(number: .random(in: 0...30_000, using: &generator))
      hours = [
        WeeklyHours(
          days: [day],
          hours: range,
          breaks: [pause],
          location: file.business.locations[0].id,
          fortnightFrom: from
        )
      ]
    }
    file.business.staff[0].hours = hours
    file.business.services[0].durations = Array(Set([1, 60, .random(in: 2...500, using: &generator)]))
      .sorted()
    file.business.services[0].before = .random(in: 0...1_000, using: &generator)
    file.business.services[0].step =
      Bool.random(using: &generator) ? nil : .random(in: 1...300, using: &generator)
    file.business.services[0].price = .random(in: 0...1_000_000, using: &generator)
    file.business.services[0].hidden = .random(using: &generator)
    file.business.services[0].capacity = .random(in: 1...9, using: &generator)
    file.business.services[0].window = .rolling(days: .random(in: 0...730, using: &generator))
    file.business.services[0].notice = .random(in: 0...500_000, using: &generator)
    file.business.services[0].customerLimits = limits()
    return file
  }
}
