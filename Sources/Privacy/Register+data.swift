import Primitives

extension Register {
  private typealias Table = RegisteredTable

  /// The columns of `data.db`.
  package static let data = Register([
    RegisteredTable(
      name: "business",
      purpose: "what the business offers, when and where",
      basis: "none needed: no personal data of customers",
      retention: "as long as the business is kept",
      columns: Table.clear("id", "version", "document")
    ),
    RegisteredTable(
      name: "staff",
      purpose: "who works here and signs in",
      basis: "contract with the member of staff, GDPR Art. 6(1)(b)",
      retention: "until the member of staff leaves",
      columns: Table.clear(
        "id",
        "subject",
        "row_version",
        "active",
        "totp_step",
        "password_set_at",
        "password_due",
        "left_at",
        "taken_up"
      )
        + Table.column("mailbox_reason", .p1, .sealed, "why this sign-in has an address that is no person's")
        + Table.column("email", .p1, .sealed, "sign-in and notices")
        + Table.column("email_index", .p1, .blindIndex, "finding the account at sign-in")
        + Table.column("password", .p2, .sealed, "proof of who signs in; an Argon2id hash, sealed again")
        + Table.column("totp_secret", .p2, .sealed, "second proof of who signs in")
    ),
    RegisteredTable(
      name: "old_password",
      purpose: "refusing a password that was used before; an Argon2id hash, sealed again",
      basis: "legitimate interest in security, GDPR Art. 6(1)(f)",
      retention: "the last ten, at most 24 months",
      columns: Table.clear("staff", "set_at", "id") + Table.column("password", .p2, .sealed)
    ),
    RegisteredTable(
      name: "invite",
      purpose: "letting a member of staff set up their sign-in once",
      basis: "contract with the member of staff, GDPR Art. 6(1)(b)",
      retention: "24 hours from when it opens, then kept without use until the next tidying",
      columns: Table.clear(
        "id",
        "staff",
        "made_at",
        "expires_at",
        "spent_at",
        "asked_by",
        "opens_at",
        "opened_by"
      )
        + Table.column("email_index", .p1, .blindIndex, "the address the invite is for")
        + Table.column("totp_secret", .p2, .sealed)
    ),
    RegisteredTable(
      name: "passkey",
      purpose: "signing in with a device's own key",
      basis: "contract with the member of staff, GDPR Art. 6(1)(b)",
      retention: "until removed or the member of staff leaves",
      columns: Table.clear("id", "staff", "sign_count", "synced", "made_at", "used_at")
        + Table.column("credential", .p0, .hash, "which key it is; random, chosen by the device")
        + Table.column("public_key", .p1, .sealed)
        + Table.column("label", .p1, .sealed, "telling one's own keys apart")
    ),
    RegisteredTable(
      name: "recovery_code",
      purpose: "signing in once without the phone",
      basis: "contract with the member of staff, GDPR Art. 6(1)(b)",
      retention: "until newer ones are made or the member of staff leaves",
      columns: Table.clear("staff", "made_at", "spent_at") + Table.column("code_hash", .p0, .hash)
    ),
    RegisteredTable(
      name: "device",
      purpose: "knowing a browser again, so that an unknown one is noticed",
      basis: "legitimate interest in security, GDPR Art. 6(1)(f)",
      retention: "until forgotten; 400 days after it was last seen",
      columns: Table.clear("id", "staff", "kind", "made_at", "seen_at", "forgotten_at")
        + Table.column("token_hash", .p0, .hash)
        + Table.column("network", .p1, .blindIndex)
    ),
    RegisteredTable(
      name: "session",
      purpose: "staying signed in on one device",
      basis: "contract with the member of staff, GDPR Art. 6(1)(b)",
      retention:
        "at most 12 hours in use; kept 90 days as a record of who was signed in, and the newest for good",
      columns: Table.clear(
        "id",
        "staff",
        "device",
        "method",
        "started_at",
        "seen_at",
        "proved_at",
        "locked_at",
        "unusual",
        "ended_at"
      )
        + Table.column("token_hash", .p0, .hash)
        + Table.column("network", .p1, .blindIndex, "noticing a sign-in from elsewhere")
    ),
    RegisteredTable(
      name: "spent_challenge",
      purpose: "taking each answer of a passkey once",
      basis: "legitimate interest in security, GDPR Art. 6(1)(f)",
      retention: "five minutes; for a link that works once, until its time is over",
      columns: Table.clear("expires_at") + Table.column("challenge_hash", .p0, .hash)
    ),
    RegisteredTable(
      name: "finding",
      purpose: "telling the owner about a sign-in that several people may share",
      basis: "legitimate interest in security, GDPR Art. 6(1)(f)",
      retention: "24 months after it was settled",
      columns: Table.clear("id", "kind", "staff", "signs", "found_at", "settled_at", "settled_as")
    ),
    RegisteredTable(
      name: "reading_volume",
      purpose: "stopping whoever opens more customers than their work needs",
      basis: "legitimate interest in security, GDPR Art. 6(1)(f)",
      retention: "90 days",
      columns: Table.clear("staff", "day", "in_day", "minute", "in_minute", "told_at")
    ),
    RegisteredTable(
      name: "decoy",
      purpose: "noticing whoever looks for customers without a reason",
      basis: "legitimate interest in security, GDPR Art. 6(1)(f)",
      retention: "until an owner takes it away; it is about nobody",
      columns: Table.clear("subject", "planted_by", "planted_at")
    ),
    RegisteredTable(
      name: "standing",
      purpose: "ending access that nobody confirms or uses any more",
      basis: "legitimate interest in security, GDPR Art. 6(1)(f)",
      retention: "as long as the member of staff works here",
      columns: Table.clear("staff", "review_due_at", "reviewed_at", "reviewed_by", "seen_at")
    ),
    RegisteredTable(
      name: "leave",
      purpose:
        "what a member of staff may see beyond their role for a time, who said so and who looked afterwards",
      basis: "legitimate interest in security, GDPR Art. 6(1)(f)",
      retention: "24 months",
      columns: Table.clear(
        "id",
        "staff",
        "kind",
        "verbs",
        "level",
        "minutes",
        "state",
        "asked_at",
        "decided_by",
        "decided_at",
        "until",
        "ended_by",
        "ended_at",
        "reviewed_by",
        "reviewed_at",
        "review"
      )
        + Table.column("reason", .p2, .sealed, "what the leave is needed for, in the words of who asks")
        + Table.column("note", .p2, .sealed, "what was found when an emergency was looked at")
    ),
    RegisteredTable(
      name: "approval",
      purpose: "what one person asks for and another must agree to",
      basis: "legitimate interest in security, GDPR Art. 6(1)(f)",
      retention: "as long as the business is kept; ids of staff, roles and places, nothing of customers",
      columns: Table.clear(
        "id",
        "kind",
        "asked_by",
        "asked_at",
        "effect",
        "opens_at",
        "expires_at",
        "state",
        "decided_by",
        "decided_at"
      )
    ),
    RegisteredTable(
      name: "sign_in_failure",
      purpose: "slowing down whoever guesses passwords",
      basis: "legitimate interest in security, GDPR Art. 6(1)(f)",
      retention: "24 hours after the last failure; how many failed in a row, until the account succeeds",
      columns: Table.clear("failures", "last_at")
        + Table.column("account", .p1, .blindIndex)
        + Table.column("network", .p1, .blindIndex)
    ),
    RegisteredTable(
      name: "contact",
      purpose: "knowing who comes, and reaching them about their booking",
      basis: "contract with the customer, GDPR Art. 6(1)(b)",
      retention: "each answer as its question says; the rest until the customer's data is erased",
      columns: Table.clear(
        "number",
        "subject",
        "row_version",
        "made_at",
        "confirmed_at",
        "answers_until",
        "erased_at"
      )
        + Table.column("name", .p1, .sealed)
        + Table.column("email", .p1, .sealed)
        + Table.column("phone", .p1, .sealed)
        + Table.column("address", .p2, .sealed, "visiting the customer")
        + Table.column(
          "answers",
          .p2,
          .sealed,
          "what the service's questions ask for, each with its own reason"
        )
        + Table.column("email_index", .p1, .blindIndex, "finding a confirmed customer by e-mail")
        + Table.column("phone_index", .p1, .blindIndex, "finding a confirmed customer by phone")
    ),
    RegisteredTable(
      name: "erased_subject",
      purpose: "whose keys are to be destroyed next",
      basis: "erasure, GDPR Art. 17",
      retention: "until the keys are destroyed, a second or so later",
      columns: Table.clear("subject")
    ),
    RegisteredTable(
      name: "occupancy",
      purpose: "preventing two bookings of one person at one time",
      basis: "none needed: no personal data of customers",
      retention: "as long as its booking",
      columns: Table.clear("unit", "start", "end", "id", "service", "served_start", "served_end", "capacity")
    ),
    RegisteredTable(
      name: "booking_before",
      purpose: "telling from what to what a booking was changed",
      basis: "legitimate interest in security, GDPR Art. 6(1)(f)",
      retention: "until its customer is erased",
      columns: Table.clear("booking", "version", "staff", "location", "start", "state")
    ),
    RegisteredTable(
      name: "booking",
      purpose: "what was booked, when, and what became of it",
      basis: "contract with the customer, GDPR Art. 6(1)(b)",
      retention: "until the business deletes it; without its contact it names nobody",
      columns: Table.clear(
        "id",
        "subject",
        "service",
        "staff",
        "location",
        "start",
        "end",
        "sitting",
        "seat",
        "state",
        "version",
        "link_version",
        "staff_named",
        "made_by",
        "visitor_zone",
        "made_at"
      )
        + Table.column("idempotency", .p0, .hash, "answering a repeated request once")
        + Table.column("request_hash", .p1, .blindIndex, "telling a repeated request from another one; keyed")
    ),
    RegisteredTable(
      name: "time_off",
      purpose: "when somebody takes no bookings; never why",
      basis: "contract with the member of staff, GDPR Art. 6(1)(b)",
      retention: "until the business deletes it",
      columns: Table.clear("id", "staff", "start", "end")
    ),
    RegisteredTable(
      name: "outbox",
      purpose: "which message is due; its text is made when it is sent and kept nowhere",
      basis: "contract with the customer, GDPR Art. 6(1)(b)",
      retention: "as long as its booking",
      columns: Table.clear("id", "kind", "booking", "sequence", "due_at", "attempts", "state")
    ),
    RegisteredTable(
      name: "customer_link",
      purpose: "letting customers open their own bookings, by a link to their address",
      basis: "contract with the customer, GDPR Art. 6(1)(b)",
      retention: "30 minutes, then kept without use until the next tidying",
      columns: Table.clear("id", "subject", "made_at", "expires_at", "spent_at")
    ),
    RegisteredTable(
      name: "customer_passkey",
      purpose: "letting customers open their own bookings with their device's own key, if they wish",
      basis: "consent of the customer, GDPR Art. 6(1)(a)",
      retention: "until the customer removes it or is erased",
      columns: Table.clear("id", "subject", "sign_count", "made_at", "used_at")
        + Table.column("credential", .p0, .hash, "which key it is; random, chosen by the device")
        + Table.column("public_key", .p1, .sealed)
    ),
    RegisteredTable(
      name: "customer_session",
      purpose: "showing customers their own bookings without asking on every page",
      basis: "contract with the customer, GDPR Art. 6(1)(b)",
      retention: "at most one hour in use, then kept without use until the next tidying",
      columns: Table.clear("id", "subject", "method", "started_at", "seen_at", "ended_at")
        + Table.column("token_hash", .p0, .hash)
    ),
    RegisteredTable(
      name: "notice",
      purpose: "which message about signing in is due; its text is made when it is sent and kept nowhere",
      basis: "legitimate interest in security, GDPR Art. 6(1)(f)",
      retention: "90 days",
      columns: Table.clear(
        "id",
        "kind",
        "staff",
        "subject",
        "about",
        "detail",
        "due_at",
        "expires_at",
        "attempts",
        "state"
      )
    ),
    RegisteredTable(
      name: "mail_server",
      purpose: "sending messages",
      basis: "none needed: no personal data of customers",
      retention: "until changed",
      columns: Table.clear("id", "row_version") + Table.column("settings", .p2, .sealed)
    ),
    RegisteredTable(
      name: "audit_entry",
      purpose: "who did and saw what; ids only",
      basis: "legal obligation to account, GDPR Art. 5(2)",
      retention: "as long as the business is kept",
      columns: Table.clear("seq", "entry")
    ),
    RegisteredTable(
      name: "audit_mention",
      purpose: "finding the entries about one booking, person, act or day; ids only, made from the entries",
      basis: "legal obligation to account, GDPR Art. 5(2)",
      retention: "as long as the entries; made anew at any time",
      columns: Table.clear("record", "seq", "actor", "is_look")
    ),
    RegisteredTable(
      name: "audit_indexed",
      purpose: "how far the index of entries has come",
      basis: "none needed: no personal data",
      retention: "as long as the index",
      columns: Table.clear("id", "upto")
    ),
    RegisteredTable(
      name: "audit_waiting",
      purpose: "entries on their way into the audit tree",
      basis: "legal obligation to account, GDPR Art. 5(2)",
      retention: "until they stand in the tree, about a second",
      engine: "postgres",
      columns: Table.clear("number", "entry")
    ),
    RegisteredTable(
      name: "audit_head",
      purpose: "the signed head of the audit tree",
      basis: "legal obligation to account, GDPR Art. 5(2)",
      retention: "as long as the business is kept",
      columns: Table.clear("id", "size", "root", "frontier", "checkpoint")
    ),
    migrations,
  ])

  /// The columns of `keys.db`.
  package static let keys = Register([
    RegisteredTable(
      name: "business_key",
      purpose: "opening what the business holds",
      basis: "security of processing, GDPR Art. 32",
      retention: "as long as the business is kept",
      columns: Table.clear("version", "made_at")
        + Table.column("wrapped", .p2, .wrapped)
        + Table.column("commitment", .p0, .hash)
    ),
    RegisteredTable(
      name: "subject_key",
      purpose: "opening what one customer handed in; destroying it erases them",
      basis: "security of processing, GDPR Art. 32",
      retention: "until the customer is erased; backups at most 7 days",
      columns: Table.clear("subject", "taken_at")
        + Table.column("p1", .p2, .wrapped)
        + Table.column("p2", .p2, .wrapped)
    ),
    migrations,
  ])

  /// SQLite counts them in the file's header.
  private static let migrations = RegisteredTable(
    name: "migration",
    purpose: "how far the schema has come",
    basis: "none needed: no personal data",
    retention: "as long as the business is kept",
    engine: "postgres",
    columns: Table.clear("number", "name")
  )
}
