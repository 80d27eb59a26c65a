/// In whose time the times are shown, and how to change it.
package struct ZonePicker: Sendable, Codable {
  /// "Vilnius time (UTC+2)".
  let words: String
  /// IANA name shown now; first option of the list.
  let current: String
  /// True when the visitor chose it; otherwise the page may offer the browser's own zone.
  let isChosen: Bool
  let action: String
  /// The rest of the question (`service`, `staff`, `day`, …).
  let carried: [Hidden]
}
