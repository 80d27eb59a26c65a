import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/not-me`: the code stands in the address's fragment, which never reaches us; a module posts
  /// it, or the person types it.
  @Sendable static func disownPage(_ visit: Visit) async throws -> Response {
    try await disownPage(visit, refusal: nil)
  }

  /// `POST /staff/{business}/not-me`: with the code alone shows what it is about, with `sure` ends everything.
  ///
  /// Needs no sign-in: whoever got the message may be locked out by then.
  @Sendable static func disown(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    let form = try await visit.form()
    let code =
      (form["code"] ?? "").split(separator: "#").last.map { String($0.filter { !$0.isWhitespace }) } ?? ""
    do {
      if desk.isAboutRecovery(code) { return try await stop(visit, code, isSure: form["sure"] == "yes") }
      guard form["sure"] == "yes" else {
        let asked = try await desk.disownOptions(code)
        return try await disownPage(visit, signIn: asked, code: code, refusal: nil)
      }
      return try await disownPage(visit, done: try await desk.disown(code), refusal: nil)
    } catch let refusal as Refusal where refusal.code == .linkSpent || refusal.code == .unknown {
      return try await disownPage(visit, refusal: Refusal(.linkSpent))
    }
  }

  private static func stop(_ visit: Visit, _ code: String, isSure: Bool) async throws -> Response {
    let desk = try await visit.desk()
    guard isSure else {
      return try await disownPage(visit, recovery: try await desk.openStop(code), code: code, refusal: nil)
    }
    try await desk.stopRecovery(code)
    return try await disownPage(visit, isStopped: true, refusal: nil)
  }

  private static func disownPage(
    _ visit: Visit,
    signIn: DisownedSignIn? = nil,
    recovery: WaitingRecovery? = nil,
    code: String = "",
    done: Disowned? = nil,
    isStopped: Bool = false,
    refusal: Refusal?
  ) async throws -> Response {
    let timetable = try await visit.desk().timetable()
    guard let zone = timetable.firstZone else { throw Refusal(.unknown) }
    let business = timetable.business
    var errors = FormErrors([])
    if refusal != nil {
      errors.add(
        "code",
        "This code opens nothing. It was used or is older than seven days, or a part of it is missing."
      )
    }
    return try visit.page(
      StaffDisownPage(
        layout: visit.layout(business, title: "This was not me", hasErrors: refusal != nil),
        action: "/staff/\(business.id)/not-me",
        errors: errors.summary,
        codeError: errors["code"],
        signIn: signIn.map { signIn in
          StaffDisownPage.SignIn(
            code: code,
            browser: signIn.kind,
            at: PageWords.moment(signIn.startedAt, in: zone) + ", "
              + PageWords.zone(zone, at: signIn.startedAt),
            unusual: AccessWords.unusual(signIn.unusual)
          )
        },
        recovery: recovery.map { recovery in
          StaffDisownPage.Recovery(
            code: code,
            askedBy: timetable.staffMember(recovery.askedBy)?.name ?? recovery.askedBy.text,
            askedAt: PageWords.moment(recovery.askedAt, in: zone),
            opensAt: PageWords.moment(recovery.opensAt, in: zone)
          )
        },
        done: done.map { done in
          StaffDisownPage.Done(
            command: done.needsServer ? "cloakroom invite \(done.staff)" : nil,
            isTold: done.isTold
          )
        },
        isStopped: isStopped
      ),
      status: refusal?.code.status ?? .ok
    )
  }
}
