/// The kinds of sealed cells.
///
/// Each has a key of its own, so that opening one kind opens no other.
///
/// The raw value is written into every seal and never changes.
package enum SealingClass: String, Hashable, Sendable, CaseIterable {
  /// Contact: name, e-mail, phone. Sealed under the subject's key.
  case p1 = "P1"
  /// Address, notes, answers. Sealed under the subject's key.
  case p2 = "P2"
  /// Password hashes, TOTP secrets, staff addresses. Belongs to the business.
  case credentials = "credentials"
  /// Mail and other passwords for outside services, and messages waiting to leave. Belongs to the business.
  case integrations = "integrations"
  /// Detail of audit entries that has no subject. Belongs to the business.
  case auditDetail = "audit-detail"

  /// True when its cells are sealed under a subject's own key, which can be destroyed alone.
  package var belongsToSubject: Bool { self == .p1 || self == .p2 }
}
