import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension WebHouse {
  /// What went wrong, as a page or as a problem document.
  ///
  /// - Parameters:
  ///   - reference: what the log calls a fault of ours.
  ///   - path: what was asked for; staff are led back to their own pages.
  func problem(
    _ status: HTTPResponse.Status,
    code: String,
    detail: String,
    reference: String? = nil,
    at path: String = "/",
    as kind: RouteKind
  ) -> Response {
    let told = reference.map { "\(detail) Reference: \($0)" } ?? detail
    guard kind == .page else { return API.problem(status, code: code, detail: told) }
    let heading = RefusalWords.heading(of: status)
    let page = ProblemPage(
      layout: layout(title: heading),
      heading: heading,
      paragraphs: [detail],
      reference: reference,
      links: [WebHouse.start(for: path)]
    )
    do {
      return try self.page(page, status: status, personal: true)
    } catch {
      return Response(
        status: status,
        headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
        body: .init(byteBuffer: .init(string: told + "\n"))
      )
    }
  }

  private static func start(for path: String) -> LinkOption {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 2, parts[1] == "staff", let business = Slug(parts[2]) else {
      return LinkOption(label: "To the start page", url: "/", isChosen: true)
    }
    return .staffPages(of: business)
  }

  /// What surrounds a page of no business in particular.
  func layout(title: String) -> Layout {
    Layout(
      lang: "en",
      title: title,
      businessName: "Cloakroom",
      homeURL: "/",
      contact: nil,
      assets: look.assets,
      staff: nil,
      csrf: nil
    )
  }
}

extension LinkOption {
  fileprivate static func staffPages(of business: Slug) -> LinkOption {
    LinkOption(label: "To your pages", url: "/staff/\(business)", isChosen: true)
  }
}

extension Visit {
  /// A plain page that says what happened and what to do next.
  func refusalPage(_ refusal: Refusal) async throws -> Response {
    let isStaff = request.uri.path.hasPrefix("/staff/")
    guard let business, let desk = try? await web.house.desk(business) else {
      return web.problem(
        refusal.code.status,
        code: refusal.code.rawValue,
        detail: refusal.code.sentence,
        as: .page
      )
    }
    if isStaff, refusal.code == .signInNeeded {
      // Back to where they were, once they are in; at the first page everybody begins anyway.
      let asked = request.method == .get ? OwnPath(request.uri.string, of: business)?.text : nil
      let next = ["/staff/\(business)", "/staff/\(business)/day"].contains(asked) ? nil : asked
      return StaffPages.seeOther(QueryText.url("/staff/\(business)/sign-in", [("next", next)]))
    }
    let heading = RefusalWords.heading(of: refusal.code.status)
    let home =
      isStaff
      ? .staffPages(of: business)
      : LinkOption(label: "See what can be booked", url: "/book/\(business)", isChosen: true)
    let page = ProblemPage(
      layout: layout(try await desk.timetable().business, title: heading),
      heading: heading,
      paragraphs: [refusal.code.sentence] + refusal.fields.map(RefusalWords.sentence(of:)),
      reference: nil,
      links: [home]
    )
    var response = try self.page(page, status: refusal.code.status)
    if refusal.code == .tooMany { response.headers[.retryAfter] = String(refusal.wait ?? 60) }
    return response
  }
}

enum RefusalWords {
  static func heading(of status: HTTPResponse.Status) -> String {
    switch status {
    case .notFound: "Nothing here"
    case .methodNotAllowed: "That is not possible here"
    case .forbidden: "Not allowed"
    case .unauthorized: "Please sign in"
    case .conflict: "That is not possible any more"
    case .gone: "This is used up"
    case .unprocessableContent: "We did not understand that"
    case .contentTooLarge: "That is too long"
    case .tooManyRequests: "Too often"
    case .serviceUnavailable: "Not at the moment"
    default: "Something went wrong"
    }
  }

  /// For fields that stand on no form: the last part of the path names it.
  static func sentence(of problem: FieldProblem) -> String {
    let field = problem.path.split(separator: "/").last ?? ""
    return field.isEmpty ? problem.reason.sentence : "\(field): \(problem.reason.sentence)"
  }
}
