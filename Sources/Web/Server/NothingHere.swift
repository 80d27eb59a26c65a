import HTTPTypes
import Hummingbird
import Primitives

/// Answers what no route is for: 405 where the path is one of the table's, 404 elsewhere.
struct NothingHere: RouterMiddleware {
  typealias Context = WebContext
  let web: WebHouse
  let side: Side

  func handle(
    _ request: Request,
    context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound {
      let routes = Routes.at(request.uri.path).filter(side.serves)
      guard let first = routes.first else {
        let kind: RouteKind = request.uri.path.hasPrefix("/api/") ? .api : .page
        return web.problem(
          .notFound,
          code: "unknown",
          detail: RefusalCode.unknown.sentence,
          at: request.uri.path,
          as: kind
        )
      }
      if routes.contains(where: { $0.permit == .setUpCode }), let refusal = await web.claimedRefusal() {
        return refusal
      }
      var response = web.problem(
        .methodNotAllowed,
        code: "method_not_allowed",
        detail: "This address does not take \(request.method.rawValue).",
        at: request.uri.path,
        as: first.kind
      )
      response.headers[.allow] = Routes.allowed(routes)
      return response
    }
  }
}

extension Routes {
  /// The routes whose path this is, whatever their method.
  static func at(_ path: String) -> [Route] {
    let asked = path.split(separator: "/")
    return all.filter { route in
      let parts = route.path.split(separator: "/")
      return parts.count == asked.count && zip(parts, asked).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
    }
  }

  /// What `Allow` says of them.
  static func allowed(_ routes: [Route]) -> String {
    var methods = Set(routes.map(\.method))
    if methods.contains(.get) { methods.insert(.head) }
    return methods.map(\.rawValue).sorted().joined(separator: ", ")
  }
}
