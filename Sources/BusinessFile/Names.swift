import Primitives
import Yams

/// The ids that the file gives out, gathered before anything refers to them.
struct Names {
  let locations: [Slug]
  let services: [Slug]
  let roles: [Slug]
  /// Stands where a slug was refused; such a reading never leaves the reader.
  let placeholder: Slug

  init(_ root: Block) {
    locations = Names.ids(root["locations"])
    services = Names.ids(root["services"])
    roles = Names.ids(root["roles"])
    guard let placeholder = Slug("x") else { preconditionFailure("“x” is a slug") }
    self.placeholder = placeholder
  }

  /// The place of work when a rule names none.
  var firstLocation: Slug { locations.first ?? placeholder }

  private static func ids(_ entry: Entry?) -> [Slug] {
    guard case .sequence(let sequence)? = entry?.node else { return [] }
    return sequence.compactMap { node in
      guard case .mapping(let mapping) = node else { return nil }
      return mapping.first { $0.key.scalar?.string == "id" }?.value.scalar.flatMap {
        Slug(Entry.trimmed($0.string))
      }
    }
  }
}
