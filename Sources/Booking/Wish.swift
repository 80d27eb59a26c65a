package import Primitives

/// This start, please.
package struct Wish: Hashable, Sendable {
  package var service: Slug
  /// Nil: the service's first duration.
  package var minutes: Int?
  /// Nil: anyone who serves it.
  package var staff: Slug?
  /// Nil: the first location, in the order of the business file, where the start is free.
  package var location: Slug?
  package var start: Instant
  package var audience: Audience
  /// The sitting whose one seat this booking gives back, for rescheduling.
  package var releasing: Identifier?
  /// When this customer's other bookings of the service are served; the one being moved is not among them.
  package var customer: [Interval]

  package init(
    service: Slug,
    minutes: Int? = nil,
    staff: Slug? = nil,
    location: Slug? = nil,
    start: Instant,
    audience: Audience,
    releasing: Identifier? = nil,
    customer: [Interval] = []
  ) {
    self.service = service
    self.minutes = minutes
    self.staff = staff
    self.location = location
    self.start = start
    self.audience = audience
    self.releasing = releasing
    self.customer = customer
  }

  func question(over span: Interval) -> SlotQuestion {
    SlotQuestion(
      service: service,
      minutes: minutes,
      staff: staff,
      location: location,
      span: span,
      audience: audience,
      releasing: releasing,
      customer: customer
    )
  }
}

/// What a granted wish comes to: what has to be written down.
package struct Decision: Hashable, Sendable {
  package let staff: Slug
  package let location: Slug
  package let minutes: Int
  package let served: Interval
  /// Buffers included. For a class that is joined: what the sitting already occupies.
  package let occupied: Interval
  package let capacity: Int
  /// The sitting that gets one more seat taken; nil: a new sitting.
  package let joins: Identifier?

  package init(
    staff: Slug,
    location: Slug,
    minutes: Int,
    served: Interval,
    occupied: Interval,
    capacity: Int,
    joins: Identifier?
  ) {
    self.staff = staff
    self.location = location
    self.minutes = minutes
    self.served = served
    self.occupied = occupied
    self.capacity = capacity
    self.joins = joins
  }
}

/// A stretch of one person's work at one location; breaks and holidays are already out, time off is not.
package struct WorkingInterval: Hashable, Sendable {
  package let interval: Interval
  package let location: Slug

  package init(interval: Interval, location: Slug) {
    self.interval = interval
    self.location = location
  }
}
