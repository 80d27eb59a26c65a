package import Primitives

/// Who asks: for staff neither notice, window, limits nor hiding apply; working time, buffers and overlaps
/// always do.
package enum Audience: Hashable, Sendable {
  case visitors
  case staff
}

/// When could this be booked?
package struct SlotQuestion: Hashable, Sendable {
  package var service: Slug
  /// Nil: the service's first duration.
  package var minutes: Int?
  /// Nil: anyone who serves it.
  package var staff: Slug?
  /// Nil: every location where it is offered.
  package var location: Slug?
  /// Starts within, at most ``Timetable/longestSpan``.
  package var span: Interval
  package var audience: Audience
  /// The sitting of a booking that is to be moved: its seat counts as free.
  package var releasing: Identifier?
  /// When this customer's other bookings of the service are served, as far as known; for the customer's
  /// limits.
  package var customer: [Interval]

  package init(
    service: Slug,
    minutes: Int? = nil,
    staff: Slug? = nil,
    location: Slug? = nil,
    span: Interval,
    audience: Audience,
    releasing: Identifier? = nil,
    customer: [Interval] = []
  ) {
    self.service = service
    self.minutes = minutes
    self.staff = staff
    self.location = location
    self.span = span
    self.audience = audience
    self.releasing = releasing
    self.customer = customer
  }
}
