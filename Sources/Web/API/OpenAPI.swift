import Foundation
import Hummingbird
import NIOCore

enum OpenAPI {
  /// `GET /api/v1/openapi.json`
  @Sendable static func document(_ visit: Visit) async throws -> Response {
    Response(
      status: .ok,
      headers: [.contentType: "application/json", .cacheControl: "no-cache"],
      body: .init(byteBuffer: ByteBuffer(bytes: try bytes.get()))
    )
  }

  /// Read once; the file lies beside the program.
  private static let bytes = Result {
    guard let url = Bundle.module.url(forResource: "openapi", withExtension: "json", subdirectory: "OpenAPI")
    else {
      throw MissingDocument()
    }
    return try [UInt8](Data(contentsOf: url))
  }

  private struct MissingDocument: Error {}
}
