import Audit
import Booking
import Messages
package import People
package import Primitives
import Storage

extension Desk {
  /// Says yes to what somebody else asked for: it is done as it was shown, or not at all.
  ///
  /// - Throws: `.unknown`; `.approvalEnded` when it is decided or its hour is over; `.notAllowed` to whoever asked, and to
  ///   somebody whose sign-in was set up by an invite within the last day; `.stale` when something else would come of it
  ///   than was shown.
  package func approve(_ id: Identifier, by person: StaffPerson) async throws {
    try await act(.approvalGiven, by: person.actor, for: .administration) { [self] changes, detail in
      try permit(.approveAccess, person, on: .business)
      let (approval, stored) = try openToDecide(id, besides: person.id, changes, &detail)
      guard try approvers(stored.business, changes).contains(person.id) else { throw Refusal(.notAllowed) }
      let after = try carryOut(approval, stored, changes, &detail)
      let now = clock.now()
      let until = approval.takenUntil(from: now)
      guard try changes.settleApproval(id, as: .done, by: person.id, at: now, until: until) else {
        throw Refusal(.approvalEnded)
      }
      try tell(.done, of: approval, after, besides: [approval.askedBy], changes)
    }
    sessions.forgetAll()
    try await refreshBusiness()
  }

  /// Says no to what somebody else asked for. A file that was agreed to and can still be taken is stopped.
  ///
  /// - Returns: whether it was such a file.
  @discardableResult
  package func refuseApproval(_ id: Identifier, by person: StaffPerson) async throws -> Bool {
    try await act(.approvalRefused, by: person.actor, for: .administration) { [self] changes, detail in
      try permit(.approveAccess, person, on: .business)
      if try stopTaking(id, changes, &detail, where: { $0.askedBy != person.id }) != nil { return true }
      let (approval, stored) = try openToDecide(id, besides: person.id, changes, &detail)
      guard try changes.settleApproval(id, as: .refused, by: person.id, at: clock.now()) else {
        throw Refusal(.approvalEnded)
      }
      try tell(.refused, of: approval, stored.business, besides: [approval.askedBy], changes)
      return false
    }
  }

  /// Takes back what oneself has asked for; also a file that was agreed to and can still be taken.
  ///
  /// - Returns: what kind of thing it was, and whether it was such a file.
  @discardableResult
  package func withdrawApproval(_ id: Identifier, by person: StaffPerson) async throws -> (
    kind: ApprovalKind, wasGiven: Bool
  ) {
    try await act(.approvalWithdrawn, by: person.actor, for: .administration) { [self] changes, detail in
      try admit(person)
      guard try changes.approval(id)?.askedBy == person.id else { throw Refusal(.unknown) }
      if let stopped = try stopTaking(id, changes, &detail, where: { _ in true }) {
        return (stopped.kind, true)
      }
      let (approval, stored) = try openToDecide(id, besides: nil, changes, &detail)
      guard try changes.settleApproval(id, as: .withdrawn, by: person.id, at: clock.now()) else {
        throw Refusal(.approvalEnded)
      }
      try tell(.withdrawn, of: approval, stored.business, changes)
      return (approval.kind, false)
    }
  }

  /// Stops a file that was agreed to and can still be taken, and tells who asked for it and the owners.
  ///
  /// - Returns: nil for anything else.
  private func stopTaking(
    _ id: Identifier,
    _ changes: any Changes,
    _ detail: inout ActDetail,
    where isRight: (Approval) -> Bool
  ) throws -> Approval? {
    try changes.hold([.newRules, .approval(id)])
    let now = clock.now()
    guard let given = try changes.givenApproval(id)?.approval, given.takenUntil(from: now) != nil,
      now < given.expiresAt, let stored = try changes.business()
    else { return nil }
    detail.records.append("approval/\(id)")
    guard isRight(given) else { throw Refusal(.notAllowed) }
    try changes.stopTaking(given, at: now)
    try tell(.stopped, of: given, stored.business, besides: [given.askedBy], changes)
    return given
  }

  /// What waits and is not over, with all that it rests on held.
  private func openToDecide(
    _ id: Identifier,
    besides decider: Slug?,
    _ changes: any Changes,
    _ detail: inout ActDetail
  ) throws -> (approval: Approval, stored: (version: Int, business: Business)) {
    try changes.hold([.newRules, .approval(id)])
    guard let approval = try changes.openApproval(id) else {
      throw Refusal(try changes.approval(id) == nil ? .unknown : .approvalEnded)
    }
    detail.records.append("approval/\(id)")
    guard clock.now() < approval.expiresAt else { throw Refusal(.approvalEnded) }
    guard approval.askedBy != decider else { throw Refusal(.notAllowed) }
    guard let stored = try changes.business() else { throw Refusal(.unknown) }
    return (approval, stored)
  }
}
