package import Booking
import Primitives
import Storage
import Synchronization

/// The business as last applied, prepared for questions and kept in memory until a look at the book shows a newer one.
final class Catalog: Sendable {
  private let zones: ZoneLibrary
  private let newest = Mutex<(version: Int, timetable: Timetable)?>(nil)

  init(zones: ZoneLibrary) { self.zones = zones }

  var held: (version: Int, timetable: Timetable)? { newest.withLock { $0 } }

  /// Reads the stored business and keeps it.
  ///
  /// - Throws: `StorageFault.damaged` when there is none.
  func load(_ records: any Records) throws -> (version: Int, timetable: Timetable) {
    guard let (version, business) = try records.business() else { throw StorageFault.damaged("business") }
    let timetable = try Timetable(business, zones: zones)
    newest.withLock { newest in
      if (newest?.version ?? 0) < version { newest = (version, timetable) }
    }
    return (version, timetable)
  }
}

extension Desk {
  /// The business prepared for questions, as of the last look or the last second.
  package func timetable() async throws -> Timetable {
    if let held = catalog.held { return held.timetable }
    let catalog = catalog
    return try await store.read { try catalog.load($0).timetable }
  }

  /// Notices what another process has applied, so that pages that look at no book are not older than the last call.
  package func refreshBusiness() async throws {
    let catalog = catalog
    try await store.read { records in
      if try records.businessVersion() != catalog.held?.version { _ = try catalog.load(records) }
    }
  }

  /// Looks at the book as far as a question reaches, with a timetable of the same moment.
  ///
  /// One statement, two when somebody has applied a new business since.
  func look(
    _ records: any Records,
    repeated: RequestHashes? = nil,
    reaching reach: (Timetable) throws -> Reach,
    holding hold: (Reach) throws -> Void = { _ in }
  ) throws -> (timetable: Timetable, look: Look) {
    var (version, timetable) = try catalog.held ?? catalog.load(records)
    while true {
      let reach = try reach(timetable)
      try hold(reach)
      let look = try records.look(staff: reach.staff, over: reach.span, repeated: repeated)
      if look.businessVersion == version { return (timetable, look) }
      (version, timetable) = try catalog.load(records)
      guard look.businessVersion <= version else { throw StorageFault.damaged("business.version") }
    }
  }

  /// The same by an act that decides: the rules and the books of all it looks at, as far as it looks, are held until it ends.
  ///
  /// - Parameter releasing: gives its time back in the same act.
  func lookToDecide(
    _ changes: any Changes,
    repeated: RequestHashes? = nil,
    releasing booking: BookingRecord? = nil,
    reaching reach: (Timetable) throws -> Reach
  ) throws -> (timetable: Timetable, look: Look) {
    try look(changes, repeated: repeated, reaching: reach) { reach in
      let given = booking.map { Held.book(of: $0.staff, over: $0.served) } ?? []
      try changes.hold([.rules] + reach.staff.flatMap { Held.book(of: $0, over: reach.span) } + given)
    }
  }
}
