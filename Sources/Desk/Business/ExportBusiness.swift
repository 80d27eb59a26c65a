import Audit
package import Booking
package import Primitives
import Storage
import Vault

extension Desk {
  /// The business as applied, with the staff's addresses and why some belong to a role, for writing it back to a file.
  package func exportBusiness(
    by actor: Actor
  ) async throws -> (business: Business, emails: [Slug: String], mailboxReasons: [Slug: String]) {
    let (stored, accounts, sealed) = try await store.read {
      (try $0.business(), try $0.staffAccounts(), try $0.mailboxReasons())
    }
    guard let business = stored?.business else {
      try await refuse(.businessExported, by: actor, for: .administration, Refusal(.unknown))
    }
    let keys = try await keys.open(accounts.map(\.subject))
    // Who has left is still named.
    let named = accounts.filter { $0.active || business.staffMember($0.id) != nil }
    var emails: [Slug: String] = [:]
    var reasons: [Slug: String] = [:]
    for account in named {
      emails[account.id] = try keys[account.subject]?.open(account.email, at: account.emailCell())
      reasons[account.id] = try sealed[account.id].flatMap {
        try keys[account.subject]?.open($0, at: account.mailboxReasonCell())
      }
    }
    var detail = ActDetail()
    for account in named { detail.touch(staff: account.id) }
    detail.fields = reasons.isEmpty ? ["email"] : ["email", "mailbox_reason"]
    try await recordReading(.businessExported, by: actor, for: .administration, detail)
    return (business, emails, reasons)
  }
}
