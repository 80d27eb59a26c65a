import Audit
package import Booking
package import Primitives
import Storage
import Vault

extension Desk {
  /// The business as applied, with the staff's addresses, for writing it back to a file.
  package func exportBusiness(by actor: Actor) async throws -> (business: Business, emails: [Slug: String]) {
    let (stored, accounts) = try await store.read { (try $0.business(), try $0.staffAccounts()) }
    guard let business = stored?.business else {
      try await refuse(.businessExported, by: actor, for: .administration, Refusal(.unknown))
    }
    let keys = try await keys.open(accounts.map(\.subject))
    var emails: [Slug: String] = [:]
    for account in accounts where account.active {
      emails[account.id] = try keys[account.subject]?.open(account.email, at: account.emailCell())
    }
    var detail = ActDetail()
    for account in accounts where account.active { detail.touch(staff: account.id) }
    detail.fields = ["email"]
    try await recordReading(.businessExported, by: actor, for: .administration, detail)
    return (business, emails)
  }
}
