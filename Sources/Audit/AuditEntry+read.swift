import Primitives

extension AuditEntry {
  /// Reads what ``canonicalBytes`` wrote. Refuses (nil) everything else: bytes that are not canonical, other versions, actors,
  /// purposes and outcomes than this program knows.
  package init?(canonicalBytes bytes: [UInt8]) {
    guard let json = CanonicalJSON(bytes), json["v"]?.integer == 1,
      let act = json["act"]?.string,
      let actor = json["actor"]?.string.flatMap({ Actor(auditText: $0, session: json["session"]?.string) }),
      let at = json["at"]?.string.flatMap({ Instant(rfc3339: $0) }),
      let outcome = json["outcome"]?.string.flatMap(Outcome.init(text:)),
      let purpose = json["purpose"]?.string.flatMap(Purpose.init(rawValue:)),
      let records = json["records"]?.strings,
      let fields = json["fields"]?.strings
    else { return nil }
    self.init(
      act: act,
      actor: actor,
      at: at,
      outcome: outcome,
      purpose: purpose,
      records: records,
      fields: fields,
      count: json["count"]?.integer
    )
  }
}

extension AuditEntry.Outcome {
  fileprivate init?(text: String) {
    if text == "done" {
      self = .done
    } else if let code = RefusalCode(rawValue: text) {
      self = .refused(code)
    } else {
      return nil
    }
  }
}

extension Actor {
  /// - Parameter session: there for staff and for nobody else.
  fileprivate init?(auditText text: String, session: String?) {
    let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
    let session = session.flatMap { Identifier($0) }
    switch (parts.first, parts.count) {
    case ("stranger", 1): self = .stranger(network: "")
    case ("command-line", 1): self = .commandLine
    case ("server", 1): self = .server
    case ("customer", 2):
      guard let booking = Identifier(parts[1]) else { return nil }
      self = .customer(booking: booking)
    case ("contact", 2):
      guard let subject = Identifier(parts[1]) else { return nil }
      self = .contact(subject)
    case ("staff", 2):
      guard let staff = Slug(parts[1]), let session else { return nil }
      self = .staff(staff, session: session)
    default: return nil
    }
  }
}
