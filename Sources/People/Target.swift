package import Booking
package import Primitives

/// What an act touches, as far as rules ask.
package struct Target: Hashable, Sendable {
  /// Whose work it is; nil: nobody's in particular, so that it is everybody's.
  package let staff: Slug?
  /// Where; a rule about places must hold all of them. Empty: everywhere.
  package let locations: Set<Slug>
  /// When the visit is; nil: windows do not matter.
  package let visit: Interval?

  package init(staff: Slug?, locations: Set<Slug> = [], visit: Interval? = nil) {
    self.staff = staff
    self.locations = locations
    self.visit = visit
  }

  package init(_ booking: BookingRecord) {
    self.init(staff: booking.staff, locations: [booking.location], visit: booking.served)
  }

  /// Somebody's work as a whole, wherever they do it.
  package init(workOf member: StaffMember, in business: Business) {
    self.init(staff: member.id, locations: business.places(of: member))
  }

  /// The business as a whole: nobody's own.
  package static let business = Target(staff: nil)
}
