import Booking
import Desk
import HTTPTypes
import Hummingbird
import NIOCore
import People
import Primitives

/// One door of the house: method, path and who may open it (house rule 4). There is no door without a permit.
struct Route: Sendable {
  let method: HTTPRequest.Method
  /// Hummingbird's form: `/book/:business`.
  let path: String
  let permit: RoutePermit
  let kind: RouteKind
  /// What a stranger's network is counted by; nil where nothing is worth counting or the session says who asks.
  let limited: Limited?
  let handle: @Sendable (Visit) async throws -> Response

  init(
    _ method: HTTPRequest.Method,
    _ path: String,
    _ permit: RoutePermit,
    _ kind: RouteKind,
    limited: Limited? = nil,
    _ handle: @escaping @Sendable (Visit) async throws -> Response
  ) {
    self.method = method
    self.path = path
    self.permit = permit
    self.kind = kind
    self.limited = limited
    self.handle = handle
  }
}

enum RoutePermit: Sendable, Hashable {
  /// Anybody; shows or takes no more than the public page does.
  case anybody
  /// Whoever holds the booking's manage code, sent in the body.
  case manageCode
  /// Whoever holds an invite code, sent in the body.
  case inviteCode
  /// Whoever holds the code of a message, sent in the body.
  case mailedCode
  /// Any signed-in member of staff, for what is their own.
  case signedIn
  /// A customer who has proved their address.
  case customer
  /// Whoever holds the set-up code, sent in the body; nobody at all once there is a business, whatever the method.
  case setUpCode
  /// A signed-in member of staff whose role has this verb; the act asks again.
  case staff(Verb)
}

/// How refusals are answered.
enum RouteKind: Sendable, Hashable {
  case page
  case api
  /// Assets and health checks.
  case plain
}

/// A body that broke off, or whose transfer coding is none that we know.
struct BrokenBody: Error {}

/// One request at one route.
struct Visit: Sendable {
  let web: WebHouse
  var request: Request
  let context: WebContext
  let route: RouteKind
  /// What the listener serves that it came by.
  let side: Side
  /// Nil where the path names no business.
  let business: Slug?

  /// The desk of the business in the path.
  ///
  /// - Throws: `.unknown` when there is no such business here.
  func desk() async throws -> Desk {
    guard let business, let desk = try await web.house.desk(business) else { throw Refusal(.unknown) }
    return desk
  }

  /// The network the limits count by: an IPv4 address or an IPv6 /64.
  var network: String {
    ClientAddress.network(of: request, peer: context.peer, trusting: web.settings.proxies)
  }

  func parameter(_ name: String) -> String? { context.parameters.get(name) }

  /// The booking or other record named in the path.
  func identifier(_ name: String = "id") throws -> Identifier {
    guard let identifier = Identifier(parameter(name) ?? "") else { throw Refusal(.unknown) }
    return identifier
  }

  var query: Form { Form(query: request.uri.query ?? "") }

  /// The body of a form, at most 64 KiB.
  func form() async throws -> Form { Form(query: String(buffer: try await body(upTo: 65_536))) }

  /// The whole body.
  ///
  /// - Throws: ``BrokenBody`` when it does not arrive whole within ``WebHouse/patience`` seconds or cannot be read as
  ///   HTTP; `NIOTooManyBytesError`.
  func body(upTo most: Int) async throws -> ByteBuffer {
    let channel = context.channel
    let deadline = channel.eventLoop.scheduleTask(in: .seconds(Int64(WebHouse.patience))) {
      channel.close(promise: nil)
    }
    defer { deadline.cancel() }
    do {
      return try await request.body.collect(upTo: most)
    } catch let error as NIOTooManyBytesError {
      throw error
    } catch {
      throw BrokenBody()
    }
  }
}
