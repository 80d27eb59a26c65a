package import Primitives

/// One booking as it stands: P0 only. Who comes is the contact's, sealed, under `subject`.
package struct BookingRecord: Hashable, Sendable {
  package let id: Identifier
  package let subject: Identifier
  package let service: Slug
  package var staff: Slug
  package var location: Slug
  package var served: Interval
  /// The occupied stretch and the seat in it; nil once cancelled.
  package var sitting: Identifier?
  package var seat: Int?
  package var state: BookingState
  /// Rises with every change; a change that names an older one is refused.
  package var version: Int
  /// Raising it revokes the manage links given out so far.
  package var linkVersion: Int
  /// Whether the customer chose or was told a person by name.
  package var staffNamed: Bool
  package let madeBy: BookingChannel
  /// IANA name of the zone the customer looked at.
  package let visitorZone: String
  package let madeAt: Instant

  package init(
    id: Identifier,
    subject: Identifier,
    service: Slug,
    staff: Slug,
    location: Slug,
    served: Interval,
    sitting: Identifier?,
    seat: Int?,
    state: BookingState,
    version: Int,
    linkVersion: Int,
    staffNamed: Bool,
    madeBy: BookingChannel,
    visitorZone: String,
    madeAt: Instant
  ) {
    self.id = id
    self.subject = subject
    self.service = service
    self.staff = staff
    self.location = location
    self.served = served
    self.sitting = sitting
    self.seat = seat
    self.state = state
    self.version = version
    self.linkVersion = linkVersion
    self.staffNamed = staffNamed
    self.madeBy = madeBy
    self.visitorZone = visitorZone
    self.madeAt = madeAt
  }
}

package enum BookingState: String, Hashable, Sendable, CaseIterable {
  case booked
  case arrived
  case done
  case noShow = "no-show"
  case cancelled
}

package enum BookingChannel: String, Hashable, Sendable {
  case page
  case api
  case staff
}
