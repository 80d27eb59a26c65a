import Audit
import Outgoing
import People
import Primitives
import Storage

/// The mail settings as the owner's page shows them; the password is never among them.
package struct MailOverview: Sendable {
  /// As it was typed, with an empty password; nil when no server is set.
  package let server: MailServerForm?
  package let hasPassword: Bool
  /// Messages that are due and wait, or were tried in vain.
  package let waiting: Int
  package let failed: FailedMessages
  /// What went wrong with the server when this process last tried, in words; nil when that went well.
  package let fault: String?
}

extension Desk {
  /// Opens the mail settings for their page.
  package func openMailOverview(by person: StaffPerson) async throws -> MailOverview {
    let server = try await openMailServer(by: person)
    let now = clock.now()
    let (version, waiting, failed) = try await store.read { records in
      (
        try records.mailSettings()?.rowVersion,
        try server == nil
          ? records.waitingMessages(at: now) + records.waitingNotices(at: now)
          : records.heldUpMessages(overdueSince: now).all
            + records.heldUpNotices(overdueSince: now, now: now).all,
        try FailedMessages(records, since: now - Desk.failuresTold, now: now)
      )
    }
    return MailOverview(
      server: server.map { server in
        MailServerForm(
          host: server.host,
          port: String(server.port),
          security: server.security.rawValue,
          username: server.login?.username ?? "",
          password: "",
          sender: server.sender.text
        )
      },
      hasPassword: server?.login != nil,
      waiting: waiting,
      failed: failed,
      fault: mailHealth.fault(of: version)?.description
    )
  }

  /// Sends the test mail to the signed-in person's own address.
  ///
  /// - Returns: nil when the server took it; otherwise what went wrong, in words without any address.
  /// - Throws: `.mailNotSet`.
  package func tryMailServer(by person: StaffPerson) async throws -> String? {
    switch try await sendTestMail(by: person) {
    case .delivered: nil
    case .temporaryFailure(let fault), .permanentFailure(let fault): fault.description
    }
  }
}
