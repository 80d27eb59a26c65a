import Desk
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/mail`
  @Sendable static func mail(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      try await mailPage(staff, typed: nil, FormErrors([]), notice: Said(visit.query)?.sentence)
    }
  }

  /// `POST /staff/{business}/mail`
  @Sendable static func setMail(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      let typed = MailServerForm(
        host: form["host"] ?? "",
        port: form["port"] ?? "",
        security: form["security"] ?? "",
        username: form["username"] ?? "",
        password: form["password"] ?? "",
        sender: form["sender"] ?? ""
      )
      do {
        try await staff.desk.setMailServer(typed, by: staff.person)
      } catch let refusal as Refusal where refusal.code == .invalid {
        var errors = FormErrors([])
        for problem in refusal.fields { errors.add(problem.path, mailSentence(problem)) }
        return try await mailPage(staff, typed: typed, errors)
      }
      return seeOther(staff.base + "/mail?said=" + Said.saved.rawValue)
    }
  }

  /// `POST /staff/{business}/mail/test`: to the signed-in person's own address.
  @Sendable static func testMail(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      let problem: String?
      do {
        problem = try await staff.desk.tryMailServer(by: staff.person)
      } catch let refusal as Refusal where refusal.code == .mailNotSet || refusal.code == .mailFailed {
        problem = refusal.code.sentence
      }
      guard let problem else { return seeOther(staff.base + "/mail?said=" + Said.tested.rawValue) }
      return try await mailPage(
        staff,
        typed: nil,
        FormErrors([]),
        problem: "The test did not work: \(problem)."
      )
    }
  }

  /// `POST /staff/{business}/mail/failed`: tries what could not be delivered once more.
  @Sendable static func sendFailedAgain(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      try await staff.desk.requeueFailedMessages(by: staff.person)
      return seeOther(staff.base + "/mail?said=" + Said.requeued.rawValue)
    }
  }

  private static func mailPage(
    _ staff: StaffVisit,
    typed: MailServerForm?,
    _ errors: FormErrors,
    notice: String? = nil,
    problem: String? = nil
  ) async throws -> Response {
    let overview = try await staff.desk.openMailOverview(by: staff.person)
    let shown = typed ?? overview.server
    let kinds = [
      ("tls", "TLS from the start"), ("starttls", "STARTTLS"),
      ("none-on-loopback", "None, this machine only"),
    ]
    return try staff.visit.page(
      StaffMailPage(
        layout: staff.layout("Mail", .mail, hasProblem: !errors.isEmpty || problem != nil),
        action: staff.base + "/mail",
        testURL: staff.base + "/mail/test",
        errors: errors.summary,
        notice: notice,
        problem: problem ?? overview.fault.map { "The last try failed: \($0)." },
        isSet: overview.server != nil,
        isWorking: overview.server != nil && overview.fault == nil,
        waiting: overview.waiting == 0 ? nil : String(overview.waiting),
        failed: overview.failed.all == 0
          ? nil : StaffMailPage.Failed(overview.failed, url: staff.base + "/mail/failed"),
        host: errors.field("host", shown?.host),
        port: errors.field("port", shown?.port ?? "465"),
        security: kinds.map { Option(value: $0.0, label: $0.1, isChosen: $0.0 == shown?.security) },
        username: errors.field("username", shown?.username),
        hasPassword: overview.hasPassword,
        passwordError: errors["password"],
        sender: errors.field("sender", shown?.sender)
      ),
      status: errors.isEmpty ? .ok : .unprocessableContent
    )
  }

  private static func mailSentence(_ problem: FieldProblem) -> String {
    switch problem.path {
    case "host": "Please give the name of the server, such as mail.example.com."
    case "port": "The port is a number from 1 to 65535, mostly 465 or 587."
    case "security": "Without protection only a mail server on this very machine may be used."
    case "username": "There is no user name for this password."
    case "password" where problem.reason == .missing: "Please give the password for this server."
    case "password": "This password cannot be used."
    default: problem.reason.sentence
    }
  }
}

extension StaffMailPage.Failed {
  fileprivate init(_ failed: FailedMessages, url: String) {
    let open = failed.open
    let about =
      switch open {
      case 0: "That no longer matters: the visits are over, or a newer message followed."
      case failed.all: "The \(open == 1 ? "visit is" : "visits are") still to come."
      default: "\(open) of them \(open == 1 ? "is about a visit" : "are about visits") still to come."
      }
    self.init(
      heading: PageWords.count(failed.all, "message") + " could not be delivered",
      text: (failed.all == 1 ? "It was" : "They were")
        + " refused in the last 30 days, or tried for two days in vain. \(about)",
      againURL: open == 0 ? nil : url
    )
  }
}
