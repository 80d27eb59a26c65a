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

  @Option(
    help: """
      Connections to PostgreSQL for each business and database, 2 to 64. Else two for each core of this machine; servers \
      that share a machine had better share them out.
      """
  )
  var connections: Int?

  func stores(standard folder: String = "./data") throws -> any BusinessStores {
    try address(standard: folder).businesses(keys: keysStore, connections: connections)
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

  @Option(
    help: """
      The file of the root key; it lies outside the data folder. Else systemd's credential cloakroom-root-key, \
      /etc/cloakroom/root.key for root, ~/.config/cloakroom/root.key for others.
      """
  )
  var rootKey: String?

  @Option(
    help: """
      Where customers reach this server, such as https://book.example.com; used in links. Else http://localhost with \
      the port: of serve its --port, elsewhere 8080.
      """
  )
  var url: String?

  /// The address without a slash at its end.
  ///
  /// - Parameter port: where this machine is reached when no address is given.
  /// - Throws: a ``Complaint`` for one with a path, and for plain HTTP beyond this machine.
  func checkedURL(port: Int = 8080) throws -> String {
    let url = url ?? "http://localhost:\(port)"
    guard let parts = URLComponents(string: url), let scheme = parts.scheme, let host = parts.host,
      !host.isEmpty,
      scheme == "https" || scheme == "http", parts.path.isEmpty || parts.path == "/", parts.query == nil
    else { throw Complaint("--url must be like https://book.example.com, without a path.") }
    if scheme == "http", !["localhost", "127.0.0.1", "::1", "[::1]"].contains(host) {
      throw Complaint("Customers' data must not travel in clear: give an https:// address in --url.")
    }
    return url.hasSuffix("/") ? String(url.dropLast()) : url
  }

  func stores() throws -> any BusinessStores { try place.stores() }

  /// The key file named, or the demo's own when the folder is a demo's.
  func keyFile(for stores: any BusinessStores) -> RootKeyFile {
    RootKeyFile(named: rootKey, for: stores)
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
    return try await stores.with(
      slug,
      root: root,
      address: try checkedURL(),
      services: SharedServices(),
      body
    )
  }
}

extension Refusal: CustomStringConvertible {
  /// For the command line; pages and API have their own words.
  package var description: String {
    ([code.rawValue] + fields.map { "\($0.path): \($0.reason.rawValue)" }).joined(separator: "\n  ")
  }
}
