package import Primitives

/// Who acted, as far as the record's index and its filters tell apart.
package enum RecordParty: Hashable, Sendable {
  case staff(Slug)
  /// A customer by their link or signed in.
  case customer
  /// Somebody on the public page, or a program at the public part of the API.
  case stranger
  case commandLine
  case server

  init(_ actor: Actor) {
    switch actor {
    case .stranger: self = .stranger
    case .customer, .contact: self = .customer
    case .staff(let person, _): self = .staff(person)
    case .commandLine: self = .commandLine
    case .server: self = .server
    }
  }

  /// Refuses (nil) what is none of them.
  package init?(_ text: String) {
    switch text {
    case "customer": self = .customer
    case "stranger": self = .stranger
    case "command-line": self = .commandLine
    case "server": self = .server
    default:
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0] == "staff", let person = Slug(String(parts[1])) else { return nil }
      self = .staff(person)
    }
  }

  /// `staff/ona`, `customer`, `stranger`, `command-line`, `server`.
  package var text: String {
    switch self {
    case .staff(let person): "staff/\(person)"
    case .customer: "customer"
    case .stranger: "stranger"
    case .commandLine: "command-line"
    case .server: "server"
    }
  }
}
