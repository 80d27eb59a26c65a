/// The record of everything that was done, a page of it.
package struct StaffRecordPage: PageModel {
  package static let template = "staff/record"

  let layout: Layout
  let action: String
  let errors: ErrorSummary?
  /// Who acted, "Everybody" first.
  let parties: [Option]
  /// What was done, "Everything" first.
  let acts: [Option]
  let day: Field
  let isFiltered: Bool
  let clearURL: String
  /// "The record has 1,204 entries."
  let size: String
  let entries: [Entry]
  let hasEntries: Bool
  /// Nil on the last page.
  let olderURL: String?
  /// Nil on the first page.
  let newestURL: String?

  struct Entry: Sendable, Codable {
    let line: RecordLine
    /// "booking K7-3F2M, and 12 more"; nil when it names nothing.
    let about: String?
    /// "Refused: outside hours"; nil when it was done.
    let outcome: String?
  }
}
