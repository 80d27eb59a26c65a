/// A text field whose label stands in the template.
package struct Field: Sendable, Codable {
  /// As typed; never filled for passwords.
  let value: String
  let error: String?
}
