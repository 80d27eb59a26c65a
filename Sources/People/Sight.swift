import Booking
package import Primitives

/// What somebody sees of bookings now, level by level; a list is fetched through it.
package struct Sight: Hashable, Sendable {
  /// Time, service and state (P0).
  package let times: Extent
  /// The contact (P1).
  package let contacts: Extent
  /// Address and answers (P2).
  package let details: Extent

  package init(times: Extent, contacts: Extent, details: Extent) {
    self.times = times
    self.contacts = contacts
    self.details = details
  }
}

extension Holder {
  package func sight(now: Instant) -> Sight {
    Sight(
      times: extent(.viewDay, now: now),
      contacts: extent(.viewBooking, level: .p1, now: now),
      details: extent(.viewBooking, level: .p2, now: now)
    )
  }

  /// The same for one booking, about whose time is decided once it is found.
  package func sightOfOne(now: Instant) -> Sight {
    let sight = sight(now: now)
    return Sight(times: .everything, contacts: sight.contacts, details: sight.details)
  }
}
