package import Primitives

/// The business's own mail server, and how to speak to it.
///
/// Sealed at rest; never prints its password or user name.
package struct MailServer: Hashable, Sendable {
  /// A host name, an IPv4 address, or an IPv6 address without brackets.
  package let host: String
  package let port: Int
  package let security: MailSecurity
  package let login: MailLogin?
  /// Envelope sender, and the address mails come from.
  package let sender: EmailAddress
  /// The name mails come from.
  package let senderName: String

  /// - Throws: the first thing that is wrong; ``MailServerFault/plainBeyondLoopback`` when passwords or customers'
  ///   mail would cross a network in clear.
  package init(
    host: String,
    port: Int,
    security: MailSecurity,
    username: String?,
    password: String?,
    sender: EmailAddress,
    senderName: String
  ) throws(MailServerFault) {
    let (username, password) = (username ?? "", password ?? "")
    let faults = Self.faults(
      host: host,
      port: port,
      security: security,
      username: username,
      password: password,
      senderName: senderName
    )
    if let fault = faults.first { throw fault }
    login = username.isEmpty ? nil : MailLogin(username: username, password: password)
    self.host = host.lowercased()
    self.port = port
    self.security = security
    self.sender = sender
    self.senderName = senderName
  }

  /// Everything that is wrong with typed settings, for a form that says it all at once.
  package static func faults(
    host: String,
    port: Int,
    security: MailSecurity,
    username: String,
    password: String,
    senderName: String
  ) -> [MailServerFault] {
    func isSaid(_ text: String, atMost most: Int) -> Bool {
      !text.isEmpty && text.utf8.count <= most && !hasControls(text)
    }
    var faults: [MailServerFault] = []
    if !isHost(host) { faults.append(.host) }
    if !(1...65_535).contains(port) { faults.append(.port) }
    if security == .plainOnLoopbackOnly, isHost(host), !isLoopback(host) {
      faults.append(.plainBeyondLoopback)
    }
    if !(username.isEmpty && password.isEmpty) {
      if !isSaid(username, atMost: 320) { faults.append(.username) }
      if !isSaid(password, atMost: 1_024) { faults.append(.password) }
    }
    if senderName.utf8.count > 200 || hasControls(senderName) { faults.append(.senderName) }
    return faults
  }

  /// Whether the name is `localhost`, `::1` or 127.0.0.0/8 in four plain decimal parts.
  ///
  /// libcurl (since 7.78) asks no resolver for `localhost`.
  private static func isLoopback(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    let isFirstNet = parts.count == 4 && parts[0] == "127" && parts.allSatisfy(isDecimalOctet)
    return isFirstNet || host.lowercased() == "localhost" || host == "::1"
  }

  private static func isDecimalOctet(_ part: Substring) -> Bool {
    guard let number = UInt8(part) else { return false }
    return String(number) == part
  }

  private static func isHost(_ host: String) -> Bool {
    guard (1...253).contains(host.utf8.count) else { return false }
    if host.utf8.contains(UInt8(ascii: ":")) {
      return host.utf8.count <= 45 && host.utf8.allSatisfy("0123456789abcdefABCDEF:.".utf8.contains)
    }
    return host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
        && label.utf8.allSatisfy { byte in
          switch byte {
          case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
          default: false
          }
        }
    }
  }

  private static func hasControls(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.properties.generalCategory == .control }
  }
}

/// Name and password for the mail server; prints neither.
package struct MailLogin: Hashable, Sendable {
  package let username: String
  package let password: String
}

/// How the way to the mail server is protected.
///
/// The raw value is the one of forms and of stored settings.
package enum MailSecurity: String, Hashable, Sendable, Codable, CaseIterable {
  /// TLS from the first byte, usually port 465 (RFC 8314).
  case implicitTLS = "tls"
  /// TLS after STARTTLS, usually port 587; a server that does not offer it gets nothing.
  case startTLS = "starttls"
  /// None, to a server on this machine.
  case plainOnLoopbackOnly = "none-on-loopback"
}

/// Which of the settings is not taken.
///
/// The raw value is the form field's name.
package enum MailServerFault: String, Error, Hashable, Sendable, CaseIterable {
  case host
  case port
  case plainBeyondLoopback = "security"
  case username
  case password
  case senderName = "sender_name"
}

extension MailServer: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "mail server \(host):\(port), \(security.rawValue)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension MailLogin: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "a mail login" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
