import ArgumentParser
import Desk
import Foundation
import Primitives
import Vault

/// Web has options of its own: those of a list.
typealias Option = ArgumentParser.Option

/// Flags that say where the businesses lie.
struct PlaceOptions: ParsableArguments {
  @Option(help: "Short for --store sqlite:FOLDER; else ./data, or ./data/demo for the demo.")
  var data: String?

  @Option(help: "sqlite:FOLDER or postgres://user@host/database.")
  var store: String?

  @Option(
    help: """
      The PostgreSQL database of the keys, best on a server of its own. Else user and database of --store, each with \
      _keys behind it.
      """
  )
  var keysStore: String?

  func stores(standard folder: String = "./data") throws -> any BusinessStores {
    try address(standard: folder).businesses(keys: keysStore)
  }

  private func address(standard folder: String) throws -> StoreAddress {
    guard let store else { return .sqlite(data ?? folder) }
    let address = try StoreAddress(store)
    if let data, address != .sqlite(data) {
      throw Complaint("--data and --store name two places. Give one of them.")
    }
    return address
  }
}

/// Flags of the commands that work on a business at the server's own command line.
struct StoreOptions: ParsableArguments {
  @OptionGroup var place: PlaceOptions

  @Option(help: "The file of the root key; it lies outside the data folder.")
  var rootKey: String?

  @Option(help: "Where customers reach this server, such as https://book.example.com; used in links.")
  var url = "http://localhost:8080"

  func stores() throws -> any BusinessStores { try place.stores() }

  /// The key file named, or the demo's own when the folder is a demo's.
  func keyFile(for stores: any BusinessStores) -> RootKeyFile {
    if rootKey == nil, let folder = stores.folder {
      let demo = RootKeyFile(named: folder + "/root.key")
      if demo.exists { return demo }
    }
    return RootKeyFile(named: rootKey)
  }

  func root(for stores: any BusinessStores) throws -> RootKey { try keyFile(for: stores).read() }

  /// Opens a business, does something and closes it.
  func withDesk<Answer>(
    _ business: String?,
    _ body: (Desk) async throws -> Answer
  ) async throws -> Answer {
    let stores = try stores()
    let slug = try await stores.business(named: business)
    let root = try root(for: stores)
    return try await stores.with(slug, root: root, address: url, services: SharedServices(), body)
  }
}

extension Refusal: CustomStringConvertible {
  /// For the command line; pages and API have their own words.
  package var description: String {
    ([code.rawValue] + fields.map { "\($0.path): \($0.reason.rawValue)" }).joined(separator: "\n  ")
  }
}
