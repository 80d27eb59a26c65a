import Desk
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
import Primitives

extension WebHouse {
  /// Seconds.
  static let patience = 60

  /// The application: every route of the table, and 405 for every other method at its path.
  ///
  /// A connection on which nothing is asked for ``patience`` seconds is closed, and one whose request's head or body is
  /// not whole after as many.
  ///
  /// - Parameters:
  ///   - side: what it serves; the rest is answered 404.
  ///   - listener: where it listens.
  package func application(
    _ side: Side = .whole,
    at listener: WebSettings.Listener,
    onRunning: @escaping @Sendable (_ port: Int) async -> Void
  ) -> some ApplicationProtocol {
    let router = Router(context: WebContext.self)
    router.add(middleware: SecurityHeaders(isSecure: settings.isSecure))
    for (path, routes) in Dictionary(grouping: side.routes, by: \.path).sorted(by: { $0.key < $1.key }) {
      add(routes, side, at: RouterPath(path), to: router)
    }
    router.add(middleware: NothingHere(web: self, side: side))
    return Application(
      router: router,
      server: .http1(configuration: .init(idleTimeout: .seconds(Int64(WebHouse.patience)))),
      configuration: .init(address: .hostname(listener.host, port: listener.port), backlog: 1_024),
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
      logger: log
    )
  }

  private func add(_ routes: [Route], _ side: Side, at path: RouterPath, to router: Router<WebContext>) {
    for route in routes {
      router.on(path, method: route.method) { request, context in
        await self.answer(request, context, route, side)
      }
      if route.method == .get {
        router.on(path, method: .head) { request, context in
          await self.answer(request, context, route, side).createHeadResponse()
        }
      }
    }
  }

  /// Runs one route; whatever happens, a person or a program gets a clear answer and no inner detail.
  private func answer(_ request: Request, _ context: WebContext, _ route: Route, _ side: Side) async
    -> Response
  {
    let visit = Visit(
      web: self,
      request: request,
      context: context,
      route: route.kind,
      side: side,
      business: context.parameters.get("business").flatMap { Slug($0) }
    )
    do {
      if route.permit == .setUpCode { try await visit.requireUnclaimed() }
      try CrossSite.check(request, address: settings.address)
      if let limited = route.limited { try await visit.take(limited) }
      return try await route.handle(visit)
    } catch let refusal as Refusal {
      return await visit.answer(to: refusal)
    } catch is NIOTooManyBytesError {
      return problem(
        .contentTooLarge,
        code: "too_large",
        detail: "This is more than we take at once.",
        at: request.uri.path,
        as: route.kind
      )
    } catch is BrokenBody {
      var response = problem(
        .badRequest,
        code: "malformed_request",
        detail: "This request did not arrive whole, or is not HTTP as we read it.",
        at: request.uri.path,
        as: route.kind
      )
      // Where the next request would begin, nobody can tell.
      response.headers[.connection] = "close"
      return response
    } catch {
      return visit.answer(toFault: error)
    }
  }
}

extension Visit {
  /// Counts this request; refuses it when its network has had enough.
  func take(_ limited: Limited) async throws {
    guard case .wait(let seconds, let isFirst) = web.limits.take(limited, from: network) else { return }
    if isFirst, business != nil { try await desk().recordThrottling() }
    throw Refusal(.tooMany, wait: seconds)
  }

  func answer(to refusal: Refusal) async -> Response {
    switch route {
    case .api, .plain: return API.problem(refusal)
    case .page:
      do {
        return try await refusalPage(refusal)
      } catch {
        return answer(toFault: error)
      }
    }
  }

  /// A fault is ours: the visitor gets a reference number, the log gets its kind, nobody gets a value.
  func answer(toFault error: any Error) -> Response {
    let reference = context.id
    let isAway = House.isAway(error)
    web.log.error(
      "fault",
      metadata: [
        "reference": "\(reference)", "kind": "\(House.kind(of: error))",
        "route": "\(context.endpointPath ?? "")",
      ]
    )
    if isAway {
      return web.problem(
        .serviceUnavailable,
        code: "away",
        detail: RefusalCode.away.sentence,
        at: request.uri.path,
        as: route
      )
    }
    return web.problem(
      .internalServerError,
      code: "fault",
      detail: "Something went wrong on our side. Nothing was changed.",
      reference: reference,
      at: request.uri.path,
      as: route
    )
  }
}
