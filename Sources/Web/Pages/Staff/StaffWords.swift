import Booking
import Desk
import People
import Primitives

/// What the staff's pages say about a booking.
enum StaffWords {
  /// The next steps that make sense by now.
  static func marks(_ booking: BookingRecord, now: Instant) -> [StaffDayPage.Mark] {
    steps(booking.state).filter { mark in
      BookingState(rawValue: mark.value).flatMap { Desk.opens($0, of: booking) }.map { $0 <= now } ?? true
    }
  }

  /// From when on the first mark can be set; nil once it can, and when nothing is to be marked.
  static func marksFrom(_ booking: BookingRecord, in zone: Zone, now: Instant) -> String? {
    guard booking.state == .booked, let opens = Desk.opens(.arrived, of: booking), opens > now else {
      return nil
    }
    return "It can be marked as arrived from \(PageWords.moment(opens, in: zone)) on."
  }

  /// What a message's kind is called, and that it did not arrive.
  static func undelivered(_ kind: String) -> String {
    let message =
      switch kind {
      case "confirmation", "cancellation", "reminder": "The \(kind)"
      default: "The message about the \(kind)"
      }
    return message + " could not be delivered. Please reach the customer in another way."
  }

  private static func steps(_ state: BookingState) -> [StaffDayPage.Mark] {
    func mark(_ state: BookingState, _ label: String) -> StaffDayPage.Mark {
      StaffDayPage.Mark(value: state.rawValue, label: label)
    }
    switch state {
    case .booked: return [mark(.arrived, "Arrived"), mark(.done, "Done"), mark(.noShow, "No-show")]
    case .arrived: return [mark(.done, "Done"), mark(.booked, "Undo")]
    case .done, .noShow: return [mark(.booked, "Undo")]
    case .cancelled: return []
    }
  }

  /// "seat 2 of 3"; nil for appointments.
  static func seat(_ visit: DayVisit) -> String? {
    guard let service = visit.service, service.capacity > 1, let seat = visit.booking.seat else { return nil }
    return "seat \(seat) of \(service.capacity)"
  }

  /// Where the visit is.
  static func place(_ visit: DayVisit, _ business: Business) -> String {
    switch visit.service?.place ?? .location {
    case .location: business.location(visit.booking.location)?.name ?? visit.booking.location.text
    case .customer: visit.address ?? (visit.showsDetails ? "No address given" : "At the customer's")
    case .phone: "By phone"
    case .video: "By video"
    }
  }

  /// What was asked and answered; by the question's slug once it is no longer asked.
  static func answers(_ visit: DayVisit) -> [(question: String, answer: String)] {
    visit.answers.map { id, answer in
      let question = visit.service?.questions.first { $0.id == id }
      let isYesNo = question?.kind == .yesNo
      return (question?.label ?? id.text, isYesNo ? (answer == "yes" ? "Yes" : "No") : answer)
    }
  }

  static func service(_ visit: DayVisit) -> String { visit.service?.name ?? visit.booking.service.text }

  /// "Owner"; the bare name of a role that is no longer there.
  static func role(_ role: Role, of business: Business) -> String {
    business.definition(of: role)?.name ?? role.rawValue
  }

  /// What stands where name, address and answers are closed.
  static func closed(_ visit: DayVisit, in zone: Zone) -> String? {
    guard visit.isClosed else { return nil }
    guard let opening = visit.opensAt else { return "Who it is is not shown to you." }
    return "Who it is opens on \(PageWords.moment(opening, in: zone))."
  }

  /// Told plainly once the customer's keys were destroyed, and where the reader may not see who it is.
  static func firstName(_ visit: DayVisit) -> String {
    if visit.isClosed { return "Customer" }
    return visit.firstName.isEmpty ? "Erased customer" : visit.firstName
  }

  /// What stands where a contact is closed. Not even its last digits are opened before the tap.
  static let masked = "••••"

  /// "8", "8½"; to the nearest quarter of an hour.
  static func hours(_ seconds: Int) -> String {
    let quarters = quarters(seconds)
    let fraction = ["", "¼", "½", "¾"][quarters % 4]
    return quarters < 4 && !fraction.isEmpty ? fraction : "\(quarters / 4)\(fraction)"
  }

  /// "5 of 8½ hours", "¾ hour of 8 hours"; "1 hour" where nobody works.
  static func load(booked: Int, working: Int) -> String {
    load(booked, working) { (1...4).contains($0) ? "hour" : "hours" }
  }

  /// "5 of 8½ h": for tight places.
  static func shortLoad(booked: Int, working: Int) -> String { load(booked, working) { _ in "h" } }

  /// `unit`: what so many quarters of an hour are counted in.
  private static func load(_ booked: Int, _ working: Int, unit: (_ quarters: Int) -> String) -> String {
    func full(_ seconds: Int) -> String { hours(seconds) + " " + unit(quarters(seconds)) }
    guard quarters(working) > 0 else { return full(booked) }
    // "¾ of 8 hours" would be six of them.
    return ((1...3).contains(quarters(booked)) ? full(booked) : hours(booked)) + " of " + full(working)
  }

  private static func quarters(_ seconds: Int) -> Int { (seconds + 450) / 900 }
}
