import Audit
package import Booking
import People
package import Primitives
import Storage
import Vault

/// Somebody who works here or did, and whether they can sign in.
package struct PersonAccess: Sendable {
  package let person: StaffMember
  /// A passkey, or password and app, are set.
  package let canSignIn: Bool
  package let hasPasskey: Bool
  /// An invite waits to be taken up.
  package let isInvited: Bool
  /// They have signed in here before: a further invite is a recovery.
  package let hasTakenUp: Bool
  package let recovery: WaitingRecovery?
  /// Nil for those who work here.
  package let leftAt: Instant?
  /// Findings about this login that nobody has settled.
  package let findings: Int
  /// Why the address is one that belongs to a role; nil for an address of their own.
  package let mailboxReason: String?
  /// Without them no owner could sign in any more.
  package let isLastOwner: Bool
}

extension Desk {
  /// Everybody of the business with their access, in its order. Addresses stay closed; the reasons for those that belong to a
  /// role are opened, and that is recorded.
  package func listPeople(by person: StaffPerson) async throws -> [PersonAccess] {
    try await require(.viewPeople, by: person, .peopleListed, for: .administration)
    let now = clock.now()
    let list = try await store.read { try PeopleRows($0, now: now) }
    let reasons = try await openReasons(list, by: person)
    let able = list.able
    let staff = try await timetable().business.staff
    let owners = staff.filter { $0.role == .owner && able.contains($0.id) }.map(\.id)
    return staff.map { member in
      let canSignIn = able.contains(member.id)
      return PersonAccess(
        person: member,
        canSignIn: canSignIn,
        hasPasskey: list.holders.contains(member.id),
        isInvited: list.invited.contains(member.id),
        hasTakenUp: list.takenUp.contains(member.id),
        recovery: list.recoveries[member.id].flatMap(WaitingRecovery.init),
        leftAt: list.leavers[member.id],
        findings: list.findings.filter { $0 == member.id }.count,
        mailboxReason: reasons[member.id],
        isLastOwner: owners == [member.id]
      )
    }
  }

  private func openReasons(_ list: PeopleRows, by person: StaffPerson) async throws -> [Slug: String] {
    let accounts = list.accounts.filter { list.reasons[$0.id] != nil }
    guard !accounts.isEmpty else { return [:] }
    let keys = try await keys.open(accounts.map(\.subject))
    var opened: [Slug: String] = [:]
    for account in accounts {
      guard let sealed = list.reasons[account.id] else { continue }
      opened[account.id] = try keys[account.subject]?.open(sealed, at: account.mailboxReasonCell())
    }
    var detail = ActDetail()
    for account in accounts { detail.touch(staff: account.id) }
    detail.fields = ["mailbox_reason"]
    try await recordReading(.peopleListed, by: person.actor, for: .administration, detail)
    return opened
  }
}
