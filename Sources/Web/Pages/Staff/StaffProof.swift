import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

/// Why somebody who is signed in shows once more that it is them.
enum ProofReason: Sendable {
  /// The session is locked.
  case unlocking
  /// What they are about to do asks for a fresh proof.
  case confirming
}

extension StaffPages {
  /// `POST /staff/{business}/lock`: for the screen's own button, and for pages that nobody touches.
  @Sendable static func lock(_ visit: Visit) async throws -> Response {
    try await act(visit, evenWhen: [.locked, .passwordDue]) { staff, form in
      if !staff.person.isLocked { try await staff.desk.lock(staff.person) }
      return seeOther(KeptForm(carriedBy: form, of: staff.desk.business).page?.text ?? staff.homeURL)
    }
  }

  /// `GET /staff/{business}/proof/options`: what a passkey is asked with to unlock or to confirm.
  @Sendable static func proofOptions(_ visit: Visit) async throws -> Response {
    try await show(visit, evenWhen: [.locked, .passwordDue]) { staff in
      .passkeyRequest(try await staff.desk.proofOptions(of: staff.person))
    }
  }

  /// `POST /staff/{business}/unlock`: the same person's passkey, or password and code; then what they were about to do.
  @Sendable static func unlock(_ visit: Visit) async throws -> Response {
    try await prove(visit, .unlocking)
  }

  /// `POST /staff/{business}/confirm`: the same for what asks for a fresh proof.
  @Sendable static func confirm(_ visit: Visit) async throws -> Response {
    try await prove(visit, .confirming)
  }

  /// `POST /staff/{business}/unlock/here`: for the module that covers the page and stays on it.
  @Sendable static func unlockHere(_ visit: Visit) async throws -> Response {
    try await act(visit, evenWhen: [.locked, .passwordDue]) { staff, form in
      let signedIn = try await staff.prove(form)
      return signed(Response.json(personal: true) { $0.field("name", staff.person.name) }, signedIn, visit)
    }
  }

  private static func prove(_ visit: Visit, _ reason: ProofReason) async throws -> Response {
    try await act(visit, evenWhen: [.locked, .passwordDue]) { staff, form in
      let kept = KeptForm(carriedBy: form, of: staff.desk.business)
      let signedIn: SignedIn
      do {
        signedIn = try await staff.prove(form)
      } catch let refusal as Refusal where refusal.code != .signInNeeded {
        return try staff.proofPage(reason, kept, refusal, usesRecovery: form.filled("recovery") != nil)
      }
      guard let action = kept.action else {
        return seeOther(kept.page?.text ?? staff.homeURL, signedIn, visit)
      }
      let page = try visit.page(
        StaffAgainPage(
          layout: staff.layout("It is you"),
          action: action.text,
          carried: kept.fields,
          hasFields: kept.hasFields,
          secrets: kept.secrets.map { name in
            StaffAgainPage.Secret(name: name, label: KeptForm.secretLabels[name] ?? name)
          },
          goesOn: reason == .confirming && kept.secrets.isEmpty,
          leaveURL: kept.page?.text ?? staff.homeURL
        )
      )
      return signed(page, signedIn, visit)
    }
  }
}

extension Form {
  /// What somebody shows to be let in: a passkey once the device has answered, else password with the code of the app or
  /// with a recovery code. Anything beside it makes it insufficient.
  var proof: Proof {
    Proof(
      password: self["password"],
      code: self["code"].map { $0.filter { !$0.isWhitespace } },
      recoveryCode: self["recovery"].map { $0.filter { !$0.isWhitespace } },
      passkey: self["passkey"]
    )
  }
}

extension StaffVisit {
  fileprivate func prove(_ form: Form) async throws -> SignedIn {
    try await visit.take(form.filled("passkey") == nil ? .signIn : .code)
    guard let token = visit.sessionToken else { throw Refusal(.signInNeeded) }
    return try await desk.prove(person, token: token, form.proof, from: visit.client)
  }

  /// The page that asks whether it is them: 401 when locked, 403 when confirming.
  func proofPage(
    _ reason: ProofReason,
    _ kept: KeptForm,
    _ refusal: Refusal? = nil,
    usesRecovery: Bool = false
  ) throws -> Response {
    let isLocked = reason == .unlocking
    let heading = isLocked ? "Locked" : "Is it you?"
    var response = try visit.page(
      StaffProofPage(
        layout: isLocked
          ? lockedLayout(heading, refusal != nil) : layout(heading, hasProblem: refusal != nil, locks: false),
        heading: heading,
        lead: isLocked
          ? "\(person.name), nothing was touched here for a while, or the screen was locked. Show that it is you to go on."
          : "\(person.name), this is a step that matters, so we ask once more who is there. The answer counts for five minutes.",
        kept: !kept.hasFields ? nil : "What you typed is kept on this page and can be sent afterwards.",
        proof: proof(reason, refusal, usesRecovery: usesRecovery),
        carried: kept.carried,
        signOutURL: isLocked ? base + "/sign-out" : nil,
        backURL: isLocked ? nil : kept.page?.text ?? homeURL
      ),
      status: refusal?.code.status ?? (isLocked ? .unauthorized : .forbidden)
    )
    if let refusal, refusal.code == .tooMany { response.headers[.retryAfter] = String(refusal.wait ?? 60) }
    return response
  }

  func proof(_ reason: ProofReason, _ refusal: Refusal? = nil, usesRecovery: Bool = false) -> ProofForm {
    ProofForm(
      action: base + (reason == .unlocking ? "/unlock" : "/confirm"),
      actionInPlace: base + "/unlock/here",
      optionsURL: base + "/proof/options",
      button: reason == .unlocking ? "Unlock" : "Confirm",
      busy: reason == .unlocking ? "Unlocking…" : "Confirming…",
      refusal: refusal.map(SignInWords.sentence),
      passkeyFirst: person.method != .password && person.method != .recoveryCode,
      usesRecovery: usesRecovery
    )
  }

  /// Shows nothing of the business but its name; the form still carries the session's token.
  private func lockedLayout(_ title: String, _ hasProblem: Bool) -> Layout {
    Layout(
      lang: PageLanguage.of(business.locale),
      title: (hasProblem ? "Problem: " : "") + title + " · " + business.name,
      businessName: business.name,
      homeURL: homeURL,
      contact: nil,
      assets: visit.web.look.assets,
      staff: nil,
      csrf: csrf
    )
  }
}
