import Outgoing
import Primitives
import Synchronization

/// How the sending of messages goes, for those who look after it; holds nothing personal.
package struct MailState: Sendable, Hashable {
  package let isSet: Bool
  /// Messages that were tried in vain and wait, or that are overdue although a server is set.
  package let heldUp: Int
  /// Given up in the last 30 days.
  package let failed: FailedMessages
  /// What went wrong with the server when this process last tried, in words; nil when that went well.
  package let fault: String?
}

/// What this process has seen of the mail server. Never stored.
final class MailHealth: Sendable {
  /// Seconds for which a state may be told again without asking the database.
  private static let kept = 10

  private struct Seen {
    /// With the version of the settings it was met with.
    var fault: (DeliveryFault, version: Int)?
    var state: (MailState, at: Instant)?
  }

  private let seen = Mutex(Seen())

  /// What went wrong last with the settings of this version; other settings are another matter.
  func fault(of version: Int?) -> DeliveryFault? {
    seen.withLock { seen in
      guard let (fault, met) = seen.fault, met == version else { return nil }
      return fault
    }
  }

  /// What one try says about the server: a refused recipient or message says that the server itself does serve us.
  func note(_ delivery: Delivery, _ version: Int) {
    let fault: DeliveryFault?
    switch delivery {
    case .delivered, .permanentFailure: fault = nil
    case .temporaryFailure(let found):
      switch found.cause {
      case .recipientRefused, .messageRefused: fault = nil
      // Nothing was tried.
      case .busy, .closed: return
      default: fault = found
      }
    }
    seen.withLock { $0 = Seen(fault: fault.map { ($0, version) }) }
  }

  func settingsChanged() { seen.withLock { $0 = Seen() } }

  /// After something that changes the numbers.
  func forget() { seen.withLock { $0.state = nil } }

  func find(_ now: Instant) -> MailState? {
    seen.withLock { seen in
      guard let (state, at) = seen.state, at <= now, now - at < MailHealth.kept else { return nil }
      return state
    }
  }

  func keep(_ state: MailState, _ now: Instant) { seen.withLock { $0.state = (state, now) } }
}
