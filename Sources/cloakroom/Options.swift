import ArgumentParser
import Desk
import Foundation
import Primitives
import Vault

/// Web has options of its own: those of a list.
typealias Option = ArgumentParser.Option

/// Flags of the commands that work on a business at the server's own command line.
struct StoreOptions: ParsableArguments {
  @Option(name: .customLong("data"), help: "The data folder.")
  var data = "./data"

  @Option(help: "The file of the root key; it lies outside the data folder.")
  var rootKey: String?

  @Option(help: "Where customers reach this server, such as https://book.example.com; used in links.")
  var url = "http://localhost:8080"

  var folder: DataFolder { DataFolder(data) }

  /// The key file named, or the demo's own when the folder is a demo's.
  var keyFile: RootKeyFile {
    let demo = RootKeyFile(named: data + "/root.key")
    return rootKey == nil && demo.exists ? demo : RootKeyFile(named: rootKey)
  }

  func root() throws -> RootKey { try keyFile.read() }

  /// Opens a business, does something and closes it.
  func withDesk<Answer>(
    _ business: String?,
    _ body: (Desk) async throws -> Answer
  ) async throws -> Answer {
    let slug = try folder.business(named: business)
    return try await folder.with(slug, root: try root(), address: url, services: SharedServices(), body)
  }
}

extension Refusal: CustomStringConvertible {
  /// For the command line; pages and API have their own words.
  package var description: String {
    ([code.rawValue] + fields.map { "\($0.path): \($0.reason.rawValue)" }).joined(separator: "\n  ")
  }
}
