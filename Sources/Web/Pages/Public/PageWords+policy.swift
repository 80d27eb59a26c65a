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
