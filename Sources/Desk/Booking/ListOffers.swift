package import Booking
import Primitives
import Storage

extension Desk {
  /// Every free start of a service in a span. P0, so no act and no entry.
  ///
  /// One statement. The same function decides the commit (house rule 5).
  package func offers(_ question: SlotQuestion) async throws -> [Offer] {
    let now = clock.now()
    return try await store.ask { [self] records in
      let (timetable, look) = try look(records) { try $0.reach(of: question) }
      return try timetable.offers(question, agenda: look.agenda, now: now)
    }
  }
}
