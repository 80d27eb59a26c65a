import BusinessFile
import Testing

/// One line of the small file replaced, and what must be said about it.
struct Mistake: Sendable, CustomTestStringConvertible {
  let old: String
  let new: String
  let line: Int
  let path: String
  let says: String

  init(_ old: String, _ new: String, line: Int, path: String, says: String) {
    self.old = old
    self.new = new
    self.line = line
    self.path = path
    self.says = says
  }

  var testDescription: String { "\(new.debugDescription): \(says)" }
}

@Suite struct `Refusals of a business file` {
  static let hours = "- {days: mon-fri, hours: \"08:00-17:00\"}"
  static let minutes = "    minutes: 60\n"

  static let mistakes: [Mistake] = [
    // Structure
    Mistake("minutes: 60", "minute: 60", line: 18, path: "services[0]", says: "did you mean “minutes”?"),
    Mistake("minutes: 60", "minutes:", line: 18, path: "services[0].minutes", says: "has no value"),
    Mistake("name: Spare Hands", "nmae: Spare Hands", line: 2, path: "", says: "did you mean “name”?"),
    Mistake("name: Spare Hands\n", "", line: 1, path: "", says: "“name” is missing"),
    Mistake("name: A visit", "name: A visit\n    name: B", line: 17, path: "", says: "more than once"),
    Mistake("name: A visit", "name: [A, visit]", line: 17, path: "services[0].name", says: "single value"),
    Mistake("name: A visit", "name: \"  \"", line: 17, path: "services[0].name", says: "is empty"),
    Mistake("name: A visit", "name: \"a\\nb\"", line: 17, path: "services[0].name", says: "one line"),
    Mistake("name: A visit", "name: \"a\\u0007b\"", line: 17, path: "services[0].name", says: "U+0007"),
    Mistake("name: A visit", "name: A visit: now", line: 17, path: "", says: "colon"),
    Mistake("name: A visit", "name: A\tvisit", line: 17, path: "", says: "tab"),
    Mistake("name: A visit", "name: A\u{1B}visit", line: 17, path: "", says: "U+001B"),
    Mistake("name: A visit", "name: A\u{202E}visit", line: 17, path: "", says: "U+202E"),
    Mistake("name: A visit", "name: &a A visit", line: 17, path: "", says: "anchors"),
    Mistake("name: A visit", "name: *a", line: 17, path: "", says: "aliases"),
    Mistake("name: A visit", "name: !!binary aGk=", line: 17, path: "", says: "tags"),
    Mistake("minutes: 60\n", "minutes: 60\n---\na: b\n", line: 19, path: "", says: "second document"),
    // Ids and references
    Mistake("id: workshop", "id: The_Shop", line: 4, path: "locations[0].id", says: "not a slug"),
    Mistake("business: spare-hands", "business: Spare Hands", line: 1, path: "business", says: "not a slug"),
    Mistake("services: [visit]", "services: [vist]", line: 12, path: "staff[0].services[0]", says: "“visit”"),
    Mistake(
      "services: [visit]",
      "services: [visit, visit]",
      line: 12,
      path: "staff[0].services[1]",
      says: "twice"
    ),
    Mistake(
      minutes,
      minutes + "  - {id: visit, name: B, minutes: 5}\n",
      line: 19,
      path: "services[1].id",
      says: "line 16"
    ),
    Mistake(
      minutes,
      minutes + "    locations: [moon]\n",
      line: 19,
      path: "services[0].locations[0]",
      says: "moon"
    ),
    // Place and language
    Mistake("Europe/Vilnius", "Europe/Vilnus", line: 6, path: "locations[0].zone", says: "no time zone"),
    Mistake("Europe/Vilnius", "../../etc/passwd", line: 6, path: "locations[0].zone", says: "no time zone"),
    Mistake("name: Spare Hands", "name: S\nlocale: lt_LT", line: 3, path: "locale", says: "language tag"),
    Mistake("name: Spare Hands", "name: S\ncurrency: euro", line: 3, path: "currency", says: "ISO 4217"),
    Mistake(
      "name: Spare Hands",
      "name: S\ncontact: {phone: ring us}",
      line: 3,
      path: "contact.phone",
      says: "phone"
    ),
    Mistake(
      "name: Spare Hands",
      "name: S\npolicy: {cancel: 24}",
      line: 3,
      path: "policy.cancel",
      says: "2 h"
    ),
    Mistake(
      "name: Spare Hands",
      "name: S\nsign-in: {change-passwords-every: 7 d}",
      line: 3,
      path: "sign-in.change-passwords-every",
      says: "30"
    ),
    Mistake(
      "zone: Europe/Vilnius",
      "zone: Europe/Vilnius\n    holidays: [{day: 2026-02-30, name: X}]",
      line: 7,
      path: "locations[0].holidays[0].day",
      says: "not a day"
    ),
    // People
    Mistake("role: owner", "role: technician", line: 8, path: "staff", says: "owner"),
    Mistake(
      "role: owner",
      "role: boss",
      line: 11,
      path: "staff[0].role",
      says: "owner, administrator, receptionist, technician"
    ),
    Mistake("ona@example.com", "ona.example.com", line: 10, path: "staff[0].email", says: "not an e-mail"),
    Mistake("ona@example.com", "ona@example", line: 10, path: "staff[0].email", says: "not an e-mail"),
    Mistake(
      "ona@example.com",
      "\"ona@example.com\\r\\nBcc: x@y.z\"",
      line: 10,
      path: "staff[0].email",
      says: "e-mail"
    ),
    Mistake(
      "services:\n",
      "  - {id: jonas, name: J, role: technician, email: ONA@example.com}\nservices:\n",
      line: 15,
      path: "staff[1].email",
      says: "line 10"
    ),
    // Hours
    Mistake("08:00-17:00", "08:00-08:00", line: 14, path: "staff[0].hours[0].hours", says: "same time"),
    Mistake("08:00-17:00", "08:00-25:00", line: 14, path: "staff[0].hours[0].hours", says: "24:00"),
    Mistake("mon-fri", "mo-fr", line: 14, path: "staff[0].hours[0].days", says: "day of the week"),
    Mistake("mon-fri", "[mon-fri, tue]", line: 14, path: "staff[0].hours[0].days[1]", says: "already"),
    Mistake(
      "08:00-17:00\"",
      "08:00-17:00\", breaks: [\"16:30-17:30\"]",
      line: 14,
      path: "staff[0].hours[0].breaks[0]",
      says: "not inside"
    ),
    Mistake(
      hours,
      hours + "\n      - {days: fri, hours: \"16:00-20:00\"}",
      line: 15,
      path: "staff[0].hours[1]",
      says: "line 14"
    ),
    Mistake(
      hours,
      "- {days: sun, hours: \"22:00-06:00\"}\n      " + hours
        + "\n      - {days: mon, hours: \"05:00-07:00\"}",
      line: 16,
      path: "staff[0].hours[2]",
      says: "line 14"
    ),
    Mistake(
      hours,
      hours + "\n      - {days: mon, hours: \"09:00-10:00\", fortnight-from: 2026-11-23}",
      line: 15,
      path: "staff[0].hours[1]",
      says: "overlap"
    ),
    Mistake(
      hours,
      hours + "\n    overrides: [{day: 2026-12-01, hours: [\"08:00-10:00\", \"09:00-11:00\"]}]",
      line: 15,
      path: "staff[0].overrides[0].hours[1]",
      says: "overlaps"
    ),
    Mistake(
      hours,
      hours + "\n    overrides: [{day: 2026-12-01, hours: none}, {day: 2026-12-01, hours: none}]",
      line: 15,
      path: "staff[0].overrides[1].day",
      says: "already"
    ),
    // Services
    Mistake("minutes: 60", "minutes: 0", line: 18, path: "services[0].minutes", says: "1 to 2880"),
    Mistake("minutes: 60", "minutes: -5", line: 18, path: "services[0].minutes", says: "1 to 2880"),
    Mistake("minutes: 60", "minutes: [30, 30]", line: 18, path: "services[0].minutes[1]", says: "twice"),
    Mistake(
      "minutes: 60",
      "minutes: 47 h\n    after: 2 h",
      line: 18,
      path: "services[0].minutes",
      says: "48 hours"
    ),
    Mistake(
      minutes,
      minutes + "    before: -5 min\n",
      line: 19,
      path: "services[0].before",
      says: "length of time"
    ),
    Mistake(minutes, minutes + "    step: 0\n", line: 19, path: "services[0].step", says: "1 to"),
    Mistake(
      minutes,
      minutes + "    capacity: 0\n",
      line: 19,
      path: "services[0].capacity",
      says: "1 to 1000"
    ),
    Mistake(
      minutes,
      minutes + "    price: \"-1.00\"\n",
      line: 19,
      path: "services[0].price",
      says: "below zero"
    ),
    Mistake(
      minutes,
      minutes + "    price: \"1.005\"\n",
      line: 19,
      path: "services[0].price",
      says: "price in EUR"
    ),
    Mistake(minutes, minutes + "    price: 1e3\n", line: 19, path: "services[0].price", says: "price in EUR"),
    Mistake(
      minutes,
      minutes + "    colour: #ff0000\n",
      line: 19,
      path: "services[0].colour",
      says: "in quotes"
    ),
    Mistake(minutes, minutes + "    colour: red\n", line: 19, path: "services[0].colour", says: "#2f6f4f"),
    Mistake(
      minutes,
      minutes + "    hidden: yes\n",
      line: 19,
      path: "services[0].hidden",
      says: "true or false"
    ),
    Mistake(minutes, minutes + "    place: home\n", line: 19, path: "services[0].place", says: "customer"),
    Mistake(
      minutes,
      minutes + "    window: {first: 2026-12-02, last: 2026-12-01}\n",
      line: 19,
      path: "services[0].window",
      says: "before it begins"
    ),
    Mistake(
      minutes,
      minutes + "    limits: {per-day: 0}\n",
      line: 19,
      path: "services[0].limits.per-day",
      says: "1 to"
    ),
  ]

