/// One entry of the record in a list.
package struct RecordLine: Sendable, Codable {
  /// "1,204".
  let number: String
  /// "Tuesday 24 November, 09:14".
  let at: String
  /// "Ona, Owner".
  let who: String
  /// "Moved".
  let what: String
  /// Whether it was refused.
  let isRefused: Bool
  /// "time, person"; nil for none.
  let fields: String?
  /// "Firefox on Linux".
  let device: String?
}
