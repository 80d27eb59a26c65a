import Audit
import Booking
import Primitives
import Storage
import Synchronization

extension Desk {
  /// Entries that are taken into the index by one transaction: a few milliseconds of the writer's time.
  private static let indexedAtOnce = 250

  /// Takes the next entries of the record into its index. No act: the index says nothing that the record does not.
  ///
  /// May be run by several processes at once, and again after it broke off anywhere: entries and their end are written
  /// together.
  ///
  /// - Returns: how many entries were taken; zero when there are no more.
  @discardableResult
  package func indexMentions() async throws -> Int {
    while true {
      let (first, entries) = try await store.read { records in
        let first = try records.auditIndexed()
        return (first, try records.auditEntries(from: first, atMost: Desk.indexedAtOnce))
      }
      guard let last = entries.last else { return 0 }
      guard let zone = try await timetable().homeZone(of: nil) else { return 0 }
      let mentions = entries.flatMap { AuditMention.all(of: $0, in: zone) }
      let isTaken = try await store.change { try $0.index(mentions, from: first, until: last.seq + 1) }
      if isTaken { return entries.count }
    }
  }

  /// Takes in every entry that was committed before, so that what is asked next is answered wholly.
  func completeIndex() async throws {
    // On several servers entries wait for their number; asking for the head brings them in.
    _ = try await store.auditHead()
    while try await indexMentions() > 0 {}
  }

  /// Keeps the index near the record's end, once a minute and for a while at most, so that questions need not wait for it.
  package func keepIndex() async throws {
    guard indexing.isDue(clock.now()) else { return }
    for _ in 0..<Desk.chunksAtOnce {
      if try await indexMentions() < Desk.indexedAtOnce { return }
    }
    // A long record that has no index yet: on with it in the next second.
    indexing.forget()
  }

  private static let chunksAtOnce = 20
}

extension AuditMention {
  /// All that one entry is found by; nothing for one that cannot be read, which `verify-audit` tells of.
  fileprivate static func all(of entry: NumberedEntry, in zone: Zone) -> [AuditMention] {
    guard let read = AuditEntry(canonicalBytes: entry.bytes) else { return [] }
    let party = RecordParty(read.actor)
    let words = [RecordWord.by(party), .act(read.act), .day(zone.day(at: read.at))].map(\.text)
    let isLook = read.outcome == .done && (ActName(rawValue: read.act)?.isLook ?? false)
    return (read.records + words).map { word in
      AuditMention(record: word, seq: entry.seq, actor: party.text, isLook: isLook)
    }
  }
}

/// What entries are filed under besides the records they name.
enum RecordWord {
  case by(RecordParty)
  case act(String)
  /// The day it was at the business's first place.
  case day(CivilDay)

  var text: String {
    switch self {
    case .by(let party): "by/" + party.text
    case .act(let name): "act/" + name
    case .day(let day): "day/\(day)"
    }
  }
}

/// When this process last kept the index.
final class Indexing: Sendable {
  private static let pause = Int.minutes(1)

  private let last = Mutex<Instant?>(nil)

  /// True once a minute; a clock that went back counts as over.
  func isDue(_ now: Instant) -> Bool {
    last.withLock { last in
      if let last, last <= now, now - last < Indexing.pause { return false }
      last = now
      return true
    }
  }

  func forget() { last.withLock { $0 = nil } }
}
