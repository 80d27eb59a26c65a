import HTTPTypes
import Hummingbird

/// The headers every answer carries; see `docs/threat-model.md` for what each is for.
struct SecurityHeaders: RouterMiddleware {
  typealias Context = WebContext

  private let fields: [HTTPField]

  init(isSecure: Bool) {
    var fields: [(String, String)] = [
      (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
          + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
          + "require-trusted-types-for 'script'; trusted-types 'none'"
      ),
      ("X-Content-Type-Options", "nosniff"),
      ("Referrer-Policy", "no-referrer"),
      ("Cross-Origin-Opener-Policy", "same-origin"),
      ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Cross-Origin-Embedder-Policy", "require-corp"),
      ("X-Frame-Options", "DENY"),
      ("X-XSS-Protection", "0"),
      ("X-Robots-Tag", "noindex"),
      (
        "Permissions-Policy",
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), "
          + "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
          + "publickey-credentials-create=(self), publickey-credentials-get=(self), usb=(), xr-spatial-tracking=()"
      ),
    ]
    if isSecure {
      fields.append(("Strict-Transport-Security", "max-age=63072000; includeSubDomains"))
    }
    self.fields = fields.compactMap { name, value in
      HTTPField.Name(name).map { HTTPField(name: $0, value: value) }
    }
  }

  func handle(
    _ request: Request,
    context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    response.headers.append(contentsOf: fields)
    // What says nothing of itself is kept nowhere.
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }
}
