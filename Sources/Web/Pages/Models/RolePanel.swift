/// The questions about somebody's role.
package struct RolePanel: Sendable, Codable {
  let roles: [Option]
  let roleError: String?
  let places: [Place]
  let placesError: String?
  let team: Field
  let lastDay: Field
  let purpose: Field
  /// Whether the rarer questions are open.
  let isLong: Bool

  struct Place: Sendable, Codable {
    /// `place-workshop`.
    let field: String
    let label: String
    let isChosen: Bool
  }
}
