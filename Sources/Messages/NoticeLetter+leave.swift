import Booking
import Primitives

extension NoticeLetter {
  func leaveAsked(_ name: String, _ wish: NoticedWish, _ minutes: Int, _ page: String) -> String {
    """
    \(name) at \(business.onOneLine) asks to \(wish.phrase), for \(NoticeLetter.length(minutes)).

    Here you see why, and say yes or no. You can also give a shorter time:
    \(page.onOneLine)

    Without an answer within a day the question is over, and nothing is opened. If you did not expect it, ask \(name), \
    not by mail.
    """
  }

  func leaveAnswered(_ answer: NoticedAnswer, _ until: Instant?, _ page: String) -> String {
    let said =
      switch answer {
      case .given: "Somebody said yes to what you asked for at \(business.onOneLine)."
      case .declined:
        "Somebody said no to what you asked for at \(business.onOneLine). Nothing has changed for you."
      case .ended:
        "What you could do beyond your role at \(business.onOneLine) was ended. You see what you usually see."
      }
    let end = until.map {
      "It ends by itself: \(SpokenTime.moment($0, in: zone)). Every look at a customer's data is written down with it."
    }
    return [said, end, "Here you see what you asked for, and can give it back:\n\(page.onOneLine)"]
      .compactMap { $0 }.joined(separator: "\n\n")
  }

  func emergency(_ name: String, _ at: Instant, _ until: Instant, _ page: String) -> String {
    """
    \(name) has opened emergency access at \(business.onOneLine): everybody's bookings with names, addresses and answers, \
    and how to reach the customers.

    When: \(SpokenTime.moment(at, in: zone))
    It ends by itself: \(SpokenTime.moment(until, in: zone))

    Here you see why, and can end it at once:
    \(page.onOneLine)

    Afterwards somebody other than \(name) must look at it there and say whether it was in order. If in doubt, ask \
    \(name), not by mail.
    """
  }

  /// `30 minutes`, `1 hour`, `8 hours`.
  private static func length(_ minutes: Int) -> String {
    func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    return minutes % 60 == 0 ? count(minutes / 60, "hour") : count(minutes, "minute")
  }
}
