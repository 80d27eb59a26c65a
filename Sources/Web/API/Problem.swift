import HTTPTypes
import Hummingbird
import Primitives

enum API {
  /// RFC 9457, with a stable `code` and a pointer to each wrong field.
  static func problem(_ refusal: Refusal) -> Response {
    problem(
      refusal.code.status,
      code: refusal.code.rawValue,
      detail: refusal.code.sentence,
      fields: refusal.fields
    )
  }

  static func problem(
    _ status: HTTPResponse.Status,
    code: String,
    detail: String,
    fields: [FieldProblem] = []
  ) -> Response {
    var response = Response.json(status, personal: true, type: "application/problem+json") { json in
      json.field("type", "urn:cloakroom:problem:" + code)
      json.field("title", status.reasonPhrase)
      json.field("status", status.code)
      json.field("code", code)
      json.field("detail", detail)
      if !fields.isEmpty {
        json.array("errors", fields) { json, field in
          json.object { json in
            // RFC 6901: the empty pointer is the whole document.
            json.field("pointer", field.path.isEmpty ? "" : "/" + field.path)
            json.field("code", field.reason.rawValue)
            json.field("detail", field.reason.sentence)
          }
        }
      }
    }
    if status == .tooManyRequests {
      response.headers[.retryAfter] = code == RefusalCode.movedTooOften.rawValue ? "3600" : "60"
    }
    return response
  }
}
