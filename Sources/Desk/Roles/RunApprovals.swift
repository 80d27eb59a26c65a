import Audit
import Booking
import Messages
import People
import Primitives
import Storage

extension Desk {
  /// Does what waited a day because nobody else could agree and still cannot, and ends what nobody agreed to in time. Each is
  /// an act of the server's own; called every second.
  package func runApprovals() async throws {
    let now = clock.now()
    let due = try await store.read { [self] records in
      let due = try records.openApprovals().filter {
        now >= $0.expiresAt || ($0.isAlone && now >= $0.opensAt)
      }
      guard due.contains(where: { now < $0.expiresAt }), let stored = try records.business() else {
        return due
      }
      let able = try approvers(stored.business, records)
      return due.filter { now >= $0.expiresAt || able.subtracting([$0.askedBy]).isEmpty }
    }
    for approval in due {
      do {
        try await act(.approvalGiven, by: .server, for: .upkeep) { [self] changes, detail in
          try run(approval.id, changes, &detail)
        }
      } catch is Refusal {
        // Another server was quicker; the entry says so.
      }
      sessions.forgetAll()
      try await refreshBusiness()
    }
  }

  private func run(_ id: Identifier, _ changes: any Changes, _ detail: inout ActDetail) throws {
    try changes.hold([.newRules, .approval(id)])
    guard let approval = try changes.openApproval(id), let stored = try changes.business() else {
      throw Refusal(.approvalEnded)
    }
    detail.records.append("approval/\(id)")
    let now = clock.now()
    var after: Business?
    if now < approval.expiresAt {
      do { after = try carryOut(approval, stored, changes, &detail) } catch is Refusal { after = nil }
    }
    if after == nil { detail.act = .approvalLapsed }
    let isSettled = try changes.settleApproval(
      id,
      as: after == nil ? .lapsed : .done,
      by: nil,
      at: now,
      until: after == nil ? nil : approval.takenUntil(from: now)
    )
    guard isSettled else { throw Refusal(.approvalEnded) }
    if let after { try tell(.done, of: approval, after, besides: [approval.askedBy], changes) }
  }

  /// Does what was asked for, inside an act's transaction; checks everything before it writes anything.
  ///
  /// - Returns: the business after it.
  /// - Throws: `.stale` when something else would come of it than was shown, or when who asked may not any more.
  func carryOut(
    _ approval: Approval,
    _ stored: (version: Int, business: Business),
    _ changes: any Changes,
    _ detail: inout ActDetail
  ) throws -> Business {
    let business = stored.business
    let effect = try ApprovalEffect(approval)
    let isHere = try changes.staffAccount(approval.askedBy)?.active ?? false
    guard isHere, let asker = business.staffMember(approval.askedBy),
      Holder(
        asker,
        try Timetable(business, zones: zones),
        reviewDueAt: try changes.standing(of: asker.id)?.reviewDueAt
      )
      .decide(effect.verb, on: .business, now: clock.now()).isGranted
    else { throw Refusal(.stale) }
    switch effect {
    case .roleRaise(let raise):
      guard try self.raise(raise.change, on: business, by: approval.askedBy, changes) == raise else {
        throw Refusal(.stale)
      }
      if case .give(let grant) = raise.change {
        var check = FieldCheck()
        try check.grant(grant, business, changes, today: try today(business), now: clock.now())
        guard check.isClean, try changes.staffAccount(grant.person)?.active == true else {
          throw Refusal(.stale)
        }
      }
      raise.change.touch(&detail)
      let after = raise.change.applied(to: business)
      try changes.replace(after, version: stored.version + 1)
      try confirm(raise.change, by: approval.askedBy, changes)
      return after
    case .customerExport:
      // The file is made when whoever asked takes it, as ``exportCustomers(_:by:)`` does.
      return business
    case .customerErasure(let erasure):
      guard try self.erasure(keeping: erasure.keptFrom, before: erasure.before, changes) == erasure else {
        throw Refusal(.stale)
      }
      detail.count = try changes.eraseContacts(servedBefore: erasure.before, at: clock.now())
      return business
    }
  }
}
