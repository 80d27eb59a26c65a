import Audit
import Booking
import People
package import Primitives
import Storage
import Vault

extension Desk {
  /// Whether this opens anything now; false also for what nobody has.
  package func isLeaveOpen(_ id: Identifier) async throws -> Bool {
    let now = clock.now()
    return try await store.ask { try $0.leave(id) }?.isOpen(now: now) ?? false
  }

  /// Seconds for which one's own list reaches back.
  private static let leavesShown = Int.days(30)

  /// One's own of the last month, newest first. No reason is opened, so that only a refusal is recorded.
  package func ownLeaves(by person: StaffPerson) async throws -> [ShownLeave] {
    try await requireAdmitted(person, .leavesOpened, for: .administration)
    let now = clock.now()
    return try await store.ask { try $0.leaves(of: person.id, since: now - Desk.leavesShown, atMost: 20) }
      .map { ShownLeave($0, reason: nil, now: now) }
  }

  /// Whether anybody else could say yes to a question of theirs.
  package func hasApprover(for person: StaffPerson) async throws -> Bool {
    let (now, timetable) = (clock.now(), try await timetable())
    return try await store.read { [self] in
      try !approvers(besides: person.id, timetable, $0, now).isEmpty
    }
  }

  /// Whether this person is one of those who say yes; what they then do asks again, and for a fresh proof.
  package func answersLeave(_ person: StaffPerson) -> Bool { may(.approveAccess, person) }

  /// What waits for those who say yes: questions, what is open, emergencies to look at with what was opened by them; with the
  /// reasons, whose opening is recorded before it returns. Oldest first.
  package func pendingLeaves(by person: StaffPerson) async throws -> [ShownLeave] {
    let now = clock.now()
    do {
      try admit(person)
      _ = try person.holder.decide(.approveAccess, on: .business, now: now).get()
    } catch {
      try await refuse(.leavesOpened, by: person.actor, for: .administration, error)
    }
    let (rows, accounts) = try await store.read { records in
      let rows = try records.pendingLeaves(now: now)
      return (rows, rows.isEmpty ? [] : try records.staffAccounts())
    }
    guard !rows.isEmpty else { return [] }
    let subjects = Dictionary(uniqueKeysWithValues: accounts.map { ($0.id, $0.subject) })
    let uses = try await uses(of: rows.filter(\.needsReview))
    let keys = try await keys.open(Array(Set(rows.compactMap { subjects[$0.staff] })))
    let shown = try rows.map { row in
      let keys = subjects[row.staff].flatMap { keys[$0] }
      return ShownLeave(
        row,
        reason: try keys?.open(row.reason, at: LeaveRow.reasonCell(row.id)),
        uses: uses[row.id] ?? [],
        now: now
      )
    }
    var detail = ActDetail()
    for leave in shown { detail.touch(leave: leave.id) }
    detail.fields = ["reason"]
    try await recordReading(.leavesOpened, by: person.actor, for: .administration, detail)
    return shown
  }

  /// At most so many uses of one emergency are shown.
  package static let usesShown = 50

  /// What was done by virtue of each of these leaves: entries of their holders that name it, but for what became of the
  /// leave itself. One more than is shown, where there are more.
  private func uses(of leaves: [LeaveRow]) async throws -> [Identifier: [RecordEntry]] {
    guard !leaves.isEmpty else { return [:] }
    try await completeIndex()
    return try await store.read { records in
      var uses: [Identifier: [RecordEntry]] = [:]
      for leave in leaves {
        var (found, before): ([RecordEntry], Int?) = ([], nil)
        // However often the leave was looked at since: that must not push out of sight what it was used for.
        repeat {
          let named = try records.auditEntries(
            under: ["leave/\(leave.id)", RecordWord.by(.staff(leave.staff)).text],
            before: before,
            atMost: Desk.recordPage
          )
          found += try records.read(named).filter { !($0.name?.isAboutLeaves ?? false) }
          before = named.count == Desk.recordPage ? named.last?.seq : nil
        } while before != nil && found.count <= Desk.usesShown
        uses[leave.id] = Array(found.prefix(Desk.usesShown + 1))
      }
      return uses
    }
  }

  /// How many questions wait for this person's answer, and how many emergencies to be looked at; nothing for who may not.
  package func waitingLeaves(for person: StaffPerson) async throws -> (questions: Int, emergencies: Int) {
    guard may(.approveAccess, person) else { return (0, 0) }
    let now = clock.now()
    let others = try await store.ask { try $0.pendingLeaves(now: now) }.filter { $0.staff != person.id }
    return (
      others.filter { $0.isWaiting(now: now) }.count,
      others.filter { $0.needsReview }.count
    )
  }
}

extension ActName {
  /// Whether an act of this name is about a leave, and not done by virtue of one.
  fileprivate var isAboutLeaves: Bool {
    switch self {
    case .leaveAsked, .leaveGiven, .leaveDeclined, .leaveEnded, .leavesOpened: true
    case .emergencyOpened, .emergencyReviewed: true
    default: false
    }
  }
}
