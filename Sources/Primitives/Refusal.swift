/// Why something expected did not happen, in the words of the trade. Shown to people, so it never holds personal data.
///
/// A refusal is an answer, not a fault: the writes of its act are rolled back and its audit entry is kept.
package struct Refusal: Error, Hashable, Sendable {
  package let code: RefusalCode
  /// One entry for each wrong field, in the order of the form; empty unless the code is `.invalid`.
  package let fields: [FieldProblem]
  /// Seconds after which it may be tried again; nil where nobody can tell, and where waiting does not help.
  package let wait: Int?

  package init(_ code: RefusalCode, fields: [FieldProblem] = [], wait: Int? = nil) {
    self.code = code
    self.fields = fields
    self.wait = wait
  }

  package static func invalid(_ fields: [FieldProblem]) -> Refusal { Refusal(.invalid, fields: fields) }
  package static func invalid(_ path: String, _ reason: FieldReason) -> Refusal {
    .invalid([FieldProblem(path: path, reason: reason)])
  }
}

/// What is wrong with one field of what was handed in.
package struct FieldProblem: Hashable, Sendable {
  /// As an RFC 6901 pointer without the leading slash: `customer/email`, `answers/door`.
  package let path: String
  package let reason: FieldReason

  package init(path: String, reason: FieldReason) {
    self.path = path
    self.reason = reason
  }
}

/// The closed set of refusals. The raw value is the stable `code` of the API and of audit entries.
package enum RefusalCode: String, Sendable, CaseIterable {
  case invalid = "invalid"
  case slotTaken = "slot_taken"
  case notOffered = "not_offered"
  case stale = "stale"
  case tooLate = "too_late"
  case tooEarly = "too_early"
  case alreadyEnded = "already_ended"
  case unknown = "unknown"
  case notAllowed = "not_allowed"
  /// One's own visit, but not now: the role shows it around the time of the visit only.
  case outsideHours = "outside_hours"
  /// Nobody has confirmed their role in time.
  case roleEnded = "role_ended"
  case signInNeeded = "sign_in_needed"
  case signInRefused = "sign_in_refused"
  /// The session is locked and opens again once its person proves who they are.
  case locked = "locked"
  /// The sign-in was not used for long and sleeps until an owner wakes it.
  case asleep = "asleep"
  /// The act asks for a proof that is at most five minutes old.
  case stepUpRequired = "step_up_required"
  /// Nothing else is done before the password is changed.
  case passwordDue = "password_due"
  case tooMany = "too_many"
  /// As many customers were opened as the role allows in a minute or a day.
  case volumeReached = "volume_reached"
  case movedTooOften = "moved_too_often"
  case keyReused = "idempotency_key_reused"
  case comingBookings = "coming_bookings"
  case inviteSpent = "invite_spent"
  case linkSpent = "link_spent"
  /// A business is here already; nobody can set up another one by this door.
  case alreadySetUp = "already_set_up"
  /// Somebody has this role, so that it stays.
  case roleInUse = "role_in_use"
  /// What was asked for is decided, withdrawn, or its time is over.
  case approvalEnded = "approval_ended"
  /// The last way to sign in cannot be taken away.
  case lastFactor = "last_factor"
  case mailNotSet = "mail_not_set"
  case mailFailed = "mail_failed"
  case away = "away"
}

/// The closed set of things that can be wrong with a field. The raw value is stable; sentences live in Web.
package enum FieldReason: String, Sendable, CaseIterable {
  case missing = "missing"
  case tooLong = "too_long"
  case tooShort = "too_short"
  case controlCharacter = "control_character"
  case webAddress = "web_address"
  case notAnAddress = "not_an_email_address"
  case notAPhone = "not_a_phone_number"
  case notATime = "not_a_time"
  case notADay = "not_a_day"
  case notAZone = "not_a_zone"
  case notANumber = "not_a_number"
  case notAChoice = "not_a_choice"
  case unknownField = "unknown_field"
  case wrongType = "wrong_type"
  case malformedJSON = "malformed_json"
  case cardNumber = "card_number"
  case beforeFrom = "before_from"
  case rangeTooLong = "range_too_long"
  case commonPassword = "common_password"
  case breachedPassword = "breached_password"
  case usedPassword = "used_password"
  case roleMailbox = "role_mailbox"
  case addressTaken = "address_taken"
  case wrongCode = "wrong_code"
  case mismatch = "mismatch"
  case nameTaken = "name_taken"
  case faultyRule = "faulty_rule"
  case lastOwner = "last_owner"
  case notOver = "not_over"
  case past = "past"
  case nobody = "nobody"
}
