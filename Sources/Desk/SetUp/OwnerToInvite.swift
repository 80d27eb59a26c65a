import Booking
import Primitives
import Storage

extension Desk {
  /// The first owner, when no owner has anything to sign in with; nil when one has, and for a business that nobody
  /// has described yet.
  func ownerToInvite() async throws -> Slug? {
    let now = clock.now()
    return try await store.read { records -> Slug? in
      guard let business = try records.business()?.business else { return nil }
      let people = try PeopleRows(records, now: now)
      let able = people.able
      let owners = business.staff.filter { $0.role == .owner && people.leavers[$0.id] == nil }.map(\.id)
      return owners.contains { able.contains($0) } ? nil : owners.first
    }
  }
}
