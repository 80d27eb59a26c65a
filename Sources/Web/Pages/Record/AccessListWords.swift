import Booking
import Desk
import People
import Primitives

/// What the page "Who can see this" says about one person.
struct AccessListWords: Sendable {
  let zone: Zone

  static func sees(_ line: AccessLine) -> String {
    switch line.sight {
    case .nothing: line.mayReveal || line.mayFind ? "Name, but not from a list of visits" : "Nothing"
    case .time: "Time and service, not who it is"
    case .name: "Time, service and first name"
    case .details: "Time, service, first name, address and answers"
    }
  }

  static func contact(_ line: AccessLine) -> String? {
    switch (line.mayReveal, line.mayFind) {
    case (true, true): "May show name, phone and e-mail, and find them by a search"
    case (true, false): "May show name, phone and e-mail"
    case (false, true): "Finds name, phone and e-mail by a search"
    case (false, false): nil
    }
  }

  static func why(_ line: AccessLine) -> String {
    switch (line.reason, line.refusal) {
    case (.role(_, let scope), _): "\(line.role.name): \(reach(scope))"
    case (.leave(_, .given), _): "Leave for a time, given by somebody else"
    case (.leave(_, .emergency), _): "Emergency access"
    case (nil, .notTheirRole): "\(line.role.name): no bookings"
    case (nil, .notTheirs): "\(line.role.name): not theirs, or at another place"
    case (nil, .denied): "\(line.role.name): kept out by a rule"
    case (nil, .ended): "Their time here is over, or nobody has confirmed their role"
    case (nil, .outsideWindow(let opening)):
      opening == nil ? "\(line.role.name): the time for it is over" : "\(line.role.name): not yet"
    case (nil, nil): line.role.name
    }
  }

  private static func reach(_ scope: Scope) -> String {
    switch scope {
    case .own: "own visits"
    case .team: "visits of their team"
    case .location: "visits at their places"
    case .all: "all visits"
    }
  }

  func when(_ line: AccessLine) -> [String] {
    [
      line.until.map { "Until \(PageWords.moment($0, in: zone))" },
      line.opensAt.map { "More from \(PageWords.moment($0, in: zone)) on" },
      line.isAsleep ? "Their sign-in sleeps until an owner wakes it" : nil,
    ].compactMap { $0 }
  }

  func looked(_ line: AccessLine) -> String {
    guard let last = line.lastLook else { return "Has not looked yet" }
    return "Looked last on \(PageWords.moment(last.at, in: zone)), entry \(PageWords.grouped(last.number))"
  }
}
