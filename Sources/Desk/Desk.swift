import Booking
package import Outgoing
package import Primitives
package import Storage
package import Vault

/// The one place where things are done for one business: pages, API, command line and scheduled work all come here.
///
/// Each act is a file: permit, decide, save and record in one transaction. An act throws a `Refusal` (an answer for
/// people, already recorded) or a fault (ours, nothing was changed).
package final class Desk: Sendable {
  package let business: Slug
  /// Where this server is reached, from its configuration and never from a request: `https://book.example.com`.
  package let address: String

  let store: any Store
  let keys: KeyCabinet
  let ring: KeyRing
  let clock: any TimeSource
  let zones: ZoneLibrary
  let hasher: PasswordHasher
  let passwords: PasswordLists
  let courier: Courier
  let catalog: Catalog
  let sessions = SessionMemory()
  let unconfirmed = UnconfirmedContacts()
  let mailHealth = MailHealth()
  let asks = CustomerAsks()
  let tidying = Tidying()
  let seen = SeenCustomers()
  let indexing = Indexing()

  /// - Parameter passwords: nil: the list that comes with the program, alone.
  package init(
    business: Slug,
    address: String,
    store: any Store,
    keyStore: any Store,
    ring: KeyRing,
    clock: any TimeSource,
    zones: ZoneLibrary,
    hasher: PasswordHasher,
    passwords: PasswordLists? = nil,
    courier: Courier
  ) async throws {
    self.business = business
    self.address = address
    self.store = store
    self.ring = ring
    self.clock = clock
    self.zones = zones
    self.hasher = hasher
    self.passwords = try passwords ?? PasswordLists()
    self.courier = courier
    keys = KeyCabinet(store: keyStore, ring: ring, clock: clock)
    catalog = Catalog(zones: zones)
  }

  package var now: Instant { clock.now() }

  /// Checks that the business can be served: its databases answer and it has been applied.
  package func checkReady() async throws {
    _ = try await timetable()
    _ = try await store.auditHead()
  }

  package func close() async throws {
    try store.close()
    try await keys.close()
  }
}
