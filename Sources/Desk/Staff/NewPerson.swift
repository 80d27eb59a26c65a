import People
import Primitives

/// Somebody new at the door, from a form: a name, an address of their own, or the reason why it is a role's.
struct NewPerson: Sendable {
  let name: String
  let email: EmailAddress
  /// Nil for an address of one's own.
  let mailboxReason: String?

  /// Nil when something is wrong, which `check` then holds, at `namePath`, `email` and `mailbox-reason`.
  init?(
    name: String?,
    email: String?,
    mailboxReason: String?,
    namePath: String = "name",
    _ check: inout FieldCheck
  ) {
    let name = check.line(name, at: namePath, atMost: 80, required: true)
    if let name, WebAddress.isPresent(in: name) { check.add(namePath, .webAddress) }
    let typed = check.line(email, at: "email", atMost: 254, required: true)
    var address: EmailAddress?
    if let typed {
      do throws(EmailAddressFault) {
        address = try EmailAddress(typed)
      } catch {
        check.add("email", error.reason)
      }
    }
    let isRole = address.map(RoleMailbox.isOne) ?? false
    let reason = check.line(
      mailboxReason,
      at: "mailbox-reason",
      atMost: RoleMailbox.longestReason,
      required: false
    )
    if isRole, reason == nil { check.add("email", .roleMailbox) }
    guard let name, let address else { return nil }
    self.name = name
    self.email = address
    self.mailboxReason = isRole ? reason : nil
  }
}
