import Audit
import Booking
package import People
import Primitives
import Storage

/// Something that waits for a second person, as they are shown it.
package struct WaitingApproval: Sendable {
  package let approval: Approval
  package let effect: ApprovalEffect
  /// The reader asked for it, and can withdraw it.
  package let isOwn: Bool
  /// Whether the reader may say yes or no: not to their own.
  package let mayDecide: Bool
  /// The reader's sign-in was set up by an invite within the last day, so that they agree to nothing yet.
  package let isTooNew: Bool
}

/// A file that was agreed to and can be taken now.
package struct TakenFile: Sendable {
  package let approval: Approval
  package let export: CustomerExport
  /// The reader is who asked for it.
  package let isOwn: Bool
}

extension Desk {
  /// Files that can be taken now, for whoever could stop them: their own, or all for who may agree.
  package func takenFiles(by person: StaffPerson) async throws -> [TakenFile] {
    let mayDecide = try await requireApprovals(by: person)
    let now = clock.now()
    return try await store.ask { try $0.takenApprovals(.customerExport, now: now) }.compactMap { given in
      let isOwn = given.approval.askedBy == person.id
      guard mayDecide || isOwn, case .customerExport(let export) = try ApprovalEffect(given.approval) else {
        return nil
      }
      return TakenFile(approval: given.approval, export: export, isOwn: isOwn)
    }
  }

  /// What waits, oldest first: all of it for whoever may agree, else what one has asked for oneself.
  package func listApprovals(by person: StaffPerson) async throws -> [WaitingApproval] {
    let mayDecide = try await requireApprovals(by: person)
    let now = clock.now()
    let business = try await timetable().business
    let (all, able) = try await store.read { [self] records in
      (try records.openApprovals(), try approvers(business, records))
    }
    let open = all.filter { now < $0.expiresAt }
    return try open.filter { mayDecide || $0.askedBy == person.id }.map { approval in
      let isOwn = approval.askedBy == person.id
      return WaitingApproval(
        approval: approval,
        effect: try ApprovalEffect(approval),
        isOwn: isOwn,
        mayDecide: mayDecide && !isOwn && able.contains(person.id),
        isTooNew: mayDecide && !isOwn && !able.contains(person.id)
      )
    }
  }

  /// Whether this person may say yes or no to others; who may not sees their own.
  private func requireApprovals(by person: StaffPerson) async throws -> Bool {
    let mayDecide = may(.approveAccess, person)
    _ = try await requireReach(
      mayDecide ? .approveAccess : .manageRoles,
      by: person,
      .approvalsOpened,
      for: .administration
    )
    return mayDecide
  }
}
