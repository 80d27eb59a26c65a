import Desk
import Hummingbird

enum Health {
  /// The process answers.
  @Sendable static func alive(_ visit: Visit) async throws -> Response {
    Response.json { $0.field("status", "ok") }
  }

  /// Every business can be read.
  @Sendable static func ready(_ visit: Visit) async throws -> Response {
    try await visit.web.house.checkReady()
    return Response.json { $0.field("status", "ready") }
  }
}
