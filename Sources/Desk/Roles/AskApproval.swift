import Booking
import Messages
import People
import Primitives
import Storage

extension Desk {
  /// Asks for a second person's yes inside an act's transaction, and tells those who can say it and the owners. The same
  /// asked again by the same person stays one.
  ///
  /// Where nobody else could agree it waits for a day and is then done by ``runApprovals()``.
  func ask(
    _ effect: ApprovalEffect,
    by asker: Slug,
    _ business: Business,
    _ changes: any Changes,
    _ detail: inout ActDetail
  ) throws -> Approval {
    let now = clock.now()
    let text = try effect.text()
    let same = try changes.openApprovals().first { open in
      guard open.kind == effect.kind, open.askedBy == asker, now < open.expiresAt else { return false }
      return try ApprovalEffect(open).asksForSame(as: effect)
    }
    if let same {
      detail.records.append("approval/\(same.id)")
      return same
    }
    let others = try approvers(business, changes).subtracting([asker])
    let opens = others.isEmpty ? now + ApprovalRule.pause : now
    let approval = Approval(
      id: Identifier(at: now),
      kind: effect.kind,
      askedBy: asker,
      askedAt: now,
      effect: text,
      opensAt: opens,
      expiresAt: opens + (others.isEmpty ? ApprovalRule.grace : ApprovalRule.patience)
    )
    try changes.add(approval)
    try tell(
      others.isEmpty ? .askedAlone : .asked,
      of: approval,
      business,
      besides: others.isEmpty ? [asker] : others,
      changes
    )
    detail.records.append("approval/\(approval.id)")
    return approval
  }

  /// Who could agree to something now: by their role, with something to sign in by, and not set up anew by an invite so
  /// lately that whoever invited them might be them.
  func approvers(_ business: Business, _ records: any Records) throws -> Set<Slug> {
    let now = clock.now()
    let timetable = try Timetable(business, zones: zones)
    let able = try PeopleRows(records, now: now).able
    let fresh = try records.invitesTaken(since: now - ApprovalRule.settling)
    let standings = try records.standings()
    return Set(
      business.staff.filter { member in
        able.contains(member.id) && !fresh.contains(member.id)
          && Holder(member, timetable, reviewDueAt: standings[member.id]?.reviewDueAt).decide(
            .approveAccess,
            on: .business,
            now: now
          ).isGranted
      }.map(\.id)
    )
  }

  /// Whether somebody's yes counts for another: not for a day after their sign-in was set up by an invite, where the other
  /// could have made it and hold its link.
  func isSettled(_ staff: Slug, for other: Slug, _ records: any Records) throws -> Bool {
    let now = clock.now()
    guard try records.invitesTaken(since: now - ApprovalRule.settling).contains(staff) else { return true }
    let (_, timetable) = try catalog.held ?? catalog.load(records)
    guard let member = timetable.staffMember(other) else { return false }
    return !Holder(member, timetable, reviewDueAt: nil).decide(.invitePeople, on: .business, now: now)
      .isGranted
  }

  /// Tells every owner and these, each once.
  func tell(
    _ news: ApprovalNews,
    of approval: Approval,
    _ business: Business,
    besides others: Set<Slug> = [],
    _ changes: any Changes
  ) throws {
    let now = clock.now()
    let owners = try owners(try Timetable(business, zones: zones), changes)
    for reader in others.union(owners).sorted() {
      try changes.post(notice(.othersAccessChanged, to: reader, about: approval.id, news.rawValue, now))
    }
  }
}
