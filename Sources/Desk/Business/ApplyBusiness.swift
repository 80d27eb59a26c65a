import Audit
package import Booking
package import Primitives
import Storage
import Vault

/// What an apply did.
package struct Applied: Sendable {
  package let changed: Bool
}

/// Something with coming bookings that the new file would remove.
package struct RemovalRefused: Error, Sendable {
  /// `service washer-repair: 4 coming bookings`, one for each.
  package let reasons: [String]
}

extension Desk {
  /// Makes the business what the file says: all of it or nothing. The same file again changes nothing.
  ///
  /// - Parameter emails: of all staff; sealed in the store.
  /// - Throws: ``RemovalRefused`` when a service or person with coming bookings would go.
  package func apply(_ business: Business, emails: [Slug: String], by actor: Actor) async throws -> Applied {
    let now = clock.now()
    let accounts = try await newAccounts(business, emails)
    do {
      let applied = try await act(.businessApplied, by: actor, for: .administration) {
        [self] changes, detail in
        try changes.hold([.newRules])
        let stored = try changes.business()
        let known = try changes.staffAccounts()
        let removals = try removals(from: stored?.business, to: business, after: now, changes)
        guard removals.isEmpty else { throw ComingBookings(reasons: removals) }

        var changed = stored?.business != business
        for gone in known where gone.active && !accounts.contains(where: { $0.account.id == gone.id }) {
          try changes.removeAccess(of: gone.id, at: now)
          changed = true
        }
        let moving = accounts.filter { !$0.isSame(as: known) }
        // First all of them, so that two may swap their addresses.
        for account in moving { try changes.releaseAddress(of: account.account.id) }
        for account in moving {
          try changes.put(account.account, emailIndex: account.index)
          changed = true
        }
        if stored?.business != business {
          try changes.replace(business, version: (stored?.version ?? 0) + 1)
        }
        detail.records = ["business/\(business.id)"]
        return Applied(changed: changed)
      }
      sessions.forgetAll()
      try await store.read { _ = try self.catalog.load($0) }
      return applied
    } catch let refused as ComingBookings {
      do {
        try await refuse(.businessApplied, by: actor, for: .administration, Refusal(.comingBookings))
      } catch is Refusal {
        throw RemovalRefused(reasons: refused.reasons)
      }
    }
  }

  /// What the new business lacks although bookings to come need it.
  private func removals(
    from old: Business?,
    to new: Business,
    after now: Instant,
    _ records: any Records
  ) throws -> [String] {
    guard old != nil else { return [] }
    var services: [Slug: Int] = [:]
    var people: [Slug: Int] = [:]
    var locations: [Slug: Int] = [:]
    for coming in try records.comingBookings(after: now) {
      services[coming.service, default: 0] += coming.count
      people[coming.staff, default: 0] += coming.count
      locations[coming.location, default: 0] += coming.count
    }
    func missing(_ counts: [Slug: Int], _ kept: [Slug], _ noun: String) -> [String] {
      counts.filter { !kept.contains($0.key) }.sorted { $0.key < $1.key }.map { slug, count in
        "\(noun) \(slug): \(count) coming \(count == 1 ? "booking" : "bookings")"
      }
    }
    return missing(services, new.services.map(\.id), "service")
      + missing(people, new.staff.map(\.id), "staff")
      + missing(locations, new.locations.map(\.id), "location")
  }

  /// Each person's account as it will be; a known address keeps its seal, so that applying twice changes nothing.
  private func newAccounts(_ business: Business, _ emails: [Slug: String]) async throws -> [NewAccount] {
    let known = try await store.read { try $0.staffAccounts() }
    var accounts: [NewAccount] = []
    for member in business.staff {
      let email = emails[member.id] ?? ""
      let index = staffIndex(email)
      if let old = known.first(where: { $0.id == member.id }), let keys = try await keys.open(old.subject) {
        let sameAddress = try old.active && keys.open(old.email, at: old.emailCell()) == email
        let account = try sameAddress ? old : old.moving(to: email, keys)
        accounts.append(NewAccount(account: account, index: index, isUnchanged: sameAddress))
      } else {
        let keys = try await keys.takeBlank().keys
        let account = StaffAccount(
          id: member.id,
          subject: keys.subject,
          rowVersion: 1,
          email: try keys.seal(email, at: StaffAccount.emailCell(keys.subject, 1)),
          active: true,
          password: nil,
          totpSecret: nil,
          totpStep: 0
        )
        accounts.append(NewAccount(account: account, index: index, isUnchanged: false))
      }
    }
    return accounts
  }
}

private struct NewAccount: Sendable {
  let account: StaffAccount
  let index: [UInt8]
  let isUnchanged: Bool

  /// Decided again inside the transaction, because another apply may have come between.
  func isSame(as known: [StaffAccount]) -> Bool {
    isUnchanged && known.contains { $0.id == account.id && $0.rowVersion == account.rowVersion && $0.active }
  }
}

/// Rolls the apply's transaction back whole; its refusal is recorded by an entry of its own.
private struct ComingBookings: Error {
  let reasons: [String]
}

extension StaffAccount {
  static func emailCell(_ subject: Identifier, _ rowVersion: Int) -> Cell {
    Cell(table: "staff", column: "email", row: subject, rowVersion: rowVersion, class: .p1)
  }

  func emailCell() -> Cell { StaffAccount.emailCell(subject, rowVersion) }

  fileprivate func moving(to email: String, _ keys: SubjectKeys) throws -> StaffAccount {
    StaffAccount(
      id: id,
      subject: subject,
      rowVersion: rowVersion + 1,
      email: try keys.seal(email, at: StaffAccount.emailCell(subject, rowVersion + 1)),
      active: true,
      password: password,
      totpSecret: totpSecret,
      totpStep: totpStep
    )
  }
}
