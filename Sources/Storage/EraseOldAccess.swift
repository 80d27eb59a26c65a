import People
package import Primitives

extension Changes {
  /// Erases what signing in no longer needs: sessions after the time that habits reach back, but each
  /// person's newest; devices that are forgotten or were not seen since `unseen`; findings two years after
  /// they were settled; leave two years after it was asked for.
  package func eraseOldAccess(devicesUnseenSince unseen: Instant, at now: Instant) throws {
    try write(
      """
      DELETE FROM session WHERE started_at < \(now - UnusualSignIn.memory) AND EXISTS
      (SELECT 1 FROM session AS newer WHERE newer.staff = session.staff AND newer.started_at > session.started_at)
      """
    )
    try write(
      """
      DELETE FROM device WHERE (seen_at < \(unseen) OR forgotten_at < \(now - SharedLogin.churnMemory))
      AND NOT EXISTS (SELECT 1 FROM session WHERE session.device = device.id)
      """
    )
    try write("DELETE FROM finding WHERE settled_at < \(now - .days(730))")
    try dropLeaves(askedBefore: now - .days(730))
  }
}
