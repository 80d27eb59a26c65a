import Hummingbird

/// The one cookie there is: the session of somebody who has signed in.
///
/// `__Host-` binds it to this very host and Secure, always, except when the configured address is plain
/// `http://localhost`; the request decides nothing. It has no age: it ends with the browser, and on the
/// server earlier.
///
/// - SeeAlso: RFC 6265bis §4.1.3.2.
struct StaffCookie: Sendable {
  private let isSecure: Bool

  init(_ settings: WebSettings) { isSecure = settings.isSecure }

  private var name: String { isSecure ? "__Host-cloakroom" : "cloakroom" }
  private var attributes: String { (isSecure ? "; Secure" : "") + "; Path=/; HttpOnly; SameSite=Lax" }

  /// The session's token; nil without one, and for a cookie that was sent twice.
  func token(in request: Request) -> String? {
    var found: String?
    for field in request.headers[values: .cookie] {
      for pair in field.split(separator: ";") {
        let pair = pair.drop { $0 == " " }
        guard let equals = pair.firstIndex(of: "="), pair[..<equals] == name else { continue }
        guard found == nil else { return nil }
        found = String(pair[pair.index(after: equals)...])
      }
    }
    return found
  }

  func set(_ token: String) -> String { name + "=" + token + attributes }

  var expired: String { name + "=; Max-Age=0" + attributes }
}
