package import Primitives

/// One mail to one person, ready to be written down (RFC 5322, MIME).
package struct Mail: Hashable, Sendable {
  package var from: Mailbox
  package var to: Mailbox
  package var replyTo: EmailAddress?
  package var subject: String
  package var text: String
  package var calendar: CalendarPart?
  package var sent: Instant
  /// The same for every attempt; the left side of the Message-ID.
  package var id: Identifier
  package var host: MailHost

  package init(
    from: Mailbox,
    to: Mailbox,
    replyTo: EmailAddress?,
    subject: String,
    text: String,
    calendar: CalendarPart?,
    sent: Instant,
    id: Identifier,
    host: MailHost
  ) {
    self.from = from
    self.to = to
    self.replyTo = replyTo
    self.subject = subject
    self.text = text
    self.calendar = calendar
    self.sent = sent
    self.id = id
    self.host = host
  }

  /// The message as it goes over the wire: ASCII, lines ended by CRLF, none over 998 octets.
  ///
  /// With a calendar entry: multipart/mixed of (multipart/alternative of text and text/calendar, which mail
  /// programs act on) and the same file as an attachment, for those that do not. Without: the text alone.
  ///
  /// - Throws: ``HeaderFault/controlCharacter(_:)`` when a name or the subject holds one.
  package func bytes() throws(HeaderFault) -> [UInt8] {
    var headers = [
      ("From", try HeaderText.mailbox(from, in: "From")),
      ("To", try HeaderText.mailbox(to, in: "To")),
    ]
    if let replyTo {
      headers.append(
        ("Reply-To", try HeaderText.mailbox(Mailbox(name: "", address: replyTo), in: "Reply-To"))
      )
    }
    headers += [
      ("Subject", try HeaderText.unstructured(subject, in: "Subject")),
      ("Date", date),
      ("Message-ID", "<\(id)@\(host.text)>"),
      // RFC 3834: so that vacation notices are not answered to us.
      ("Auto-Submitted", "auto-generated"),
      ("MIME-Version", "1.0"),
    ]
    let written = headers.map { name, value in name + ": " + value + "\r\n" }.joined()
    return Array((written + content).utf8)
  }

  private var content: String {
    guard let calendar else { return words }
    // "=_" stands in neither quoted-printable nor base64, so no part can hold a boundary.
    let (outer, inner) = ("=_outer_\(id)", "=_inner_\(id)")
    let file = TransferText.base64(calendar.text)
    return """
      Content-Type: multipart/mixed;
       boundary="\(outer)"

      --\(outer)
      Content-Type: multipart/alternative;
       boundary="\(inner)"

      --\(inner)
      \(words)
      --\(inner)
      Content-Type: text/calendar; charset=utf-8; method=\(calendar.method.rawValue)
      Content-Transfer-Encoding: base64

      \(file)
      --\(inner)--

      --\(outer)
      Content-Type: application/ics; name="invite.ics"
      Content-Disposition: attachment; filename="invite.ics"
      Content-Transfer-Encoding: base64

      \(file)
      --\(outer)--

      """.lines.joined(separator: "\r\n")
  }

  private var words: String {
    """
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: quoted-printable

    \(TransferText.quotedPrintable(text))
    """.lines.joined(separator: "\r\n")
  }

  /// RFC 5322 §3.3, in UTC.
  private var date: String {
    let wall = WallTime(day: CivilDay(number: 0), second: Int(sent.seconds))
    let (year, _, day) = wall.day.components
    let weekday = wall.day.weekday.name.prefix(3)
    let clock = padded(wall.hour, 2) + ":" + padded(wall.minute, 2) + ":" + padded(wall.second % 60, 2)
    return
      "\(weekday), \(padded(day, 2)) \(wall.day.monthName.prefix(3)) \(padded(year, 4)) \(clock) +0000"
  }
}
