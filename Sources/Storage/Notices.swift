package import Primitives

/// A message about signing in that is due: which, not what. Its text is made when it is sent and kept nowhere.
package struct NoticeRow: Sendable, Hashable {
  /// Stable over repeated attempts, so that a mail sent twice has one Message-ID.
  package let id: Identifier
  package let kind: NoticeKind
  package let recipient: NoticeRecipient
  /// The row it is about: a session, an invite, a finding, a customer link.
  package let about: Identifier
  /// What happened, a word of a closed set; empty where the kind says it all.
  package let detail: String
  package let dueAt: Instant
  /// Nothing is sent after it.
  package let expiresAt: Instant
  package let attempts: Int

  package init(
    id: Identifier,
    kind: NoticeKind,
    recipient: NoticeRecipient,
    about: Identifier,
    detail: String = "",
    dueAt: Instant,
    expiresAt: Instant,
    attempts: Int = 0
  ) {
    self.id = id
    self.kind = kind
    self.recipient = recipient
    self.about = about
    self.detail = detail
    self.dueAt = dueAt
    self.expiresAt = expiresAt
    self.attempts = attempts
  }
}

/// The raw value is stored.
package enum NoticeKind: String, Sendable, CaseIterable {
  /// To somebody invited: the link. About the invite.
  case invite = "invite"
  /// To the person: an unusual sign-in to their account, with "this was not me". About the session.
  case newSignIn = "new-sign-in"
  /// To the owners: the same about somebody else's account.
  case othersSignIn = "others-sign-in"
  /// To the person: password, passkey, codes or app changed, or everything ended; `detail` says which. About the session or
  /// other row the change came by.
  case accessChanged = "access-changed"
  /// To the owners: the same about somebody else's account.
  case othersAccessChanged = "others-access-changed"
  /// To the owners: a login that several people may share. About the finding.
  case sharedLogin = "shared-login"
  /// To a customer: the link to their own bookings. About the customer link.
  case customerLink = "customer-link"
  /// To those who may say yes: somebody asks for leave. About the leave.
  case leaveAsked = "leave-asked"
  /// To who asked: given, declined or ended, which `detail` says. About the leave.
  case leaveAnswered = "leave-answered"
  /// To the owners: somebody opened more than their role shows, in an emergency. About the leave.
  case emergency = "emergency"
}

package enum NoticeRecipient: Sendable, Hashable {
  case staff(Slug)
  case contact(Identifier)
}

extension Records {
  /// Whether somebody was told of this lately, or is about to be.
  package func hasNotice(of detail: String, about: Identifier, since: Instant) throws -> Bool {
    try first(
      "SELECT 1 FROM notice WHERE about = \(about) AND detail = \(detail) AND due_at >= \(since) LIMIT 1"
    ) {
      $0.int(0)
    } != nil
  }
}

extension Changes {
  package func post(_ notice: NoticeRow) throws {
    let (staff, subject): (Value, Value) =
      switch notice.recipient {
      case .staff(let slug): (.text(slug.text), .null)
      case .contact(let subject): (.null, .blob(subject.bytes))
      }
    try write(
      """
      INSERT INTO notice (id, kind, staff, subject, about, detail, due_at, expires_at)
      VALUES (\(notice.id), \(notice.kind.rawValue), \(staff), \(subject), \(notice.about), \(notice.detail),
        \(notice.dueAt), \(notice.expiresAt))
      """
    )
  }
}
