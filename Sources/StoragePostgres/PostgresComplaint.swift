/// Why no connection to a server can be had; says no password.
package enum PostgresComplaint: Error, Hashable, CustomStringConvertible {
  /// Nobody answers, or not as its certificate should; with libpq's words.
  case away(String)
  /// The server is starting, stopping or full.
  case busy(sqlstate: String)
  case wrongPassword(user: String)
  /// There is no such role, or the server's `pg_hba.conf` does not let it in.
  case noAccess(user: String)
  case noDatabase(String)
  /// Older than PostgreSQL 13; the server's version as `server_version_num` has it.
  case tooOld(Int)
  /// `fsync` is off there: what it calls committed may be lost.
  case forgetful
  /// Refused otherwise, with the server's SQLSTATE.
  case refused(sqlstate: String)

  package var description: String {
    switch self {
    case .away(let words): "The PostgreSQL server is away: \(words)"
    case .busy: "The PostgreSQL server takes no connection now."
    case .wrongPassword(let user):
      "PostgreSQL does not take the password of role \"\(user)\", or was given none."
    case .noAccess(let user): "PostgreSQL does not let role \"\(user)\" in: no such role, or not from here."
    case .noDatabase(let name): "There is no PostgreSQL database \"\(name)\"."
    case .tooOld(let version):
      "PostgreSQL \(version / 10_000) is too old; 13 or later is needed."
    case .forgetful: "That PostgreSQL server has fsync off and would forget what it has confirmed."
    case .refused(let sqlstate): "PostgreSQL refuses the connection (\(sqlstate))."
    }
  }

  /// Whether it may pass within seconds.
  var mayPass: Bool {
    switch self {
    case .away, .busy: true
    default: false
    }
  }

  /// From the words of a connection whose errors were asked for by SQLSTATE, `…: FATAL:  28P01`.
  init(words: String, user: String, database: String) {
    let last = words.split(whereSeparator: \.isWhitespace).last ?? ""
    let isState =
      last.utf8.count == 5 && words.contains("  \(last)")
      && last.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
    switch isState ? String(last) : "" {
    case "": self = PostgresComplaint(wordsOfLibpq: words, user: user)
    case "28P01": self = .wrongPassword(user: user)
    case "28000": self = .noAccess(user: user)
    case "3D000": self = .noDatabase(database)
    case "53300", "57P01", "57P02", "57P03": self = .busy(sqlstate: String(last))
    default: self = .refused(sqlstate: String(last))
    }
  }

  private init(wordsOfLibpq words: String, user: String) {
    if words.contains("no password supplied") {
      self = .wrongPassword(user: user)
    } else {
      self = .away(words.split(whereSeparator: \.isNewline).joined(separator: " "))
    }
  }
}
