import Audit
package import Booking
import People
import Primitives
import Storage

/// Somebody who works here, and whether they can sign in.
package struct PersonAccess: Sendable {
  package let person: StaffMember
  /// Password and second factor are set.
  package let canSignIn: Bool
  /// An invite waits to be taken up.
  package let isInvited: Bool
}

extension Desk {
  /// Everybody of the business file with their access; their addresses stay closed. P0, so only a refusal is
  /// recorded.
  package func listPeople(by person: StaffPerson) async throws -> [PersonAccess] {
    try await require(.viewPeople, by: person, .peopleListed, for: .administration)
    let now = clock.now()
    let (accounts, invited) = try await store.read { (try $0.staffAccounts(), try $0.invited(now: now)) }
    let able = Set(accounts.filter { $0.active && $0.password != nil }.map(\.id))
    return try await timetable().business.staff.map { member in
      PersonAccess(
        person: member,
        canSignIn: able.contains(member.id),
        isInvited: invited.contains(member.id)
      )
    }
  }
}
