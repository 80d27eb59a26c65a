import Audit
import Booking
import Primitives
import Storage
import Vault

extension Desk {
  /// Whether the business has been described: by a business file, or at set-up.
  package func isApplied() async throws -> Bool {
    try await store.read { try $0.businessVersion() } != nil
  }

  /// Makes the business with its owner, and the owner's invite, all in one act.
  ///
  /// - Returns: the path of the invite's link, with its code. Without an origin: whoever sets up stays at the host
  ///   where they opened the page, whose policy lets its form lead nowhere else.
  /// - Throws: `.alreadySetUp` when it was described before.
  func setUp(_ business: Business, owner: NewPerson) async throws -> String {
    guard let member = business.staff.first else { throw Refusal(.invalid) }
    let now = clock.now()
    let keys = try await keys.takeBlank().keys
    let account = StaffAccount(new: member.id, email: try owner.sealedEmail(keys), keys)
    let reason = try owner.sealedReason(keys)
    let index = staffIndex(owner.email.text)
    let invite = try newInvite(for: member.id, at: index, now)
    try await act(.businessSetUp, by: .stranger(network: ""), for: .administration) { changes, detail in
      try changes.hold([.newRules])
      guard try changes.businessVersion() == nil else { throw Refusal(.alreadySetUp) }
      try changes.put(account, emailIndex: index)
      try changes.setMailboxReason(of: member.id, reason)
      try changes.add(invite)
      try changes.replace(business, version: 1)
      detail.records = ["business/\(business.id)", "staff/\(member.id)"]
      detail.fields = ["email"]
    }
    try await store.read { _ = try self.catalog.load($0) }
    return String(link(to: invite).dropFirst(address.count))
  }
}
