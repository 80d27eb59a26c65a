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
    let checked: CheckedContact
    do {
      checked = try CheckedContact(decoy: name, phone: phone)
    } catch {
      try await refuse(.decoyPlanted, by: person.actor, for: .administration, error)
    }
    let blank = try await keys.takeBlank()
    let now = clock.now()
    let contact = try ContactRecord(checked, keys: blank.keys, answersUntil: nil, at: now, confirmed: true)
    let indexes = indexes(of: checked)
    try await keys.spend(blank) {
      try await act(.decoyPlanted, by: person.actor, for: .administration) { changes, detail in
        try changes.add(contact, indexes: indexes)
        try changes.addDecoy(contact.subject, by: person.id, at: now)
        detail.touch(subject: contact.subject)
      }
    }
  }
}
