import Audit
package import Booking
package import People
package import Primitives
import Storage

/// Who can see one booking and its customer, now.
package struct AccessList: Sendable {
  package let booking: BookingRecord
  /// Everybody of the business who can still sign in, in its order.
  package let people: [AccessLine]
}

/// What one person gets of one booking, by the same rules that their own requests are decided by.
package struct AccessLine: Sendable {
  package let person: StaffMember
  package let role: RoleDefinition
  package let sight: Seen
  /// Whether they may open the booking's own page.
  package let mayOpen: Bool
  /// Whether they may open name, phone and e-mail by a tap.
  package let mayReveal: Bool
  /// Whether a search shows them name, phone and e-mail.
  package let mayFind: Bool
  /// Why they see it; nil when they see nothing.
  package let reason: PermitReason?
  /// When what they see ends by itself; nil when it does not.
  package let until: Instant?
  /// From when on they see more; nil when they do not.
  package let opensAt: Instant?
  /// Why they see nothing; nil when they see anything.
  package let refusal: PermitRefusal?
  /// Whether their sign-in sleeps, so that they see it only once an owner has woken it.
  package var isAsleep = false
  /// Their newest look that the record knows of, with its number.
  package var lastLook: (at: Instant, number: Int)?

  /// How much of it is shown, each with what stands before it.
  package enum Seen: Int, Comparable, Sendable {
    case nothing
    /// Time, service and state.
    case time
    case name
    case details

    package static func < (one: Seen, other: Seen) -> Bool { one.rawValue < other.rawValue }
  }
}

extension Desk {
  /// Lists who can see a booking and its customer, with what and why.
  ///
  /// - Throws: `.unknown` for none, and for one whose list the role does not show.
  package func listAccess(to id: Identifier, by person: StaffPerson) async throws -> AccessList {
    _ = try await requireReach(.viewAccess, by: person, .accessListed, for: .administration)
    guard let booking = try await store.ask({ try $0.booking(id) }) else {
      try await refuse(.accessListed, by: person.actor, for: .administration, Refusal(.unknown))
    }
    try await require(.viewAccess, by: person, on: Target(booking), .accessListed, for: .administration)
    try await completeIndex()
    let timetable = try await timetable()
    let names = Desk.recordNames(booking: id, subject: booking.subject)
    let now = clock.now()
    let (left, standings, looks, pending) = try await store.read { records in
      (
        Set(try records.leavers().keys), try records.standings(), try records.lastLooks(at: names),
        try records.pendingLeaves(now: now)
      )
    }
    let last = Dictionary(
      looks.compactMap { look in
        AuditEntry(canonicalBytes: look.entry.bytes).map { (look.actor, (at: $0.at, number: look.entry.seq)) }
      }
    ) { first, _ in first }
    let staff = timetable.business.staff.filter { !left.contains($0.id) }
    let leaves = Dictionary(grouping: pending.filter { $0.isOpen(now: now) }, by: \.staff)
    let lines = staff.map { member in
      let standing = standings[member.id]
      let holder = Holder(
        member,
        timetable,
        reviewDueAt: standing?.reviewDueAt,
        leaves: leaves[member.id]?.compactMap(Leave.init) ?? []
      )
      var line = AccessLine(member, holder, Target(booking), now: now)
      line.isAsleep =
        standing.map { StandingRule.isAsleep(member.role, seenAt: $0.seenAt, now: now) } ?? false
      line.lastLook = last[RecordParty.staff(member.id).text]
      return line
    }
    var detail = ActDetail()
    detail.touch(booking: id)
    detail.count = lines.count
    try await recordReading(.accessListed, by: person.actor, for: .administration, detail)
    return AccessList(booking: booking, people: lines)
  }
}

extension AccessLine {
  /// Decided by ``Holder/decide(_:on:level:now:)`` alone, in the way in which ``Desk/openBooking(_:by:)``,
  /// ``Desk/revealContact(_:by:)`` and ``Desk/searchCustomers(_:by:)`` do.
  init(_ member: StaffMember, _ holder: Holder, _ target: Target, now: Instant) {
    func decide(_ verb: Verb, _ level: Level = .p0) -> PermitDecision {
      holder.decide(verb, on: target, level: level, now: now)
    }
    let listed = decide(.viewDay)
    let (opened, named, detailed) = (
      decide(.viewBooking), decide(.viewBooking, .p1), decide(.viewBooking, .p2)
    )
    let revealed = decide(.revealContact)
    // The day's list takes one permit, the booking's own page another.
    let isOpen = listed.isGranted || opened.isGranted
    let (sight, deciding): (Seen, PermitDecision) =
      switch (isOpen, named.isGranted, detailed.isGranted) {
      case (true, _, true): (.details, detailed)
      case (true, true, false): (.name, named)
      case (true, false, false): (.time, opened.isGranted ? opened : listed)
      case (false, _, _): (.nothing, listed)
      }
    let permit = deciding.permit ?? (sight == .nothing ? revealed.permit : nil)
    person = member
    role = holder.role
    self.sight = sight
    mayOpen = opened.isGranted
    mayReveal = revealed.isGranted
    mayFind = holder.extent(.searchCustomers, now: now).contains(target)
    reason =
      permit?.reason ?? (mayFind ? holder.decide(.searchCustomers, on: target, now: now).permit?.reason : nil)
    until = permit?.until
    opensAt = isOpen ? [named.opening, detailed.opening].compactMap { $0 }.min() : nil
    refusal = reason == nil ? deciding.refusal : nil
    lastLook = nil
  }
}

extension PermitDecision {
  fileprivate var permit: Permit? {
    if case .granted(let permit) = self { permit } else { nil }
  }
  fileprivate var refusal: PermitRefusal? {
    if case .refused(let refusal) = self { refusal } else { nil }
  }
  /// When what is refused now will be granted; nil when it will not.
  fileprivate var opening: Instant? {
    if case .refused(.outsideWindow(let opening)) = self { opening } else { nil }
  }
}
