import Primitives

/// How settings are written before they are sealed. Holds the password: encode into a sealed field only.
extension MailServer: Codable {
  private enum Key: String, CodingKey {
    case host
    case port
    case security
    case username
    case password
    case sender
    case senderName
  }

  /// - Throws: what the initialiser throws, for settings that would not be taken today.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    try self.init(
      host: try container.decode(String.self, forKey: .host),
      port: try container.decode(Int.self, forKey: .port),
      security: try container.decode(MailSecurity.self, forKey: .security),
      username: try container.decodeIfPresent(String.self, forKey: .username),
      password: try container.decodeIfPresent(String.self, forKey: .password),
      sender: try container.decode(EmailAddress.self, forKey: .sender),
      senderName: try container.decode(String.self, forKey: .senderName)
    )
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(host, forKey: .host)
    try container.encode(port, forKey: .port)
    try container.encode(security, forKey: .security)
    try container.encodeIfPresent(login?.username, forKey: .username)
    try container.encodeIfPresent(login?.password, forKey: .password)
    try container.encode(sender, forKey: .sender)
    try container.encode(senderName, forKey: .senderName)
  }
}
