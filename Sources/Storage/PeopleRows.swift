import People
package import Primitives
package import Vault

/// Everybody's access in rows, as a list of people shows it.
package struct PeopleRows: Sendable {
  package let accounts: [StaffAccount]
  /// Who has a passkey.
  package let holders: Set<Slug>
  package let invited: Set<Slug>
  /// Who has ever taken an invite up.
  package let takenUp: Set<Slug>
  package let recoveries: [Slug: Invite]
  package let leavers: [Slug: Instant]
  /// Whose login each open finding is about.
  package let findings: [Slug]
  package let reasons: [Slug: Sealed]

  package init(_ records: any Records, now: Instant) throws {
    accounts = try records.staffAccounts()
    holders = try records.passkeyHolders()
    invited = try records.invited(now: now)
    takenUp = try records.takenUp()
    recoveries = try records.recoveries(now: now)
    leavers = try records.leavers()
    findings = try records.openFindings().map(\.staff)
    reasons = try records.mailboxReasons()
  }

  /// Who has something to sign in with.
  package var able: Set<Slug> {
    Set(
      accounts.filter { account in
        account.active
          && (holders.contains(account.id) || (account.password != nil && account.totpSecret != nil))
      }.map(\.id)
    )
  }
}
