import Primitives
import StoragePostgres

/// What the terminal says about a business where no owner can sign in.
struct InviteHint {
  /// The flags with which another command finds the same store.
  private let flags: String

  /// - Parameter address: from the configuration alone, as in the links of `serve` itself.
  init(_ store: StoreOptions, address: String) {
    var given: [(name: String, value: String)] = []
    if let named = store.place.store {
      given.append(("--store", InviteHint.shown(named)))
    } else if let folder = store.place.data {
      given.append(("--data", folder))
    }
    if let named = store.place.keysStore { given.append(("--keys-store", InviteHint.shown(named))) }
    if let file = store.rootKey { given.append(("--root-key", file)) }
    given.append(("--url", address))
    flags = given.map { " \($0.name) \(InviteHint.quoted($0.value))" }.joined()
  }

  func text(_ owner: Slug, of business: Slug) -> String {
    "Nobody can sign in at \(business) yet: run `cloakroom invite \(owner) --business \(business)\(flags)`"
  }

  /// A store as it was named, but for an address that may hold a password.
  private static func shown(_ store: String) -> String {
    guard store.hasPrefix("postgres") else { return store }
    let user = store.prefix { $0 != "@" }.replacing("://", with: "")
    guard user.contains(":") || store.contains("password") else { return store }
    return (try? PostgresAddress(store))?.description ?? "…"
  }

  /// One word for a shell.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.allSatisfy { character in
      character.isASCII && (character.isLetter || character.isNumber || "-_./:@=,+%".contains(character))
    }
    return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
