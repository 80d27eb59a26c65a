import Booking
import Primitives

extension PageWords {
  /// Until when customers may move and cancel, and what to do after that.
  static func policy(_ policy: Policy, start: Instant, in zone: Zone, now: Instant) -> String {
    if policy.cancelNotice == policy.rescheduleNotice {
      return rule("move or cancel", "moved or cancelled", policy.cancelNotice, start, zone, now)
    }
    return rule("move", "moved", policy.rescheduleNotice, start, zone, now) + " "
      + rule("cancel", "cancelled", policy.cancelNotice, start, zone, now)
  }

  /// The same before somebody books, with whom to speak to when this time is too soon for the pages.
  static func policyAhead(
    _ policy: Policy,
    start: Instant,
    in zone: Zone,
    now: Instant,
    contact: PublicContact
  ) -> String {
    let isTooSoon = (
      move: start - .minutes(policy.rescheduleNotice) < now,
      cancel: start - .minutes(policy.cancelNotice) < now
    )
    let closed: String
    switch isTooSoon {
    case (true, true): closed = "moved or cancelled"
    case (true, false): closed = "moved"
    case (false, true): closed = "cancelled"
    case (false, false): return self.policy(policy, start: start, in: zone, now: now)
    }
    var words = "This time is so soon that it cannot be \(closed) here. \(speakToUs(contact))"
    if !isTooSoon.move { words += " " + rule("move", "moved", policy.rescheduleNotice, start, zone, now) }
    if !isTooSoon.cancel { words += " " + rule("cancel", "cancelled", policy.cancelNotice, start, zone, now) }
    return words
  }

  /// Whether customers can still move or cancel it here.
  static func isChangeable(_ policy: Policy, start: Instant, now: Instant) -> Bool {
    start - .minutes(min(policy.cancelNotice, policy.rescheduleNotice)) >= now
  }

  /// `Look at it, move or cancel`: what the way to a booking leads to, as far as customers still can.
  static func waysOn(_ policy: Policy, start: Instant, now: Instant) -> String {
    func isOpen(_ notice: Int) -> Bool { start - .minutes(notice) >= now }
    return switch (isOpen(policy.rescheduleNotice), isOpen(policy.cancelNotice)) {
    case (true, true): "Look at it, move or cancel"
    case (true, false): "Look at it or move it"
    case (false, true): "Look at it or cancel it"
    case (false, false): "Look at it"
    }
  }

  private static func speakToUs(_ contact: PublicContact) -> String {
    if let phone = contact.phone { return "Call us: \(phone)." }
    return contact.email.map { "Write to us: \($0)." } ?? "Please speak to us."
  }

  private static func rule(
    _ verb: String,
    _ participle: String,
    _ notice: Int,
    _ start: Instant,
    _ zone: Zone,
    _ now: Instant
  ) -> String {
    let deadline = start - .minutes(notice)
    if deadline < now { return "It can no longer be \(participle) here; please call us." }
    if notice <= 0 { return "You can \(verb) it here until it begins." }
    return "You can \(verb) it here until \(moment(deadline, in: zone))."
  }
}
