/// Why a message is not made: something that would have reached a header must not stand in one.
///
/// Names the header, never its content.
package enum HeaderFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// CR, LF, NUL or another control character, line and paragraph separators included. Never stripped:
  /// somebody tried something, or something is broken (V15).
  case controlCharacter(String)
  /// The address of the site has no host that a Message-ID can carry: ASCII letters, digits, dots, dashes.
  case noHost

  package var description: String {
    switch self {
    case .controlCharacter(let header): "a control character would have reached the header \(header)"
    case .noHost: "the address of the site has no host that mail can carry"
    }
  }
}
