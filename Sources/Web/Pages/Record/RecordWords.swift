import Booking
import Desk
import Primitives

/// What pages say about entries of the record: who, what, which fields, and why.
struct RecordWords: Sendable {
  let timetable: Timetable

  /// "Ona, Owner", "A visitor", "The server"; never more of a customer than that it was one.
  func who(_ actor: Actor) -> String {
    switch actor {
    case .staff(let id, _): who(id)
    case .customer: "The customer, by the booking’s link"
    case .contact: "The customer, signed in"
    case .stranger: "A visitor"
    case .commandLine: "The server’s command line"
    case .server: "The server"
    }
  }

  /// As a choice of a filter.
  func party(_ party: RecordParty) -> String {
    switch party {
    case .staff(let id): who(id)
    case .customer: "Customers"
    case .stranger: "Visitors"
    case .commandLine: "The server’s command line"
    case .server: "The server"
    }
  }

  /// The same for the customer's own eyes: staff by their role alone.
  func whoForCustomer(_ actor: Actor) -> String {
    switch actor {
    case .staff(let id, _): role(id) ?? "Somebody who no longer works here"
    case .customer: "You, by the link of your booking"
    case .contact: "You, signed in"
    case .stranger: "You, or whoever booked for you"
    case .commandLine: "Whoever runs our server"
    case .server: "Our server"
    }
  }

  /// "Ona, Owner"; the bare id of somebody who is no longer in the business file.
  private func who(_ id: Slug) -> String {
    guard let member = timetable.staffMember(id) else { return id.text }
    return member.name + (role(id).map { ", " + $0 } ?? "")
  }

  private func role(_ id: Slug) -> String? {
    timetable.staffMember(id).map { StaffWords.role($0.role, of: timetable.business) }
  }

  /// "Booked", "Moved"; of acts that are about no booking, the name itself in words.
  static func what(_ entry: RecordEntry) -> String {
    switch entry.name {
    case .bookingMade: entry.fields.isEmpty ? "Sent the same booking again" : "Booked"
    case .bookingRescheduled: "Moved"
    case .bookingCancelled: "Cancelled"
    case .bookingMarked: "Marked the visit"
    case .contactConfirmed: "Confirmed the address"
    case .bookingOpened: "Opened the booking"
    case .contactRevealed: "Showed the contact"
    case .dayOpened: "Opened a list of visits"
    case .customersSearched: "Found by a search"
    case .timeOffAdded: "Blocked time that it lies in"
    case .customerOpened: "Opened their own bookings"
    case .customerLinkAsked: "Asked for a link to their own bookings"
    case .customerSessionStarted: "Signed in to their own bookings"
    case .customerSessionEnded: "Signed out of their own bookings"
    case .messageOpened: "Wrote a message to the customer"
    case .messageSettled: "Sent the customer a message, or will try again"
    case .noticeOpened: "Wrote the link to the customer’s own bookings"
    case .noticeSettled: "Sent that link, or will try again"
    case .answersErased: "Erased answers whose time is over"
    case .accessListed: "Looked who can see this"
    case .personLeft: "Was shown it when somebody left"
    default: act(entry.act)
    }
  }

  /// The same for the customer's own eyes.
  static func whatForCustomer(_ entry: RecordEntry) -> String {
    entry.name == .messageOpened ? "Wrote a message to you" : what(entry)
  }

  /// `sign_in.disowned` as "Sign in disowned"; in words of their own those whose names mislead.
  static func act(_ name: String) -> String {
    if let words = ActName(rawValue: name).flatMap(ownWords) { return words }
    let words = name.map { $0 == "." || $0 == "_" ? " " : $0 }
    return String(words).prefix(1).uppercased() + String(words).dropFirst()
  }

  private static func ownWords(_ act: ActName) -> String? {
    switch act {
    case .leaveAsked: "More access asked for"
    case .leaveGiven: "More access given"
    case .leaveDeclined: "More access declined"
    case .leaveEnded: "More access ended"
    case .leavesOpened: "Page of more access opened"
    case .messageOpened: "Message written"
    case .messageSettled: "Message sent, or to be tried again"
    case .noticeOpened: "Notice written"
    case .noticeSettled: "Notice sent, or to be tried again"
    default: nil
    }
  }

  /// "booking K7-3F2M, and 12 more"; what an entry names is an id and no more.
  ///
  /// - Parameter kinds: of records that are not named.
  static func about(_ entry: RecordEntry, leavingOut kinds: [String] = []) -> String? {
    let records = entry.records.filter { record in !kinds.contains { record.hasPrefix($0 + "/") } }
    let shown = records.prefix(3).map { record in
      let parts = record.split(separator: "/", maxSplits: 1)
      guard parts.count == 2, let id = Identifier(parts[1]) else { return record }
      return parts[0] + " " + id.shortName
    }
    guard !shown.isEmpty else { return entry.count.map { PageWords.count($0, "record") } }
    let more = records.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? ", and \(more) more" : "")
  }

  /// "time, person"; nil for none.
  static func fields(_ fields: [String]) -> String? {
    fields.isEmpty ? nil : fields.map(field).joined(separator: ", ")
  }

  private static func field(_ name: String) -> String {
    switch name {
    case "start": "time"
    case "staff": "person"
    case "location": "place"
    case "email": "e-mail"
    default: String(name.map { $0 == "_" ? " " : $0 })
    }
  }

  /// "from Tuesday 24 November, 10:00 to Friday 27 November, 14:00, from Milda to Tadas"; nil when nothing of it changed.
  func step(_ step: BookingStep, in zone: Zone) -> String? {
    let (before, after) = (step.before, step.after)
    var parts: [(String, String)] = []
    if before.start != after.start {
      parts.append((PageWords.moment(before.start, in: zone), PageWords.moment(after.start, in: zone)))
    }
    if before.staff != after.staff { parts.append((name(before.staff), name(after.staff))) }
    if before.location != after.location { parts.append((place(before.location), place(after.location))) }
    if before.state != after.state {
      parts.append((PageWords.state(before.state), PageWords.state(after.state)))
    }
    return parts.isEmpty ? nil : parts.map { "from \($0) to \($1)" }.joined(separator: ", ")
  }

  private func name(_ id: Slug) -> String { timetable.staffMember(id)?.name ?? id.text }

  private func place(_ id: Slug) -> String { timetable.location(id)?.name ?? id.text }

  /// "to prepare or carry out your visit": for the customer.
  static func why(_ purpose: RecordPurpose) -> String {
    switch purpose {
    case .booking: "to make the booking"
    case .visit: "to prepare or carry out your visit"
    case .callersRequest: "because somebody called or wrote to us"
    case .customersRequest: "because you asked for it"
    case .search: "to find a customer"
    case .signIn: "to let you sign in"
    case .delivery: "to send you a message"
    case .administration: "to run the business"
    case .upkeep: "to keep or erase what is due"
    }
  }

  /// "Firefox on Linux"; only staff have a browser that is known.
  static func device(_ entry: RecordEntry) -> String? {
    guard case .staff = entry.actor else { return nil }
    return entry.device ?? "Unknown device"
  }
}
