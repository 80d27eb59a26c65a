import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/account/code-app`: what the app scans; nothing changes yet.
  @Sendable static func codeAppPage(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in try await codeAppPage(staff, []) }
  }

  /// `POST /staff/{business}/account/code-app`: with the code that the app shows now.
  @Sendable static func setCodeApp(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      do {
        try await staff.desk.setCodeApp(
          code: (form["code"] ?? "").filter { !$0.isWhitespace },
          by: staff.person
        )
      } catch let refusal as Refusal where refusal.code == .invalid {
        return try await codeAppPage(staff, refusal.fields)
      }
      return seeOther(staff.base + "/account?said=" + Said.codeAppSet.rawValue)
    }
  }

  private static func codeAppPage(_ staff: StaffVisit, _ problems: [FieldProblem]) async throws -> Response {
    let app = try await staff.desk.newCodeApp(for: staff.person)
    let errors = FormErrors(problems)
    return try staff.visit.page(
      StaffCodeAppPage(
        layout: staff.layout("Code app", hasProblem: !errors.isEmpty, isAccount: true),
        action: staff.base + "/account/code-app",
        replacesAnother: app.replacesAnother,
        email: app.email,
        secretGroups: inFours(app.secret),
        otpauthURL: app.uri,
        qr: QRCode(app.uri).map { code in
          StaffCodeAppPage.Picture(side: String(code.size + 2 * QRCode.quietZone), path: code.path)
        },
        errors: errors.summary,
        codeError: errors["code"],
        backURL: staff.base + "/account"
      ),
      status: errors.isEmpty ? .ok : .unprocessableContent
    )
  }

  private static func inFours(_ text: String) -> [String] {
    let letters = Array(text)
    return stride(from: 0, to: letters.count, by: 4).map { start in
      String(letters[start..<min(start + 4, letters.count)])
    }
  }
}
