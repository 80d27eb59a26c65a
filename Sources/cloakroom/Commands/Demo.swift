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

  @Option(name: .customLong("data"), help: "The data folder; made when it is missing.")
  var data = "./data/demo"

  @Option(help: "The port to listen on.")
  var port = 8080

  @Option(help: "'off' switches the limits per network off.")
  var limits = "on"

  func run() async throws {
    try checkPort(port)
    guard ["on", "off"].contains(limits) else { throw Complaint("--limits is 'on' or 'off'.") }
    let address = "http://localhost:\(port)"
    let folder = DataFolder(data)
    let root = try rootKey()
    let business = try await DemoBusiness(folder: folder, root: root, address: address).prepare()
    let settings = WebSettings(
      address: address,
      host: "127.0.0.1",
      port: port,
      proxies: [],
      limits: limits == "on"
    )
    try await Serving(folder: folder, root: root, settings: settings).run { _ in
      say(business.sheet)
    }
  }

  /// The demo alone keeps its root key inside the data folder.
  private func rootKey() throws -> RootKey {
    let file = RootKeyFile(named: data + "/root.key")
    if !file.exists {
      try FileManager.default.createDirectory(
        atPath: data,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
      try file.write(RootKey.generate())
    }
    return try file.read()
  }
}
