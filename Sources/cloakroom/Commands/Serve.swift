import ArgumentParser
import Desk
import Foundation
import Hummingbird
import Logging
import NIOCore
import Outgoing
import Primitives
import ServiceLifecycle
import Storage
import UnixSignals
import Vault
import Web

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves the businesses of a store.",
    discussion: """
      Cloakroom speaks plain HTTP and lets another program end TLS. It therefore listens on this machine only, unless
      --trusted-proxy names the network of whoever ends TLS in front of it (docs/operate/start.md has a recipe).

      On an empty store it prints a link, good once and for an hour: whoever opens it names the business and becomes its \
      owner. Where there is no root key yet, one is made and its recovery sheet printed.
      """
  )

  @OptionGroup var store: StoreOptions

  @OptionGroup var passwords: PasswordOptions

  @Option(help: "The address to listen on.")
  var bind = "127.0.0.1"

  @Option(help: "The port to listen on.")
  var port = 8080

  @Option(
    help: """
      A port of its own for administration: people, roles, mail, the record. Other pages are answered there too, and \
      administration nowhere else.
      """
  )
  var adminPort: Int?

  @Option(help: "The address of --admin-port.")
  var adminBind = "127.0.0.1"

  @Option(help: "Network of a proxy that ends TLS, such as 10.0.0.0/8; may be repeated.")
  var trustedProxy: [String] = []

  @Option(help: "'off' switches the limits per network off; for tests, on this machine only.")
  var limits = "on"

  func run() async throws {
    let stores = try store.stores()
    let keyFile = store.keyFile(for: stores)
    try keyFile.checkOutside(stores)
    let settings = try webSettings()
    if try await stores.businesses().isEmpty, try await stores.holdsRemains() {
      throw Complaint(
        "There is no business in \(stores.place) any more: it moved away, or its move to here was not finished."
      )
    }
    let root = try await keyFile.readOrMake(for: stores)
    let serving = Serving(stores: stores, root: root, settings: settings, passwords: try passwords.lists())
    let hint = InviteHint(store, address: settings.address)
    try await serving.run { setUp in
      say("Serving \(settings.address) on \(settings.listener.host), port \(settings.listener.port).")
      if let admin = settings.administration { say("Administration on \(admin.host), port \(admin.port).") }
      if let code = try await setUp.makeCode() { say(SetUpSheet.text(address: settings.address, code: code)) }
      for (business, owner) in try await setUp.ownersToInvite() { say(hint.text(owner, of: business)) }
    }
  }

  private func webSettings() throws -> WebSettings {
    try checkPort(port)
    let address = try store.checkedURL(port: port)
    let isPlain = address.hasPrefix("http:")
    let proxies = try trustedProxy.map { text in
      guard let network = Network(text) else {
        throw Complaint("'\(text)' is not a network such as 10.0.0.0/8.")
      }
      guard !text.hasSuffix("/0") else {
        throw Complaint(
          "'\(text)' would believe everybody who their client is. Name the proxy's own network."
        )
      }
      return network
    }
    if let adminPort {
      try checkPort(adminPort)
      guard adminPort != port || adminBind != bind else {
        throw Complaint("--admin-port and --port are the same. Administration needs a port of its own.")
      }
    }
    let loopback = ["127.0.0.1", "::1", "localhost"]
    let beyond = ([bind] + (adminPort == nil ? [] : [adminBind])).filter { !loopback.contains($0) }
    let isLoopback = beyond.isEmpty
    if let beyond = beyond.first, proxies.isEmpty || isPlain {
      throw Complaint(
        "Listening on \(beyond) would speak plain HTTP beyond this machine. Name the proxy that ends TLS with "
          + "--trusted-proxy, and an https:// address in --url."
      )
    }
    guard ["on", "off"].contains(limits) else { throw Complaint("--limits is 'on' or 'off'.") }
    if limits == "off", !isLoopback || !isPlain {
      throw Complaint(
        "--limits off is for tests on this machine: refused unless bound to loopback with a localhost URL."
      )
    }
    return WebSettings(
      address: address,
      listener: WebSettings.Listener(host: bind, port: port),
      administration: adminPort.map { WebSettings.Listener(host: adminBind, port: $0) },
      proxies: proxies,
      limits: limits == "on"
    )
  }
}

/// - Throws: a ``Complaint`` for what is no port to listen on.
func checkPort(_ port: Int) throws {
  guard (1...65_535).contains(port) else { throw Complaint("--port is a number from 1 to 65535.") }
}

/// A running server: pages and API, and the chores beside them.
struct Serving {
  let stores: any BusinessStores
  let root: RootKey
  let settings: WebSettings
  /// Nil: the list of passwords that comes with the program, alone.
  var passwords: PasswordLists?

  /// Serves until SIGTERM or SIGINT, then ends cleanly.
  func run(onRunning: @escaping @Sendable (SetUp) async throws -> Void) async throws {
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = .notice
      return handler
    }
    let log = Logger(label: "cloakroom")
    let (stores, root, settings) = (stores, root, settings)
    let services = SharedServices(passwords: passwords)
    let house = House(
      list: { try await answering { try await stores.businesses() } },
      open: { business in
        try await answering {
          guard try await stores.holds(business) else { return nil }
          return try await stores.open(business, root: root, address: settings.address, services: services)
        }
      }
    )
    try await checkReady(house)
    let setUp = SetUp(
      house: house,
      founding: stores.founding(root: root, clock: services.clock),
      clock: services.clock,
      zones: .system
    )
    let web = try await WebHouse(house: house, setUp: setUp, settings: settings, log: log)
    let started: @Sendable (Int) async -> Void = { _ in
      do {
        try await onRunning(setUp)
      } catch {
        log.error("start", metadata: ["kind": "\(House.kind(of: error))"])
      }
    }
    var applications: [any Service] = []
    if let admin = settings.administration {
      applications.append(web.application(at: admin) { _ in })
      applications.append(web.application(.withoutAdministration, at: settings.listener, onRunning: started))
    } else {
      applications.append(web.application(at: settings.listener, onRunning: started))
    }
    let group = ServiceGroup(
      configuration: .init(
        services: applications + [Chores(house: house, courier: services.courier, log: log)],
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: log
      )
    )
    do {
      try await withTaskExecutorPreference(LoopExecutor()) { try await group.run() }
    } catch let error as IOError where error.errnoCode == EADDRINUSE || error.errnoCode == EACCES {
      let reason = error.errnoCode == EACCES ? "may not be used by this user" : "is in use by another program"
      let ports = [settings.listener.port, settings.administration?.port].compactMap { $0 }
      let named = ports.map(String.init).joined(separator: " or ")
      throw Complaint("Port \(named) \(reason). Choose another one with --port.")
    }
    try await house.close()
  }

  /// A business that cannot be opened stops the start: fail closed, and say so at once.
  private func checkReady(_ house: House) async throws {
    do {
      try await house.checkReady()
    } catch StorageFault.away(let words) {
      throw Complaint(words)
    }
  }
}

/// What would have stopped the start is, later on, "away" for whoever asks.
private func answering<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
  do {
    return try await body()
  } catch let complaint as Complaint {
    throw StorageFault.away(complaint.description)
  }
}
