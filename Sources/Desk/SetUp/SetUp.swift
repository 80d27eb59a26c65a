import Booking
package import Primitives
import Storage
import Synchronization
import Vault

/// The first door of an empty server: one code, printed on its terminal, with which somebody names the business and becomes
/// its owner.
///
/// The code has 256 bits and lives one hour; this process knows only its hash, and no disk knows it. Once there is a
/// business the door is shut for good: on every server of the store, and after every start.
package final class SetUp: Sendable {
  /// How long a code is good, in seconds.
  package static let lifetime = Int.hours(1)

  private let house: House
  private let founding: Founding
  private let clock: any TimeSource
  private let zones: ZoneLibrary
  private let code = Mutex<(hash: Hash32, expiresAt: Instant)?>(nil)
  private let isKnownClaimed = Mutex(false)

  package init(house: House, founding: Founding, clock: any TimeSource, zones: ZoneLibrary) {
    self.house = house
    self.founding = founding
    self.clock = clock
    self.zones = zones
  }

  /// Whether there is a business. What was true once stays true and costs nothing to ask again.
  ///
  /// - Throws: ``StorageFault/away(_:)`` when nobody can tell: then nothing is claimed either.
  package func isClaimed() async throws -> Bool {
    if isKnownClaimed.withLock({ $0 }) { return true }
    for business in try await house.businesses() {
      guard try await house.desk(business)?.isApplied() == true else { continue }
      isKnownClaimed.withLock { $0 = true }
      code.withLock { $0 = nil }
      return true
    }
    return false
  }

  /// A code for whoever reads the server's terminal; an earlier one of this process ends. Nil once there is a business.
  package func makeCode() async throws -> String? {
    guard try await !isClaimed() else { return nil }
    let token = Token()
    let expiry = clock.now() + SetUp.lifetime
    code.withLock { $0 = (Hash32(of: Array(token.text.utf8)), expiry) }
    return token.text
  }

  /// - Throws: `.alreadySetUp`, or `.linkSpent` for a code that is wrong or too old: both look the same.
  package func check(_ code: String) async throws {
    guard try await !isClaimed() else { throw Refusal(.alreadySetUp) }
    let now = clock.now()
    let typed = Hash32(of: Array(code.utf8))
    let isGood = self.code.withLock { known in
      guard let known, now < known.expiresAt else { return false }
      return constantTimeEqual(known.hash.bytes, typed.bytes)
    }
    guard isGood else { throw Refusal(.linkSpent) }
  }

  /// Founds the business and makes whoever holds the code its owner.
  ///
  /// Of several at once one wins, whichever servers they came through.
  ///
  /// - Returns: the path, with its code, at which the owner sets up their sign-in.
  /// - Throws: `.alreadySetUp`, `.linkSpent`, `.invalid` with each field that is wrong; the code is then still good.
  package func claim(_ form: SetUpForm, code: String) async throws -> String {
    try await check(code)
    let checked = try CheckedSetUp(form, zones: zones)
    let path = try await founding.alone { [self] in
      try await check(code)
      // What an interrupted claim left behind is taken up under its own name, or it would stand there for ever.
      let business = checked.business.renamed(try await house.businesses().first)
      try await founding.make(business.id)
      guard let desk = try await house.desk(business.id) else {
        throw Refusal(.away)
      }
      return try await desk.setUp(business, owner: checked.owner)
    }
    self.code.withLock { $0 = nil }
    isKnownClaimed.withLock { $0 = true }
    return path
  }

  /// The first owner of each business where no owner can sign in, such as after a set-up that broke off before the
  /// invite was taken up.
  package func ownersToInvite() async throws -> [(business: Slug, owner: Slug)] {
    var found: [(business: Slug, owner: Slug)] = []
    for business in try await house.businesses() {
      guard let owner = try await house.desk(business)?.ownerToInvite() else { continue }
      found.append((business, owner))
    }
    return found
  }
}

extension Business {
  fileprivate func renamed(_ id: Slug?) -> Business {
    var business = self
    business.id = id ?? self.id
    return business
  }
}
