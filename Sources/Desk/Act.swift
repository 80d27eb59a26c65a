import Audit
import Primitives
import Storage

/// What an act's one audit entry will say besides actor, time and outcome: ids and names of fields, never values.
struct ActDetail {
  /// What the act turned out to be, where that is known inside the transaction only.
  var act: ActName?
  var records: [String] = []
  var fields: [String] = []
  var count: Int?

  mutating func touch(booking: Identifier) { records.append("booking/\(booking)") }
  mutating func touch(subject: Identifier) { records.append("subject/\(subject)") }
  mutating func touch(recovery: Identifier) { records.append("recovery/\(recovery)") }
  mutating func touch(staff: Slug) { records.append("staff/\(staff)") }
}

extension Desk {
  /// Runs an act: one transaction, one audit entry, whatever its outcome.
  ///
  /// `body` decides and writes. When it throws a `Refusal` its writes are undone and the entry says so; the refusal
  /// reaches the caller after COMMIT like any other answer. Any other error undoes everything, entry included.
  func act<Answer: Sendable>(
    _ name: ActName,
    by actor: Actor,
    for purpose: AuditEntry.Purpose,
    _ body: @escaping @Sendable (any Changes, inout ActDetail) throws -> Answer
  ) async throws -> Answer {
    let now = clock.now()
    let outcome: Result<Answer, Refusal> = try await store.change { changes in
      var detail = ActDetail()
      let outcome: Result<Answer, Refusal>
      do {
        outcome = .success(try changes.attempt { try body(changes, &detail) })
      } catch let refusal as Refusal {
        outcome = .failure(refusal)
      } catch StorageFault.constraint("occupied"), StorageFault.constraint("full"),
        StorageFault.constraint("booking.sitting, booking.seat"), StorageFault.constraint(
          "occupancy.unit, occupancy.start"
        )
      {
        // The database itself prevents double booking (house rule 6); somebody was quicker.
        outcome = .failure(Refusal(.slotTaken))
      } catch StorageFault.constraint("booking.idempotency") {
        // The same key with another wish, at the same moment through another server.
        outcome = .failure(Refusal(.keyReused))
      }
      try changes.record(name, by: actor, at: now, for: purpose, outcome, detail)
      return outcome
    }
    return try outcome.get()
  }

  /// Records that somebody was shown personal data; the answer may leave once this returns.
  func recordReading(_ name: ActName, by actor: Actor, for purpose: AuditEntry.Purpose, _ detail: ActDetail)
    async throws
  {
    let now = clock.now()
    try await store.change { changes in
      try changes.record(name, by: actor, at: now, for: purpose, Result<Void, Refusal>.success(()), detail)
    }
  }

  /// Reads the sealed rows that somebody is going to be shown and records the look in the same transaction; they may be
  /// opened once this returns.
  ///
  /// A refusal that `read` throws undoes what it wrote, and is recorded.
  ///
  /// - Parameter read: nil when it turns out that nothing is shown yet; then nothing is recorded.
  func readAndRecord<Answer: Sendable>(
    _ name: ActName,
    by actor: Actor,
    for purpose: AuditEntry.Purpose,
    _ read: @escaping @Sendable (any Changes, inout ActDetail) throws -> Answer?
  ) async throws -> Answer? {
    let now = clock.now()
    let outcome: Result<Answer?, Refusal> = try await store.change { changes in
      var detail = ActDetail()
      let outcome: Result<Answer?, Refusal>
      do {
        outcome = .success(try changes.attempt { try read(changes, &detail) })
      } catch let refusal as Refusal {
        outcome = .failure(refusal)
      }
      if case .success(nil) = outcome { return outcome }
      try changes.record(name, by: actor, at: now, for: purpose, outcome, detail)
      return outcome
    }
    return try outcome.get()
  }

  /// Records an act that was refused before it began, and throws the refusal.
  func refuse(_ name: ActName, by actor: Actor, for purpose: AuditEntry.Purpose, _ refusal: Refusal)
    async throws -> Never
  {
    let now = clock.now()
    try await store.change { changes in
      try changes.record(
        name,
        by: actor,
        at: now,
        for: purpose,
        Result<Void, Refusal>.failure(refusal),
        ActDetail()
      )
    }
    throw refusal
  }
}

