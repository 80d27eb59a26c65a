import Primitives

extension Letter {
  /// The calendar entry (RFC 5545) as a scheduling message (RFC 5546): REQUEST makes or moves it, CANCEL
  /// takes it away.
  ///
  /// Nil for a reminder, which changes nothing.
  ///
  /// The UID stays with the booking, SEQUENCE rises, so that calendars replace the entry they have. The
  /// customer has agreed by booking: PARTSTAT is ACCEPTED and nobody is asked to answer.
  ///
  /// - Throws: ``HeaderFault/noHost`` when the link names no usable host.
  package func calendar() throws(HeaderFault) -> CalendarPart? {
    let method: CalendarMethod
    switch kind {
    case .confirmation, .change: method = .request
    case .cancellation: method = .cancel
    case .reminder: return nil
    }
    guard let host = MailHost(url: link) else { throw .noHost }
    let attendee = named("ATTENDEE", customer) + ";ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE"
    let lines = [
      ("BEGIN", "VCALENDAR"),
      ("VERSION", "2.0"),
      ("PRODID", "-//Cloakroom//Cloakroom//EN"),
      ("CALSCALE", "GREGORIAN"),
      ("METHOD", method.rawValue),
      ("BEGIN", "VEVENT"),
      ("UID", "\(booking)@\(host.text)"),
      ("SEQUENCE", String(sequence)),
      ("DTSTAMP", CalendarText.utc(sent)),
      ("DTSTART", CalendarText.utc(served.start)),
      ("DTEND", CalendarText.utc(served.end)),
      ("SUMMARY", CalendarText.text("\(service.onOneLine) – \(business.onOneLine)")),
      ("LOCATION", CalendarText.text(place.inWords)),
      ("DESCRIPTION", CalendarText.text(description)),
      (named("ORGANIZER", organiser), CalendarText.address(organiser.address)),
      (attendee, CalendarText.address(customer.address)),
      ("STATUS", method == .cancel ? "CANCELLED" : "CONFIRMED"),
      ("END", "VEVENT"),
      ("END", "VCALENDAR"),
    ]
    let text = lines.map { name, value in CalendarText.line(name, value) }.joined()
    return CalendarPart(method: method, text: text)
  }

  private func named(_ property: String, _ mailbox: Mailbox) -> String {
    mailbox.name.isEmpty ? property : property + ";CN=" + CalendarText.parameter(mailbox.name)
  }

  private var description: String {
    if kind == .cancellation { return "This booking is cancelled." }
    let with = staff.map { "With \($0.onOneLine).\n" } ?? ""
    return with + invitation + ":\n" + link.onOneLine
  }
}

/// A calendar file and what it asks the reader's calendar to do.
package struct CalendarPart: Hashable, Sendable {
  package let method: CalendarMethod
  /// The whole file, lines ended by CRLF.
  package let text: String
}

/// Methods of RFC 5546 that Cloakroom sends.
///
/// The raw value is iCalendar's.
package enum CalendarMethod: String, Hashable, Sendable {
  case request = "REQUEST"
  case cancel = "CANCEL"
}
