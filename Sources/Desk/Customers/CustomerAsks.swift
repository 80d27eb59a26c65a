import Primitives
import Synchronization

/// Addresses whose links were asked for, in memory until the next second's work.
///
/// Who asks is answered before anything is looked up, so that neither the answer nor its time tells whether the address is
/// known. What a process has not worked off when it ends is asked for again by whoever waits.
final class CustomerAsks: Sendable {
  /// How many wait at most; each is a second's work and less.
  static let most = 1_000

  private let waiting = Mutex<[EmailAddress]>([])

  /// False when too many wait already. One address waits once.
  func add(_ address: EmailAddress) -> Bool {
    waiting.withLock { waiting in
      guard waiting.count < CustomerAsks.most else { return false }
      if !waiting.contains(where: { $0.normalised == address.normalised }) { waiting.append(address) }
      return true
    }
  }

  /// The longest waiting, which wait no more.
  func take(atMost most: Int) -> [EmailAddress] {
    waiting.withLock { waiting in
      defer { waiting.removeFirst(min(most, waiting.count)) }
      return Array(waiting.prefix(most))
    }
  }
}
