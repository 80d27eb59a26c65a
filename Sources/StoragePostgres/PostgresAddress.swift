import CPostgres
import Foundation

/// Where a PostgreSQL database is and as whom to sign in there: `postgres://user@host:5432/database?sslmode=…`.
///
/// Whatever libpq understands in such an address holds, several hosts included; what the address leaves open comes from
/// libpq's own defaults (`PGUSER`, `PGHOST`, …), and passwords best from a passfile (`PGPASSFILE`, `~/.pgpass`).
/// Neither `description` nor any error says a password.
package struct PostgresAddress: Sendable, Hashable, CustomStringConvertible {
  /// What is wrong with an address; says nothing of what it contains.
  package enum Refusal: Error, Hashable, CustomStringConvertible {
    case notAnAddress
    /// A service file would bring settings that nobody has checked.
    case namesAService
    /// The connection would leave this machine without checking who answers.
    case unsafe(sslmode: String)

    package var description: String {
      switch self {
      case .notAnAddress:
        "This is no address of a PostgreSQL database; write postgres://user@host/database"
          + " (with ? & = @ : / % in names and passwords as %3F and so on)."
      case .namesAService: "A service file is not read; write host, user and database into the address."
      case .unsafe(let mode):
        "sslmode=\(mode) does not check who answers: beyond this machine only verify-full (the default) and verify-ca do."
          + " With an own certificate authority, name its file: sslrootcert=…"
      }
    }
  }

  let user: String
  let database: String
  /// In the order in which they are tried.
  let hosts: [Host]
  /// All other settings, as libpq names them.
  private(set) var settings: [String: String]
  let password: String?

  struct Host: Sendable, Hashable {
    /// A name or an address, or the folder of a socket.
    var name: String
    /// Where to connect without asking for the name's address.
    var address: String?
    var port: String?
  }

  /// - Throws: ``Refusal`` for text that is no address, and for one that leaves this machine unchecked.
  package init(_ url: String) throws(Refusal) {
    guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://"), !url.utf8.contains(0),
      var given = PostgresAddress.parsed(url)
    else { throw .notAnAddress }
    let defaults = PostgresAddress.defaults()
    guard given["service"] == nil, defaults["service"] == nil else { throw .namesAService }
    func take(_ key: String) -> String? { given.removeValue(forKey: key) ?? defaults[key] }
    guard let user = take("user"), let hosts = PostgresAddress.hosts(take) else { throw .notAnAddress }
    self.user = user
    self.hosts = hosts
    database = take("dbname") ?? user
    password = given.removeValue(forKey: "password")
    settings = try PostgresAddress.secured(given, defaults, hosts)
  }

  private init(_ other: PostgresAddress, user: String, database: String) {
    self.user = user
    self.database = database
    hosts = other.hosts
    settings = other.settings
    // Another role has another password; it comes from the passfile, or from an address of its own.
    password = nil
  }

  /// Where the keys of this database's businesses are unless said otherwise: on the same server, in `<database>_keys`,
  /// as `<user>_keys`.
  package func keys() -> PostgresAddress {
    PostgresAddress(self, user: user + "_keys", database: database + "_keys")
  }

  /// Says in the server's list of connections for whom they work.
  func working(for namespace: String) -> PostgresAddress {
    var address = self
    address.settings["application_name"] = settings["application_name"] ?? "cloakroom \(namespace)"
    return address
  }

  package var description: String {
    let hosts = hosts.map { host in
      let name = host.name.isEmpty ? host.address ?? "" : host.name
      return PostgresAddress.escaped(name) + (host.port.map { ":" + $0 } ?? "")
    }
    return "postgres://\(PostgresAddress.escaped(user))@\(hosts.joined(separator: ","))"
      + "/\(PostgresAddress.escaped(database))"
  }

  /// Beyond this machine the certificate is checked, and a connection that would not do so is refused.
  private static func secured(
    _ given: [String: String],
    _ defaults: [String: String],
    _ hosts: [Host]
  ) throws(Refusal) -> [String: String] {
    var settings = given
    if !hosts.allSatisfy(\.isThisMachine) {
      // libpq's own default, `prefer`, is no wish of anybody's; an environment that sets more is heard.
      let wished = given["sslmode"] ?? defaults["sslmode"].flatMap { $0 == "prefer" ? nil : $0 }
      let mode = wished ?? "verify-full"
      guard mode == "verify-full" || mode == "verify-ca" else { throw .unsafe(sslmode: mode) }
      settings["sslmode"] = mode
    }
    if hosts.count > 1, settings["target_session_attrs"] == nil {
      settings["target_session_attrs"] = "read-write"
    }
    return settings
  }

  private static func hosts(_ take: (String) -> String?) -> [Host]? {
    func list(_ key: String) -> [String] {
      take(key).map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) } ?? []
    }
    let (names, addresses, ports) = (list("host"), list("hostaddr"), list("port"))
    let count = max(names.count, addresses.count, 1)
    guard names.isEmpty || names.count == count, addresses.isEmpty || addresses.count == count,
      ports.count <= 1 || ports.count == count
    else { return nil }
    return (0..<count).map { place in
      Host(
        name: names.isEmpty ? "" : names[place],
        address: addresses.isEmpty || addresses[place].isEmpty ? nil : addresses[place],
        port: ports.isEmpty ? nil : ports[ports.count == 1 ? 0 : place]
      )
    }
  }

  private static func escaped(_ text: String) -> String {
    text.addingPercentEncoding(
      withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~"))
    )
      ?? ""
  }
}

extension PostgresAddress.Host {
  /// A socket or a loopback address: what is said there does not leave this machine.
  var isThisMachine: Bool {
    if let address { return PostgresAddress.Host.isLoopback(address) }
    return name.isEmpty || name.hasPrefix("/") || name.hasPrefix("@") || name == "localhost"
      || PostgresAddress.Host.isLoopback(name)
  }

  private static func isLoopback(_ text: String) -> Bool {
    var four = in_addr()
    if inet_pton(AF_INET, text, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
    var six = in6_addr()
    guard inet_pton(AF_INET6, text, &six) == 1 else { return false }
    return withUnsafeBytes(of: six) { bytes in bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1 }
  }
}

extension PostgresAddress {
  /// libpq's words about what is wrong may repeat a piece of the address, so nobody gets to see them.
  private static func parsed(_ url: String) -> [String: String]? {
    var words: UnsafeMutablePointer<CChar>?
    let options = PQconninfoParse(url, &words)
    PQfreemem(words)
    return options.map(dictionary)
  }

  private static func defaults() -> [String: String] { PQconndefaults().map(dictionary) ?? [:] }

  private static func dictionary(_ options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
    defer { PQconninfoFree(options) }
    var all: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val, value.pointee != 0 {
        all[String(cString: keyword)] = String(cString: value)
      }
      option += 1
    }
    return all
  }
}
