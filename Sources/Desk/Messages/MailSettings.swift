import Audit
import Booking
import Foundation
import Messages
package import Outgoing
import People
package import Primitives
import Storage
import Vault

/// How this business sends mail, as typed. An empty password keeps the one before, for the same server and user only.
package struct MailServerForm: Sendable {
  package var host: String
  package var port: String
  package var security: String
  package var username: String
  package var password: String
  package var sender: String

  package init(
    host: String,
    port: String,
    security: String,
    username: String,
    password: String,
    sender: String
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.username = username
    self.password = password
    self.sender = sender
  }
}

extension Desk {
  /// The mail server as set; the page never shows its password. Nil when none is set.
  package func openMailServer(by person: StaffPerson) async throws -> MailServer? {
    try await require(.viewMail, by: person, .mailServerOpened, for: .administration)
    let server = try await mailServer()
    try await recordReading(.mailServerOpened, by: person.actor, for: .administration, ActDetail())
    return server
  }

  /// Sets the mail server, on the page.
  package func setMailServer(_ form: MailServerForm, by person: StaffPerson) async throws {
    try await require(.setMail, by: person, .mailServerSet, for: .administration)
    try await setMailServer(form, by: person.actor)
  }

  /// Sets the mail server.
  ///
  /// Whatever was tried in vain before is due at once.
  ///
  /// - Throws: `.invalid` with each wrong field; plain SMTP beyond this machine is refused, and so is an empty password
  ///   when host, port, protection or user name are others than before: the kept one goes to no other server.
  package func setMailServer(_ form: MailServerForm, by actor: Actor) async throws {
    let server: MailServer
    do {
      server = try checked(form, keeping: try await mailServer(), name: try await timetable().business.name)
    } catch let refusal as Refusal {
      try await refuse(.mailServerSet, by: actor, for: .administration, refusal)
    }
    let text = String(decoding: try JSONEncoder().encode(server), as: UTF8.self)
    let now = clock.now()
    try await act(.mailServerSet, by: actor, for: .administration) { [self] changes, detail in
      let version = (try changes.mailSettings()?.rowVersion ?? 0) + 1
      let sealed = try ring.businessCells(.integrations).seal(text, at: mailCell(version))
      try changes.setMailSettings(sealed, rowVersion: version)
      try changes.hurryMessages(now: now)
      try changes.hurryNotices(now: now)
      detail.fields = ["settings"]
    }
    mailHealth.settingsChanged()
  }

  /// Sends one mail to `recipient` now.
  ///
  /// - Returns: what became of it, for the owner to read.
  /// - Throws: `.mailNotSet`.
  package func sendTestMail(to recipient: EmailAddress, by actor: Actor) async throws -> Delivery {
    guard let (server, version) = try await versionedMailServer() else {
      try await refuse(.mailServerTested, by: actor, for: .administration, Refusal(.mailNotSet))
    }
    guard let host = MailHost(url: address) else {
      try await refuse(.mailServerTested, by: actor, for: .administration, Refusal(.mailFailed))
    }
    let now = clock.now()
    let mail = Mail.test(
      from: Mailbox(name: server.senderName, address: server.sender),
      to: recipient,
      business: try await timetable().business.name,
      sent: now,
      id: Identifier(at: now),
      host: host
    )
    let delivery = await courier.send(try mail.bytes(), to: recipient, through: server)
    mailHealth.note(delivery, version)
    guard delivery == .delivered else {
      do {
        try await refuse(.mailServerTested, by: actor, for: .administration, Refusal(.mailFailed))
      } catch is Refusal {
        return delivery
      }
    }
    try await recordReading(.mailServerTested, by: actor, for: .administration, ActDetail())
    return delivery
  }

  /// Sends the test mail to the signed-in person's own address.
  package func sendTestMail(by person: StaffPerson) async throws -> Delivery {
    try await require(.setMail, by: person, .mailServerTested, for: .administration)
    guard let account = try await store.read({ try $0.staffAccount(person.id) }),
      let keys = try await keys.open(account.subject)
    else { try await refuse(.mailServerTested, by: person.actor, for: .administration, Refusal(.unknown)) }
    let own = try EmailAddress(try keys.open(account.email, at: account.emailCell()))
    return try await sendTestMail(to: own, by: person.actor)
  }

  /// The opened settings; nil when none are set.
  func mailServer() async throws -> MailServer? {
    try await versionedMailServer()?.server
  }

  /// The same with the number of its version, which every saving raises.
  func versionedMailServer() async throws -> (server: MailServer, version: Int)? {
    guard let (version, settings) = try await store.read({ try $0.mailSettings() }) else { return nil }
    let text = try ring.businessCells(.integrations).open(settings, at: mailCell(version))
    return (try JSONDecoder().decode(MailServer.self, from: Data(text.utf8)), version)
  }

  private func checked(_ form: MailServerForm, keeping earlier: MailServer?, name: String) throws
    -> MailServer
  {
    var check = FieldCheck()
    let port = Int(form.port)
    if port == nil { check.add("port", .notANumber) }
    let security = MailSecurity(rawValue: form.security)
    if security == nil { check.add("security", .notAChoice) }
    let sender = try? EmailAddress(form.sender)
    if sender == nil { check.add("sender", .notAnAddress) }
    let password = form.password.isEmpty ? earlier?.password(keptFor: form) : form.password
    let faults = MailServer.faults(
      host: form.host,
      port: port ?? 465,
      security: security ?? .implicitTLS,
      username: form.username,
      password: password ?? "",
      senderName: name
    )
    for fault in faults {
      check.add(fault.rawValue, fault == .password && password == nil ? .missing : .notAChoice)
    }
    try check.finish()
    guard let port, let security, let sender else { throw Refusal(.invalid) }
    return try MailServer(
      host: form.host,
      port: port,
      security: security,
      username: form.username.isEmpty ? nil : form.username,
      password: password,
      sender: sender,
      senderName: name
    )
  }

  private func mailCell(_ version: Int) -> Cell {
    Cell(
      table: "mail_server",
      column: "settings",
      // There is one row.
      row: Identifier(high: 0, low: 1),
      rowVersion: version,
      class: .integrations
    )
  }
}

extension MailServer {
  /// The password, for a form that names this very server and user; nil for any other.
  fileprivate func password(keptFor form: MailServerForm) -> String? {
    guard let login, form.username == login.username, form.host.lowercased() == host, Int(form.port) == port,
      form.security == security.rawValue
    else { return nil }
    return login.password
  }
}