  @Test(arguments: mistakes)
  func `each mistake is refused with its line and a reason`(mistake: Mistake) throws {
    let text = Samples.small.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
    try #require(text != Samples.small)
    let problems = Samples.problems(text)
    let problem = try #require(problems.first)
    #expect(problems.count == 1, "\(problems)")
    #expect(problem.file == "business.yaml")
    #expect(problem.line == mistake.line, "\(problem)")
    #expect(problem.path == mistake.path, "\(problem)")
    #expect(problem.reason.contains(mistake.says), "\(problem)")
  }

  @Test func `all mistakes are told at once, in the order of the file`() {
    let text = Samples.small.replacing("minutes: 60", with: "minutes: 0").replacing(
      "role: owner",
      with: "role: boss"
    )
    .replacing("Europe/Vilnius", with: "Moon/Base")
    #expect(Samples.problems(text).map(\.line) == [6, 11, 18])
  }

  @Test func `a problem prints its file, line and path`() {
    let text = Samples.small.replacing("minutes: 60", with: "minutes: 0")
    let line = "business.yaml:18: services[0].minutes: is 0 minutes; 1 to 2880 are allowed"
    #expect(Samples.problems(text).map(\.description) == [line])
  }

  @Test func `the refusal that the documentation shows is the one that is given`() throws {
    let page = try Samples.file("docs/business-file.md")
    let example = try #require(page.split(separator: "```yaml\n").last?.split(separator: "```").first)
    let shown = try #require(page.split(separator: "\n").first { $0.hasPrefix("business.yaml:") }).dropLast()
    let said = Samples.problems(
      String(example).replacing("minutes: 60", with: "minute: 60", maxReplacements: 1)
    )
    #expect(said.count == 1 && said.first?.description.hasPrefix(shown) == true, "\(said)")
  }

  @Test func `addresses and numbers of people are never repeated`() {
    let text = Samples.small.replacing("ona@example.com", with: "rasa@@example.test")
      .replacing("name: Spare Hands", with: "name: S\ncontact: {phone: \"+371 2oo oooo\"}")
    let said = Samples.problems(text).map(\.description).joined()
    #expect(!said.isEmpty && !said.contains("rasa") && !said.contains("+371"))
  }

  @Test func `an empty file is refused`() {
    #expect(Samples.problems("").map(\.line) == [1])
    #expect(Samples.problems("# nothing\n").map(\.line) == [1])
  }

  @Test func `a file above 1 MiB is refused`() {
    let text = Samples.small + String(repeating: "# filler\n", count: 130_000)
    #expect(Samples.problems(text).first?.reason.contains("1 MiB") == true)
  }

  @Test func `a bomb of aliases is refused before it unfolds`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...20 {
      let parts = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(parts)]\n"
    }
    text += "? *a20\n: x\n? *a20\n: y\n"
    #expect(Samples.problems(text).map(\.line) == [1])
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func `deep nesting is refused`(opening: String) {
    #expect(!Samples.problems(String(repeating: opening, count: 50_000)).isEmpty)
  }
}
