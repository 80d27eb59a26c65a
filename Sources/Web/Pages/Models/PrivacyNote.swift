/// What is kept and until when, in plain words.
package struct PrivacyNote: Sendable, Codable {
  let rows: [Row]
  /// Who answers for it and how to ask: "Spare Hands, hello@example.test".
  let controller: String

  struct Row: Sendable, Codable {
    /// "Name, e-mail and phone".
    let what: String
    /// "to hold your time and reach you about it".
    let why: String
    /// "90 days after the visit".
    let until: String
  }
}
