import Audit
import Booking
import People
import Primitives
import Storage

extension Desk {
  /// Shows customers' data to somebody: reads, counts and records in one transaction; what was read may be opened once this
  /// returns.
  ///
  /// A look that would go over the limit of the person's role is refused with `.volumeReached`, and the owners are told,
  /// once a day. What a vendor is shown is told to them each time.
  ///
  /// - Parameter read: what is shown, and whose it is; nil when it turns out that nothing is shown yet.
  func show<Answer: Sendable>(
    _ name: ActName,
    to person: StaffPerson,
    for purpose: AuditEntry.Purpose,
    _ read: @escaping @Sendable (any Changes, inout ActDetail) throws -> (Answer, of: [Identifier])?
  ) async throws -> Answer? {
    let now = clock.now()
    let timetable = try await timetable()
    do {
      let shown = try await readAndRecord(name, by: person.actor, for: purpose) {
        [self] changes, detail -> (Answer, Set<Identifier>)? in
        guard let (answer, subjects) = try read(changes, &detail) else { return nil }
        return (answer, try count(subjects, shownTo: person, changes, timetable, now))
      }
      guard let (answer, new) = shown else { return nil }
      seen.note(new, to: person.id, on: now.dayNumber)
      return answer
    } catch let refusal as Refusal where refusal.code == .volumeReached {
      seen.close(person.id, under: person.holder.role.limit, until: now + (refusal.wait ?? 60))
      try await tellOfVolume(person, timetable, now)
      throw refusal
    }
  }

  /// Counts who is about to be shown, inside the act that shows them.
  ///
  /// - Returns: those who were new today, to be noted once the act is committed.
  /// - Throws: `.volumeReached`.
  private func count(
    _ subjects: [Identifier],
    shownTo person: StaffPerson,
    _ changes: any Changes,
    _ timetable: Timetable,
    _ now: Instant
  ) throws -> Set<Identifier> {
    let new = seen.new(subjects, to: person.id, on: now.dayNumber)
    guard !new.isEmpty else { return [] }
    try changes.countReading(new.count, by: person.id, day: now.dayNumber, minute: now.minuteNumber)
    let limit = person.holder.role.limit
    guard let volume = try changes.readingVolume(of: person.id, on: now.dayNumber) else { return new }
    if volume.inDay > limit.perDay { throw Refusal(.volumeReached, wait: 86_400 - now.secondOfDay) }
    if volume.inMinute > limit.perMinute { throw Refusal(.volumeReached, wait: 60 - now.secondOfDay % 60) }
    if volume.inDay == limit.perDay {
      seen.close(person.id, under: limit, until: now + 86_400 - now.secondOfDay)
    } else if volume.inMinute == limit.perMinute {
      seen.close(person.id, under: limit, until: now + 60 - now.secondOfDay % 60)
    }
    if person.role == .vendor, let account = try changes.staffAccount(person.id) {
      try tellOwners(of: person.id, .vendorLooked, about: account.subject, changes, timetable, now)
    }
    return new
  }

  private func tellOfVolume(_ person: StaffPerson, _ timetable: Timetable, _ now: Instant) async throws {
    try await store.change { [self] changes in
      guard try changes.markVolumeTold(of: person.id, on: now.dayNumber, at: now),
        let account = try changes.staffAccount(person.id)
      else { return }
      try tellOwners(of: person.id, .volumeReached, about: account.subject, changes, timetable, now)
    }
  }
}

extension [(BookingRecord, ContactRecord?)] {
  /// Whose contacts are among them.
  var subjects: [Identifier] { compactMap(\.1?.subject) }
}

extension Instant {
  /// Minutes since 1970.
  var minuteNumber: Int { Int(seconds) / 60 }
  fileprivate var secondOfDay: Int { Int(seconds) % 86_400 }
}
