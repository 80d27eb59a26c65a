package import Primitives

/// A start somebody can book now.
package struct Offer: Hashable, Sendable {
  package let start: Instant
  package let end: Instant
  package let location: Slug
  /// Who could be chosen by name; never empty, in the order of the business file.
  package let staff: [Slug]
  /// Places left: the seats that can still be taken at this start, summed over `staff`.
  package let places: Int

  package init(start: Instant, end: Instant, location: Slug, staff: [Slug], places: Int) {
    self.start = start
    self.end = end
    self.location = location
    self.staff = staff
    self.places = places
  }
}

/// One occupied stretch of one person: an appointment, or a class with its seats.
package struct Sitting: Hashable, Sendable {
  package let id: Identifier
  package let staff: Slug
  package let service: Slug
  /// When it serves; buffers are in `occupied`.
  package let served: Interval
  package let occupied: Interval
  package let capacity: Int
  /// Seats taken, 1 to `capacity`.
  package let taken: Int

  package init(
    id: Identifier,
    staff: Slug,
    service: Slug,
    served: Interval,
    occupied: Interval,
    capacity: Int,
    taken: Int
  ) {
    self.id = id
    self.staff = staff
    self.service = service
    self.served = served
    self.occupied = occupied
    self.capacity = capacity
    self.taken = taken
  }
}

/// All that is booked or blocked and could matter for one question; loaded by Storage for its ``Reach``. A hold
/// arrives as a sitting.
package struct Agenda: Sendable {
  package var sittings: [Sitting]
  package var timeOff: [TimeOff]

  package init(sittings: [Sitting] = [], timeOff: [TimeOff] = []) {
    self.sittings = sittings
    self.timeOff = timeOff
  }
}

/// A stretch in which one person takes no new bookings. What is already booked stays until moved or
/// cancelled.
package struct TimeOff: Hashable, Sendable {
  package let id: Identifier
  package let staff: Slug
  package let interval: Interval

  package init(id: Identifier, staff: Slug, interval: Interval) {
    self.id = id
    self.staff = staff
    self.interval = interval
  }
}
