/// What happened to one booking, on its page.
package struct BookingHistoryPart: Sendable, Codable {
  /// Newest first.
  let changes: [RecordLine]
  /// "Who looked: 7 times".
  let looked: String
  let looks: [RecordLine]
  let hasLooks: Bool
  /// "The newest 200 are shown."; nil when all are.
  let cut: String?
}
