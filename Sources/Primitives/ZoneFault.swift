/// Why a zone's rules cannot be used.
package enum ZoneFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// No such zone, or a name that is none: absolute, with `..`, or with characters IANA names do not have.
  case unknown(String)
  /// The file is there but is not what RFC 9636 describes; the second part says where it departs.
  case damaged(String, String)

  package var description: String {
    switch self {
    case .unknown: "no such time zone"
    case .damaged(let name, let reason): "the rules of the time zone \(name) cannot be read: \(reason)"
    }
  }
}