extension Changes {
  fileprivate func record<Answer>(
    _ name: ActName,
    by actor: Actor,
    at now: Instant,
    for purpose: AuditEntry.Purpose,
    _ outcome: Result<Answer, Refusal>,
    _ detail: ActDetail
  ) throws {
    let said: AuditEntry.Outcome
    switch outcome {
    case .success: said = .done
    case .failure(let refusal): said = .refused(refusal.code)
    }
    let entry = AuditEntry(
      act: (detail.act ?? name).rawValue,
      actor: actor,
      at: now,
      outcome: said,
      purpose: purpose,
      records: detail.records,
      fields: detail.fields,
      count: detail.count
    )
    try record(entry.canonicalBytes)
  }
}

/// Every act there is, in the past tense, as audit entries name it.
package enum ActName: String, Sendable, CaseIterable {
  case bookingMade = "booking.made"
  case bookingRescheduled = "booking.rescheduled"
  case bookingCancelled = "booking.cancelled"
  case bookingMarked = "booking.marked"
  case bookingOpened = "booking.opened"
  case contactConfirmed = "contact.confirmed"
  case contactRevealed = "contact.revealed"
  case dayOpened = "day.opened"
  case customersSearched = "customers.searched"
  case timeOffAdded = "time_off.added"
  case timeOffLifted = "time_off.lifted"
  case sessionStarted = "session.started"
  case sessionEnded = "session.ended"
  case sessionProved = "session.proved"
  case sessionLocked = "session.locked"
  case sessionUnlocked = "session.unlocked"
  case sessionsEnded = "sessions.ended"
  case deviceForgotten = "device.forgotten"
  case signInDisowned = "sign_in.disowned"
  case accessOpened = "access.opened"
  case passkeyAdded = "passkey.added"
  case passkeyRemoved = "passkey.removed"
  case recoveryCodesMade = "recovery_codes.made"
  case codeAppSet = "code_app.set"
  case passwordChanged = "password.changed"
  case passwordAsked = "password.asked"
  case findingRaised = "finding.raised"
  case findingSettled = "finding.settled"
  case loginSplit = "login.split"
  case personLeft = "person.left"
  case peopleListed = "people.listed"
  case reviewOpened = "review.opened"
  case reviewAnswered = "review.answered"
  case moneyOpened = "money.opened"
  case leaveAsked = "leave.asked"
  case leaveGiven = "leave.given"
  case leaveDeclined = "leave.declined"
  case leaveEnded = "leave.ended"
  case leavesOpened = "leaves.opened"
  case emergencyOpened = "emergency.opened"
  case emergencyReviewed = "emergency.reviewed"
  case personAdded = "person.added"
  case roleSaved = "role.saved"
  case roleRemoved = "role.removed"
  case roleGiven = "role.given"
  case rolesOpened = "roles.opened"
  case approvalAsked = "approval.asked"
  case approvalGiven = "approval.given"
  case approvalRefused = "approval.refused"
  case approvalWithdrawn = "approval.withdrawn"
  case approvalLapsed = "approval.lapsed"
  case approvalsOpened = "approvals.opened"
  case inviteMade = "invite.made"
  case inviteOpened = "invite.opened"
  case inviteTaken = "invite.taken"
  case recoveryAsked = "recovery.asked"
  case recoveryOpened = "recovery.opened"
  case recoveryEnded = "recovery.ended"
  case businessSetUp = "business.set_up"
  case businessApplied = "business.applied"
  case businessExported = "business.exported"
  case mailServerSet = "mail_server.set"
  case mailServerOpened = "mail_server.opened"
  case mailServerTested = "mail_server.tested"
  case messageOpened = "message.opened"
  case messageSettled = "message.settled"
  case messagesRequeued = "messages.requeued"
  case customerLinkAsked = "customer_link.asked"
  case customerSessionStarted = "customer_session.started"
  case customerSessionEnded = "customer_session.ended"
  case customerOpened = "customer.opened"
  case customerPasskeyAdded = "customer_passkey.added"
  case customerPasskeyRemoved = "customer_passkey.removed"
  case noticeOpened = "notice.opened"
  case noticeSettled = "notice.settled"
  case answersErased = "answers.erased"
  case customersErased = "customers.erased"
  case customersExported = "customers.exported"
  case exportsOpened = "exports.opened"
  case erasureOpened = "erasure.opened"
  case decoyPlanted = "decoy.planted"
  case decoyRemoved = "decoy.removed"
  case decoysOpened = "decoys.opened"
  case visitorsThrottled = "visitors.throttled"
  case accessListed = "access.listed"
  case recordOpened = "record.opened"
}
