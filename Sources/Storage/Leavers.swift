package import Primitives
package import Vault

/// What somebody holds that opens something, by the values that requests look it up by.
package struct HeldAccess: Sendable, Hashable {
  package var emailIndex: [UInt8]?
  /// Keyed hashes of the tokens of sessions that nobody has ended.
  package var sessions: [[UInt8]] = []
  package var devices: [[UInt8]] = []
  package var credentials: [[UInt8]] = []
  package var invites: [Identifier] = []
  package var hasPassword = false
  package var hasCodeApp = false
  package var recoveryCodes = 0

  package init() {}
}

extension Records {
  /// Who has left, and when.
  package func leavers() throws -> [Slug: Instant] {
    Dictionary(
      uniqueKeysWithValues: try all("SELECT id, left_at FROM staff WHERE left_at IS NOT NULL") {
        (try $0.slug(0), $0.instant(1))
      }
    )
  }

  /// Why some sign in with an address that belongs to a role; sealed under each one's own keys.
  package func mailboxReasons() throws -> [Slug: Sealed] {
    Dictionary(
      uniqueKeysWithValues: try all("SELECT id, mailbox_reason FROM staff WHERE mailbox_reason IS NOT NULL") {
        (try $0.slug(0), Sealed(bytes: $0.bytes(1)))
      }
    )
  }

  /// All that opens something for somebody now.
  package func heldAccess(of staff: Slug, now: Instant) throws -> HeldAccess {
    var held = HeldAccess()
    try rows("SELECT email_index, password, totp_secret FROM staff WHERE id = \(staff)") { row in
      held.emailIndex = row.optionalBytes(0)
      held.hasPassword = row.optionalBytes(1) != nil
      held.hasCodeApp = row.optionalBytes(2) != nil
    }
    held.sessions = try all("SELECT token_hash FROM session WHERE staff = \(staff) AND ended_at IS NULL") {
      $0.bytes(0)
    }
    held.devices = try all("SELECT token_hash FROM device WHERE staff = \(staff) AND forgotten_at IS NULL") {
      $0.bytes(0)
    }
    held.credentials = try passkeys(of: staff).map(\.credential)
    held.invites = try all(
      "SELECT id FROM invite WHERE staff = \(staff) AND spent_at IS NULL AND expires_at > \(now)"
    ) { try $0.identifier(0) }
    held.recoveryCodes = try recoveryCodesLeft(of: staff)
    return held
  }
}

extension Changes {
  /// Notes when somebody left; the first time counts.
  package func markLeft(_ staff: Slug, at now: Instant) throws {
    try write("UPDATE staff SET left_at = \(now) WHERE id = \(staff) AND left_at IS NULL")
  }

  /// Lets somebody who left back in under this address, without any credentials.
  ///
  /// - Throws: ``StorageFault/constraint(_:)`` when somebody else signs in with that address.
  package func letBack(_ staff: Slug, emailIndex: [UInt8]) throws {
    try run(
      "UPDATE staff SET active = 1, email_index = \(emailIndex), left_at = NULL WHERE id = \(staff)"
    )
  }

  /// The app that makes codes opens nothing any more.
  package func removeCodeApp(of staff: Slug) throws {
    try write("UPDATE staff SET totp_secret = NULL WHERE id = \(staff)")
  }

  package func setMailboxReason(of staff: Slug, _ reason: Sealed?) throws {
    try write("UPDATE staff SET mailbox_reason = \(reason?.bytes) WHERE id = \(staff)")
  }
}
