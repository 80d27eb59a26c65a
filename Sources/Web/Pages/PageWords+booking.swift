import Booking
import Primitives

extension PageWords {
  /// A time and a service; told in the visitor's zone too where its clock shows something else.
  static func appointment(_ service: String, _ served: Interval, in zone: Zone, visitor: Zone? = nil)
    -> Appointment
  {
    var elsewhere: String?
    if let visitor, visitor.offset(at: served.start) != zone.offset(at: served.start) {
      let theirs = visitor.day(at: served.start)
      let day = theirs == zone.day(at: served.start) ? "" : self.day(theirs) + ", "
      elsewhere = day + hours(served, in: visitor) + ", " + self.zone(visitor, at: served.start)
    }
    return Appointment(
      service: service,
      day: longDay(zone.day(at: served.start)),
      hours: hours(served, in: zone),
      zone: self.zone(zone, at: served.start),
      elsewhere: elsewhere
    )
  }

  /// `at your home`, `by phone`, `by video call`, or the place itself: `The workshop in Užupis, Paupio g.
  /// 12`.
  ///
  /// `location`: nil where several are possible.
  static func place(_ service: Service, at location: Location?) -> String {
    switch service.place {
    case .customer: "at your home"
    case .phone: "by phone"
    case .video: "by video call"
    case .location:
      location.map { [$0.name, $0.address].compactMap { $0 }.joined(separator: ", ") }
        ?? "at one of our places"
    }
  }

  /// Who serves, where the customer named nobody.
  static let anyone = "One of our team"

  /// `Booked`, `Arrived`, `Done`, `No-show`, `Cancelled`.
  static func state(_ state: BookingState) -> String {
    switch state {
    case .booked: "Booked"
    case .arrived: "Arrived"
    case .done: "Done"
    case .noShow: "No-show"
    case .cancelled: "Cancelled"
    }
  }

  /// The part of the day a time falls in.
  static func part(of wall: WallTime) -> String {
    switch wall.hour {
    case 6..<12: "Morning"
    case 12..<18: "Afternoon"
    case 18..<22: "Evening"
    default: "Night"
    }
  }

  /// The owner's public phone as a link.
  static func phone(_ text: String?) -> Layout.Phone? {
    text.map { text in
      Layout.Phone(text: text, url: "tel:" + String(text.filter { $0 == "+" || $0.isASCII && $0.isNumber }))
    }
  }
}
