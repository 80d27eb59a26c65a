package import Primitives

extension Changes {
  /// Ends every way in that somebody has, but for the account itself: passwords, app, passkeys, codes,
  /// invites, sessions and devices. They come back by a new invite.
  package func endAccess(of staff: Slug, at now: Instant) throws {
    try write(
      """
      UPDATE staff SET password = NULL, password_set_at = NULL, password_due = NULL, totp_secret = NULL
      WHERE id = \(staff)
      """
    )
    try endInvites(of: staff, at: now)
    try removePasskeys(of: staff)
    try removeRecoveryCodes(of: staff)
    try endSessions(of: staff, at: now)
    try forgetDevices(of: staff, at: now)
    try endLeaves(of: staff, at: now)
  }
}
