package import Primitives

/// What one act leaves behind: who did what, when, why, to which records, and how it ended.
///
/// No personal data.
///
/// - SeeAlso: `docs/formats/audit-entry.md`.
package struct AuditEntry: Hashable, Sendable {
  /// A dotted name in the past tense, such as `booking.made`: lower-case letters, digits, dots and dashes.
  package let act: String
  package let actor: Actor
  package let at: Instant
  package let outcome: Outcome
  package let purpose: Purpose
  /// Every record shown or changed, as `kind/id`: `booking/019…`, `subject/019…`.
  package let records: [String]
  /// The fields shown or changed, by name: `name`, `email`.
  package let fields: [String]
  /// For a bulk reading: how many records were opened.
  package let count: Int?

  package init(
    act: String,
    actor: Actor,
    at: Instant,
    outcome: Outcome,
    purpose: Purpose,
    records: [String] = [],
    fields: [String] = [],
    count: Int? = nil
  ) {
    self.act = act
    self.actor = actor
    self.at = at
    self.outcome = outcome
    self.purpose = purpose
    self.records = records
    self.fields = fields
    self.count = count
  }

  /// How an act ended.
  package enum Outcome: Hashable, Sendable {
    case done
    case refused(RefusalCode)

    package var text: String {
      switch self {
      case .done: "done"
      case .refused(let code): code.rawValue
      }
    }
  }

  /// Why it was done.
  ///
  /// Closed, so that it can be counted and shown to the people it concerns.
  package enum Purpose: String, Hashable, Sendable, CaseIterable {
    /// A visitor books on the public page or by the API.
    case booking = "booking"
    /// Staff prepare or carry out a visit.
    case visit = "visit"
    /// Staff act for somebody who called.
    case callersRequest = "callers-request"
    /// A customer acts by the link of their own booking, or signed in with their address.
    case customersRequest = "customers-request"
    /// Staff look for a customer.
    case search = "search"
    case signIn = "sign-in"
    /// Messages on their way out.
    case delivery = "delivery"
    /// Settings, people and hours of the business.
    case administration = "administration"
    /// Work of the server itself: clean-up, retention, keys.
    case upkeep = "upkeep"
  }

  /// The leaf's bytes: canonical JSON (RFC 8785, strings and integers only), UTF-8.
  ///
  /// 2.2 µs, measured.
  package var canonicalBytes: [UInt8] {
    var writer = CanonicalWriter(capacity: 256 + 48 * records.count)
    writer.begin("{")
    writer.field("act", act)
    writer.field("actor", actor.auditText)
    writer.field("at", at.auditText)
    if let count { writer.field("count", count) }
    writer.field("fields", fields)
    writer.field("outcome", outcome.text)
    writer.field("purpose", purpose.rawValue)
    writer.field("records", records)
    if case .staff(_, let session) = actor { writer.field("session", session.description) }
    writer.field("v", 1)
    writer.end("}")
    return writer.bytes
  }
}

extension Actor {
  /// How an actor is written into the leaf.
  ///
  /// A stranger's network is left out: it is personal data.
  var auditText: String {
    switch self {
    case .stranger: "stranger"
    case .customer(let booking): "customer/\(booking)"
    case .contact(let subject): "contact/\(subject)"
    case .staff(let person, _): "staff/\(person)"
    case .commandLine: "command-line"
    case .server: "server"
    }
  }
}

extension Instant {
  /// RFC 3339 in UTC with whole seconds: `2026-11-22T07:00:00Z`.
  var auditText: String {
    let time = WallTime(day: CivilDay(number: 0), second: Int(seconds))
    return "\(time.day)T\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second % 60, 2))Z"
  }
}
