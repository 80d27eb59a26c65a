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
      guard try changes.settleApproval(id, as: .done, by: person.id, at: clock.now()) else {
        throw Refusal(.approvalEnded)
      }
      try tell(.done, of: approval, after, besides: [approval.askedBy], changes)
    }
    sessions.forgetAll()
    try await refreshBusiness()
  }

  /// Says no to what somebody else asked for.
  package func refuseApproval(_ id: Identifier, by person: StaffPerson) async throws {
    try await act(.approvalRefused, by: person.actor, for: .administration) { [self] changes, detail in
      try permit(.approveAccess, person, on: .business)
      let (approval, stored) = try openToDecide(id, besides: person.id, changes, &detail)
      guard try changes.settleApproval(id, as: .refused, by: person.id, at: clock.now()) else {
        throw Refusal(.approvalEnded)
      }
      try tell(.refused, of: approval, stored.business, besides: [approval.askedBy], changes)
    }
  }

  /// Takes back what oneself has asked for.
  ///
  /// - Returns: what kind of thing it was.
  @discardableResult
  package func withdrawApproval(_ id: Identifier, by person: StaffPerson) async throws -> ApprovalKind {
    try await act(.approvalWithdrawn, by: person.actor, for: .administration) { [self] changes, detail in
      try admit(person)
      guard try changes.approval(id)?.askedBy == person.id else { throw Refusal(.unknown) }
      let (approval, stored) = try openToDecide(id, besides: nil, changes, &detail)
      guard try changes.settleApproval(id, as: .withdrawn, by: person.id, at: clock.now()) else {
        throw Refusal(.approvalEnded)
      }
      try tell(.withdrawn, of: approval, stored.business, changes)
      return approval.kind
    }
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
