import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/account`
  @Sendable static func account(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      try await accountPage(staff, label: "", FormErrors([]), notice: Said(visit.query)?.sentence)
    }
  }

  /// `GET /staff/{business}/account/passkeys/options`: what a new passkey is made with.
  @Sendable static func newPasskeyOptions(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      .passkeyCreation(try await staff.desk.newPasskeyOptions(for: staff.person))
    }
  }

  /// `POST /staff/{business}/account/passkeys`: what the device answered, and a name for it.
  ///
  /// Without an answer it asks for the fresh proof that making one needs, and leads back.
  @Sendable static func addPasskey(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      guard let passkey = form.filled("passkey") else {
        return try await confirmed(staff)
      }
      let label = form.filled("label") ?? ""
      do {
        try await staff.desk.addPasskey(
          passkey,
          label: label.isEmpty ? visit.client.kind.words : label,
          by: staff.person
        )
      } catch let refusal as Refusal where refusal.code == .invalid {
        var errors = FormErrors([])
        for problem in refusal.fields where problem.path == "label" {
          errors.add("label", problem.reason.sentence)
        }
        return try await accountPage(
          staff,
          label: label,
          errors,
          problem: errors.isEmpty ? "The answer of this device could not be used. Please try once more." : nil
        )
      } catch let refusal as Refusal where refusal.code == .tooMany {
        return try await accountPage(
          staff,
          label: label,
          FormErrors([]),
          problem: "You have \(Desk.mostPasskeys) passkeys already. Remove one that you no longer use."
        )
      }
      return seeOther(staff.base + "/account?said=" + Said.passkeyAdded.rawValue)
    }
  }

  /// `POST /staff/{business}/account/passkeys/{id}/removal`
  @Sendable static func removePasskey(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      do {
        try await staff.desk.removePasskey(try visit.identifier(), by: staff.person)
      } catch let refusal as Refusal where refusal.code == .lastFactor {
        return try await accountPage(staff, label: "", FormErrors([]), problem: refusal.code.sentence)
      }
      return seeOther(staff.base + "/account?said=" + Said.passkeyRemoved.rawValue)
    }
  }

  /// `POST /staff/{business}/account/recovery-codes`: new ones, on the page that is the answer, this once.
  @Sendable static func makeRecoveryCodes(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      let codes = try await staff.desk.makeRecoveryCodes(by: staff.person)
      return try visit.page(
        StaffRecoveryPage(
          layout: staff.layout("Your recovery codes", isAccount: true),
          businessName: staff.business.name,
          codes: codes,
          madeOn: PageWords.longDay(staff.today),
          doneURL: staff.base + "/account"
        )
      )
    }
  }

  /// `POST /staff/{business}/account/recovery/{id}/end`: "I did not ask for this", for somebody who is signed in.
  @Sendable static func endOwnRecovery(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      try await staff.desk.endRecovery(try visit.identifier(), of: staff.person.id, by: staff.person)
      return seeOther(staff.base + "/account?said=" + Said.recoveryEnded.rawValue)
    }
  }

  /// `POST /staff/{business}/account/sessions/{id}/end`
  @Sendable static func endSession(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      try await staff.desk.endSession(try visit.identifier(), of: staff.person.id, by: staff.person)
      return seeOther(staff.base + "/account?said=" + Said.sessionEnded.rawValue)
    }
  }

  /// `POST /staff/{business}/account/sessions/end-others`
  @Sendable static func endOtherSessions(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      try await staff.desk.endSessions(of: staff.person.id, sparing: staff.person.session, by: staff.person)
      return seeOther(staff.base + "/account?said=" + Said.othersEnded.rawValue)
    }
  }

  /// `POST /staff/{business}/account/devices/{id}/forgetting`
  @Sendable static func forgetDevice(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      try await staff.desk.forgetDevice(try visit.identifier(), of: staff.person.id, by: staff.person)
      return seeOther(staff.base + "/account?said=" + Said.deviceForgotten.rawValue)
    }
  }

  private static func confirmed(_ staff: StaffVisit) async throws -> Response {
    do {
      _ = try await staff.desk.newPasskeyOptions(for: staff.person)
    } catch let refusal as Refusal where refusal.code == .stepUpRequired {
      let account = OwnPath(staff.base + "/account?said=" + Said.confirmed.rawValue, of: staff.desk.business)
      return try staff.proofPage(.confirming, KeptForm(page: account))
    }
    return seeOther(staff.base + "/account?said=" + Said.confirmed.rawValue)
  }

  private static func accountPage(
    _ staff: StaffVisit,
    label: String,
    _ errors: FormErrors,
    notice: String? = nil,
    problem: String? = nil
  ) async throws -> Response {
    let access = try await staff.desk.openAccess(of: staff.person.id, by: staff.person)
    return try staff.visit.page(
      StaffAccountPage(access, staff, label: errors.field("label", label), notice: notice, problem: problem),
      status: errors.isEmpty && problem == nil ? .ok : .unprocessableContent
    )
  }
}
