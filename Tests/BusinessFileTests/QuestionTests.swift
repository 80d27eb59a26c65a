import Booking
import BusinessFile
import Primitives
import Testing

@Suite struct `Questions of a business file` {
  static let whole = Samples.small + Samples.question

  @Test func `a question with reason, basis and retention is taken`() throws {
    let question = try #require(try Samples.read(Self.whole).business.services.first?.questions.first)
    #expect(question.kind == .line && question.level == .p2 && !question.required)
    #expect(question.basis == .contract && question.retention == 90)
  }

  @Test(arguments: ["label", "reason", "basis", "retention"])
  func `a question without its purpose is refused`(key: String) throws {
    let lines = Self.whole.split(separator: "\n").filter { !$0.hasPrefix("        \(key):") }
    let problems = Samples.problems(lines.joined(separator: "\n"))
    #expect(problems.map(\.line) == [20])
    #expect(problems.first?.path == "services[0].questions[0]")
    #expect(problems.first?.reason == "“\(key)” is missing")
  }

  @Test func `P3 is refused until it can be sealed in the browser`() throws {
    let problem = try #require(Samples.problems(Self.whole + "        level: P3\n").first)
    #expect(problem.line == 25)
    #expect(problem.reason == "P3 questions cannot be asked yet: they must be sealed in the browser")
    #expect(Samples.problems(Self.whole + "        level: P0\n").map(\.line) == [25])
  }

  @Test(arguments: [
    "Your credit card number, please", "CVV", "Card-number:", "Social Security Number", "IBAN",
    "Asmens kodas",
    "Asmens kodą įrašykite čia", "Kortelės numeris", "Passport no.", "Kreditkartennummer oder Kreditkarte",
    "Numéro de carte", "Personalausweis", "PESEL", "isikukood",
  ])
  func `labels that ask for cards or national ids are refused`(label: String) throws {
    let text = Self.whole.replacing("label: What is broken?", with: "label: \"\(label)\"")
    let problem = try #require(Samples.problems(text).first)
    #expect(problem.line == 21 && problem.path == "services[0].questions[0].label")
    #expect(problem.reason.hasPrefix("asks for"))
  }

  @Test(arguments: [
    "Where can we park?", "Which pan is broken?", "Model number of the boiler", "Is there a scart socket?",
    "Ar yra laiptai?", "How many cards does the machine hold?",
  ])
  func `ordinary labels are taken`(label: String) throws {
    let text = Self.whole.replacing("label: What is broken?", with: "label: \"\(label)\"")
    #expect(try Samples.read(text).business.services.first?.questions.first?.label == label)
  }

  @Test(arguments: [
    ("kind: choice", "“choices” is missing"), ("kind: choice\n        choices: [one]", "2 to 50"),
    ("kind: choice\n        choices: [one, one]", "twice"),
    ("choices: [one, two]", "only questions of kind choice"),
    ("kind: photo", "line, text, choice, yes-no"), ("required: maybe", "true or false"),
  ])
  func `kinds and choices must fit`(line: String, says: String) throws {
    let problems = Samples.problems(Self.whole + "        \(line)\n")
    #expect(problems.count == 1 && problems.first?.reason.contains(says) == true, "\(problems)")
  }

  @Test(arguments: ["0 d", "90", "3 h", "4000 d", "-1 d"])
  func `retention must be 1 to 3650 days`(retention: String) {
    let text = Self.whole.replacing("retention: 90 d", with: "retention: \(retention)")
    #expect(Samples.problems(text).map(\.line) == [24])
  }
}
