import Booking
import People
import Primitives
import Storage

extension Desk {
  /// Tells the owners, once an hour, inside the act that shows somebody a decoy.
  func tellOfDecoy(
    shownTo person: StaffPerson,
    _ changes: any Changes,
    _ timetable: Timetable,
    _ now: Instant
  ) throws {
    guard let account = try changes.staffAccount(person.id),
      try !changes.hasNotice(
        of: AccessChange.decoyShown.rawValue,
        about: account.subject,
        since: now - .hours(1)
      )
    else { return }
    try tellOwners(of: person.id, .decoyShown, about: account.subject, changes, timetable, now)
  }
}
