import Audit
import Booking
import Primitives
import Storage
import Vault

extension Desk {
  /// Plants a customer who is nobody (R28). They have no booking, so nobody has a reason to look for them: whoever a
  /// search shows one is named to all owners, once an hour. No file and no count of customers has them.
  ///
  /// - Throws: `.notAllowed` to whoever may not give roles; `.invalid` at `name` or `phone`.
  package func plantDecoy(name: String, phone: String, by person: StaffPerson) async throws {
    try await require(.manageRoles, by: person, .decoyPlanted, for: .administration)
    var check = FieldCheck()
    let name = check.line(name, at: "name", atMost: 100, required: true)
    let typed = check.line(phone, at: "phone", atMost: 40, required: false)
    var number: PhoneNumber?
    do throws(PhoneNumberFault) {
      number = try typed.map { (text) throws(PhoneNumberFault) in try PhoneNumber(text) }
    } catch {
      check.add("phone", error.reason)
    }
    do {
      try check.finish()
    } catch {
      try await refuse(.decoyPlanted, by: person.actor, for: .administration, error)
    }
    guard let name else { throw Refusal.invalid("name", .missing) }
    let blank = try await keys.takeBlank()
    let (subject, now) = (blank.keys, clock.now())
    func seal(_ text: String, _ field: ContactField) throws -> Sealed {
      try subject.seal(text, at: field.cell(subject.subject, rowVersion: 1))
    }
    let contact = ContactRecord(
      subject: subject.subject,
      rowVersion: 1,
      name: try seal(name, .name),
      email: nil,
      phone: try number.map { try seal($0.text, .phone) },
      address: nil,
      answers: nil,
      answersUntil: nil,
      madeAt: now,
      confirmedAt: now
    )
    let indexes = indexes(email: nil, phone: number?.text)
    do {
      try await act(.decoyPlanted, by: person.actor, for: .administration) { changes, detail in
        try changes.add(contact, indexes: indexes)
        try changes.addDecoy(contact.subject, by: person.id, at: now)
        detail.touch(subject: contact.subject)
      }
    } catch let refusal as Refusal {
      keys.giveBack(blank)
      throw refusal
    }
  }
}
