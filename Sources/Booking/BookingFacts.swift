package import Primitives

/// What a booking's history can tell apart: when, with whom, where, and what became of it.
package struct BookingFacts: Hashable, Sendable {
  package let staff: Slug
  package let location: Slug
  package let start: Instant
  package let state: BookingState

  package init(staff: Slug, location: Slug, start: Instant, state: BookingState) {
    self.staff = staff
    self.location = location
    self.start = start
    self.state = state
  }

  package init(_ booking: BookingRecord) {
    self.init(
      staff: booking.staff,
      location: booking.location,
      start: booking.served.start,
      state: booking.state
    )
  }
}
