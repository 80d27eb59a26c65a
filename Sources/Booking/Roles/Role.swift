package import Primitives

/// The name of what somebody is here: one of the built-in roles, or one that the business made itself.
///
/// What a role may do is its ``RoleDefinition``; a name alone allows nothing.
package struct Role: RawRepresentable, Hashable, Sendable, Codable {
  package let rawValue: String

  /// A slug. Refuses (nil) what is none; whether a role of that name exists, the business says.
  package init?(rawValue: String) {
    guard Slug(rawValue) != nil else { return nil }
    self.rawValue = rawValue
  }

  package init(_ id: Slug) { rawValue = id.text }

  private init(builtIn name: StaticString) { rawValue = "\(name)" }

  package static let owner = Role(builtIn: "owner")
  package static let administrator = Role(builtIn: "administrator")
  package static let receptionist = Role(builtIn: "receptionist")
  /// Whoever serves customers: technician, practitioner, tutor, guide.
  package static let technician = Role(builtIn: "technician")
  package static let bookkeeper = Role(builtIn: "bookkeeper")
  package static let auditor = Role(builtIn: "auditor")
  /// Somebody from outside, for a time.
  package static let vendor = Role(builtIn: "vendor")
  /// Somebody who has no role yet, such as one that a second person must agree to first.
  package static let newcomer = Role(builtIn: "newcomer")

  /// In the order in which pages list them.
  package static let builtIn = [
    owner, administrator, receptionist, technician, bookkeeper, auditor, vendor, newcomer,
  ]
}
