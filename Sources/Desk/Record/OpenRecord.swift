import Audit
import Booking
import People
package import Primitives
import Storage

/// Which entries of the record are asked for; what is nil does not narrow.
package struct RecordFilter: Sendable, Hashable {
  package var party: RecordParty?
  package var act: ActName?
  /// As it was at the business's first place.
  package var day: CivilDay?

  package init(party: RecordParty? = nil, act: ActName? = nil, day: CivilDay? = nil) {
    self.party = party
    self.act = act
    self.day = day
  }

  /// The words of the index, the rarest first as far as one can tell.
  fileprivate var words: [String] {
    [
      act.map { RecordWord.act($0.rawValue) }, day.map(RecordWord.day), party.map(RecordWord.by),
    ].compactMap { $0?.text }
  }
}

/// A page of the record.
package struct RecordPage: Sendable {
  /// The newest first.
  package let entries: [RecordEntry]
  /// Ask for entries before this number for the next page; nil when there are none.
  package let older: Int?
  /// How many entries the record has.
  package let size: Int
}

extension Desk {
  static let recordPage = 100

  /// Opens a page of the record: who did what, when and how it ended. Entries hold no personal data; that somebody looked is
  /// recorded all the same, before it returns.
  ///
  /// - Parameter before: only entries of lower numbers.
  package func openRecord(
    _ filter: RecordFilter = RecordFilter(),
    before: Int? = nil,
    by person: StaffPerson
  ) async throws -> RecordPage {
    try await require(.viewAudit, by: person, .recordOpened, for: .administration)
    let size = try await store.auditHead().size
    try await completeIndex()
    let words = filter.words
    let (entries, older) = try await store.read { records -> ([RecordEntry], Int?) in
      let found = try records.auditEntries(under: words, before: before, atMost: Desk.recordPage + 1)
      let shown = found.prefix(Desk.recordPage)
      return (try records.read(Array(shown)), found.count > shown.count ? shown.last?.seq : nil)
    }
    var detail = ActDetail()
    detail.count = entries.count
    try await recordReading(.recordOpened, by: person.actor, for: .administration, detail)
    return RecordPage(entries: entries, older: older, size: size)
  }
}
