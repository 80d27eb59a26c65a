package import Booking
package import Primitives
import Privacy
import Vault

/// A contact that may be kept: every field checked, trimmed and normalised.
struct CheckedContact: Sendable {
  let name: String
  let email: EmailAddress?
  let phone: PhoneNumber?
  let address: String?
  /// By question, in the service's order; unanswered ones left out.
  let answers: [(question: Slug, answer: String)]

  /// Checks everything and reports all problems at once, by the paths of the API.
  ///
  /// - Throws: `.invalid` with one entry for each wrong field.
  init(_ form: ContactForm, for service: Service, channel: BookingChannel) throws(Refusal) {
    var check = FieldCheck()
    name = CheckedContact.name(form.name, at: "customer/name", &check)

    let email = check.line(form.email, at: "customer/email", atMost: 254, required: channel != .staff)
    self.email = CheckedContact.emailAddress(email, &check)
    let isCalled = service.place == .phone && channel != .staff
    let phone = check.line(form.phone, at: "customer/phone", atMost: 40, required: isCalled)
    self.phone = CheckedContact.phoneNumber(phone, at: "customer/phone", &check)
    address = check.text(
      form.address,
      at: "customer/address",
      atMost: 300,
      required: service.place == .customer && channel != .staff
    )
    if service.place != .customer, address != nil { check.add("customer/address", .unknownField) }

    var answers: [(Slug, String)] = []
    for question in service.questions {
      let path = "answers/\(question.id)"
      let given = form.answers[question.id.text]
      let required = question.required && channel != .staff
      let answer: String?
      switch question.kind {
      case .line: answer = check.line(given, at: path, atMost: 200, required: required)
      case .text: answer = check.text(given, at: path, atMost: 2_000, required: required)
      case .choice:
        answer = check.line(given, at: path, atMost: 200, required: required)
        if let answer, !question.choices.contains(answer) { check.add(path, .notAChoice) }
      case .yesNo:
        answer = check.line(given, at: path, atMost: 3, required: required)
        if let answer, answer != "yes", answer != "no" { check.add(path, .notAChoice) }
      }
      if let answer { answers.append((question.id, answer)) }
    }
    let asked = Set(service.questions.map(\.id.text))
    // The name of an unknown field is the client's own text and may be anything: not repeated.
    if !form.answers.keys.allSatisfy(asked.contains) { check.add("answers", .unknownField) }
    self.answers = answers
    try check.finish()
  }

  /// Somebody who is nobody: a name, and a phone number at most.
  ///
  /// - Throws: `.invalid` at `name` and `phone`.
  init(decoy typedName: String, phone typedPhone: String) throws(Refusal) {
    var check = FieldCheck()
    name = CheckedContact.name(typedName, at: "name", &check)
    let phone = check.line(typedPhone, at: "phone", atMost: 40, required: false)
    self.phone = CheckedContact.phoneNumber(phone, at: "phone", &check)
    (email, address, answers) = (nil, nil, [])
    try check.finish()
  }

  private static func name(_ text: String, at path: String, _ check: inout FieldCheck) -> String {
    let name = check.line(text, at: path, atMost: 100, required: true) ?? ""
    if WebAddress.isPresent(in: name) { check.add(path, .webAddress) }
    return name
  }

  private static func emailAddress(_ text: String?, _ check: inout FieldCheck) -> EmailAddress? {
    guard let text else { return nil }
    do throws(EmailAddressFault) {
      return try EmailAddress(text)
    } catch {
      check.add("customer/email", error.reason)
      return nil
    }
  }

  private static func phoneNumber(_ text: String?, at path: String, _ check: inout FieldCheck) -> PhoneNumber?
  {
    guard let text else { return nil }
    do throws(PhoneNumberFault) {
      return try PhoneNumber(text)
    } catch {
      check.add(path, error.reason)
      return nil
    }
  }
}

extension Timetable {
  /// What an act would refuse in a visitor's contact, for a door that has found other mistakes already.
  package func problems(in form: ContactForm, for service: Slug) -> [FieldProblem] {
    guard let service = self.service(service) else { return [] }
    do {
      _ = try CheckedContact(form, for: service, channel: .api)
      return []
    } catch {
      return error.fields
    }
  }
}

/// Collects what is wrong with the fields of one form.
struct FieldCheck {
  private var problems: [FieldProblem] = []

  mutating func add(_ path: String, _ reason: FieldReason) {
    problems.append(FieldProblem(path: path, reason: reason))
  }

  /// One line of characters that can be seen; nil when there is none.
  mutating func line(_ text: String?, at path: String, atMost most: Int, required: Bool) -> String? {
    read(text, at: path, atMost: most, required: required) { _ in false }
  }

  /// Text that may hold line breaks; nil when there is nothing to see in it.
  mutating func text(_ text: String?, at path: String, atMost most: Int, required: Bool) -> String? {
    let unix = text?.replacing("\r\n", with: "\n")
    return read(unix, at: path, atMost: most, required: required) { $0 == "\n" || $0 == "\t" }
  }

  var isClean: Bool { problems.isEmpty }

  func finish() throws(Refusal) {
    guard problems.isEmpty else { throw .invalid(problems) }
  }

  private mutating func read(
    _ text: String?,
    at path: String,
    atMost most: Int,
    required: Bool,
    isAllowedControl: (Unicode.Scalar) -> Bool
  ) -> String? {
    let trimmed = FieldCheck.trimmed(text ?? "")
    guard !trimmed.isEmpty else {
      if required { add(path, .missing) }
      return nil
    }
    let isBroken = TextRule.isBroken(trimmed, isAllowedControl: isAllowedControl)
    guard TextRule.isVisible(trimmed) || (isBroken && !required) else {
      if required { add(path, .missing) }
      return nil
    }
    if isBroken {
      add(path, .controlCharacter)
    } else if trimmed.unicodeScalars.count > most {
      add(path, .tooLong)
    } else if CardNumber.isPresent(in: trimmed) {
      add(path, .cardNumber)
    } else {
      return trimmed
    }
    return nil
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while let first = text.unicodeScalars.first,
      first == " " || first == "\n" || first == "\t" || first == "\r"
    {
      text.unicodeScalars.removeFirst()
    }
    while let last = text.unicodeScalars.last, last == " " || last == "\n" || last == "\t" || last == "\r" {
      text.unicodeScalars.removeLast()
    }
    return String(text)
  }
}
