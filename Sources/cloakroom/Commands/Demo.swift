import ArgumentParser
import Desk
import Foundation
import Primitives
import Vault
import Web

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Makes a believable business in a folder and serves it on this machine; takes up an existing folder."
  )

  @OptionGroup var place: PlaceOptions

  @Option(help: "The folder of the demo's root key and of demo.json; for SQLite the data folder itself.")
  var sheet: String?

  @Option(help: "The port to listen on.")
  var port = 8080

  @Option(help: "'off' switches the limits per network off.")
  var limits = "on"

  func run() async throws {
    try checkPort(port)
    guard ["on", "off"].contains(limits) else { throw Complaint("--limits is 'on' or 'off'.") }
    let address = "http://localhost:\(port)"
    let stores = try place.stores(standard: "./data/demo")
    let folder = sheet ?? stores.folder ?? "./data/demo-postgres"
    let root = try rootKey(in: folder)
    let demo = DemoBusiness(stores: stores, folder: folder, root: root, address: address)
    let business = try await demo.prepare()
    let settings = WebSettings(
      address: address,
      listener: WebSettings.Listener(host: "127.0.0.1", port: port),
      proxies: [],
      limits: limits == "on"
    )
    try await Serving(stores: stores, root: root, settings: settings).run { _ in
      say(business.sheet)
    }
  }

  /// The demo alone keeps its root key beside its data.
  private func rootKey(in folder: String) throws -> RootKey {
    let file = RootKeyFile(named: folder + "/root.key")
    if !file.exists {
      try FileManager.default.createDirectory(
        atPath: folder,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
      try file.write(RootKey.generate())
    }
    return try file.read()
  }
}
