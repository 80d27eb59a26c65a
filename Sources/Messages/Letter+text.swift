import Booking
import Primitives

extension Letter {
  /// The message in plain English.
  ///
  /// There is no HTML part on purpose. Plain text needs no escaping that could be forgotten, loads nothing
  /// from anywhere, reads the same in every program and aloud, and leaves the checkpoint's lines as they were
  /// signed; what HTML would add, a button for the calendar, the text/calendar part does better.
  ///
  /// Never in it: the customer's own postal address, phone number and answers.
  package var text: String {
    let parts: [String?] = [
      "Hello\(customer.name.isEmpty ? "" : " " + customer.name.onOneLine),",
      opening,
      facts,
      kind == .cancellation ? nil : "\(invitation) here:\n\(link.onOneLine)",
      kind == .cancellation ? nil : rules,
      questions,
      kind == .confirmation ? strangers : nil,
      footer,
    ]
    return parts.compactMap { $0 }.joined(separator: "\n\n") + "\n"
  }

  /// "See, move or cancel your booking": what the link is good for by the time of sending.
  var invitation: String {
    switch (isOpen(policy.rescheduleNotice), isOpen(policy.cancelNotice)) {
    case (true, true): "See, move or cancel your booking"
    case (true, false): "See or move your booking"
    case (false, true): "See or cancel your booking"
    case (false, false): "See your booking"
    }
  }

  /// Whether what is allowed until so many minutes before the start still is.
  private func isOpen(_ notice: Int) -> Bool { served.start - .minutes(notice) > sent }

  private var opening: String {
    switch kind {
    case .confirmation: "Your booking at \(business.onOneLine) is confirmed."
    case .change: "Your booking at \(business.onOneLine) has changed. This is how it stands now:"
    case .cancellation: "Your booking at \(business.onOneLine) is cancelled. This is what was booked:"
    case .reminder: "This is a reminder of your booking at \(business.onOneLine)."
    }
  }

  private var facts: String {
    var lines = ["Service: \(service.onOneLine)", "When: \(SpokenTime.stretch(served, in: zone))"]
    if let theirs = SpokenTime.stretch(served, in: visitorZone, unlikeIn: zone) {
      lines.append("For you: \(theirs)")
    }
    lines.append("Where: \(place.inWords.onOneLine)")
    if let staff { lines.append("With: \(staff.onOneLine)") }
    return lines.joined(separator: "\n")
  }

  private var rules: String {
    if policy.cancelNotice == policy.rescheduleNotice {
      return rule("move or cancel", "moved or cancelled", policy.cancelNotice)
    }
    return rule("move", "moved", policy.rescheduleNotice) + " "
      + rule("cancel", "cancelled", policy.cancelNotice)
  }

  private func rule(_ verb: String, _ participle: String, _ notice: Int) -> String {
    if !isOpen(notice) { return "It can no longer be \(participle) online; please speak to us." }
    if notice <= 0 { return "You can \(verb) it online until it begins." }
    let deadline = served.start - .minutes(notice)
    return "You can \(verb) it online until \(SpokenTime.moment(deadline, in: zone))."
  }

  /// "write to hello@example.test or call +370 600 00000"; nil where the business has neither.
  private var reach: String? {
    let ways = [
      contact.email.map { "write to \($0.onOneLine)" }, contact.phone.map { "call \($0.onOneLine)" },
    ]
    let given = ways.compactMap { $0 }.joined(separator: " or ")
    return given.isEmpty ? nil : given
  }

  private var questions: String? { reach.map { "Questions? Please \($0)." } }

  private var strangers: String? {
    let remedy = isOpen(policy.cancelNotice) ? "cancel it with the link above" : reach
    return remedy.map {
      "You did not book this? Then somebody typed your address by mistake: please \($0)."
    }
  }

  /// Blank lines of the note belong to it.
  private var footer: String {
    """
    ----
    The lines below are a signed fingerprint of our record of who has looked at or changed bookings: whoever keeps this \
    mail can later prove it if that record was rewritten.

    """ + "\n" + checkpoint.lines.map(\.withoutControls).joined(separator: "\n")
  }
}
