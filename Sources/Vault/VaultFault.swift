/// Why the vault did not do what it was asked.
///
/// A fault is ours or somebody's tampering, never an answer to a customer; its words hold no personal data
/// and no key.
package enum VaultFault: Error, Hashable, Sendable {
  /// Sealed under a key that this ring does not hold: another version, or one already destroyed.
  case noKey
  /// Not in the format at all: too short, or of a version or suite that is not known here.
  case damaged
  /// In the format, but it does not open here: altered, moved from another place, or sealed by another key.
  case wrongPlace
  /// A recovery code with a wrong character, or of a wrong length.
  case mistyped
  /// No password thread came free before the deadline.
  case busy
  /// The system had no memory left for a password hash.
  case noMemory
}

extension VaultFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noKey: "The key for this is not here."
    case .damaged: "This is not in the sealed format."
    case .wrongPlace: "This does not open here."
    case .mistyped: "The recovery code has a mistake in it."
    case .busy: "Too many passwords are waiting to be checked."
    case .noMemory: "There was no memory to check a password."
    }
  }
}
