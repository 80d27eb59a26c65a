import Booking
package import Primitives

extension Letter {
  /// The whole message: text, and the calendar entry where there is one.
  ///
  /// The subject names the business and the time, not the service: it is shown on locked screens. Answers go
  /// to the business's public address, where it has one.
  ///
  /// - Throws: ``HeaderFault``; control characters are found by ``Mail/bytes()``.
  package func mail() throws(HeaderFault) -> Mail {
    guard let host = MailHost(url: link) else { throw .noHost }
    return Mail(
      from: organiser,
      to: customer,
      replyTo: contact.email.flatMap { try? EmailAddress($0) },
      subject: subject,
      text: text,
      calendar: try calendar(),
      sent: sent,
      id: id,
      host: host
    )
  }

  private var subject: String {
    let time = SpokenTime.short(served.start, in: zone)
    return switch kind {
    case .confirmation: "Your booking at \(business) on \(time)"
    case .change: "Changed: your booking at \(business), now on \(time)"
    case .cancellation: "Cancelled: your booking at \(business) on \(time)"
    case .reminder: "Reminder: your booking at \(business) on \(time)"
    }
  }
}

extension Mail {
  /// What the mail settings page sends to show that they work.
  ///
  /// Nothing of any booking is in it.
  package static func test(
    from: Mailbox,
    to: EmailAddress,
    business: String,
    sent: Instant,
    id: Identifier,
    host: MailHost
  ) -> Mail {
    Mail(
      from: from,
      to: Mailbox(name: "", address: to),
      replyTo: nil,
      subject: "Test mail from \(business)",
      text:
        "This is the test mail you asked for. Your mail settings work: customers of \(business.onOneLine) will get "
        + "their confirmations.\n",
      calendar: nil,
      sent: sent,
      id: id,
      host: host
    )
  }
}
