import Hummingbird

/// The cookie of a customer who has opened the link to their own bookings. Customers who never do get none.
///
/// As ``StaffCookie``: `__Host-` and Secure but for `http://localhost`, without an age, and shorter on the server.
struct CustomerCookie: Sendable {
  private let isSecure: Bool

  init(_ settings: WebSettings) { isSecure = settings.isSecure }

  private var name: String { isSecure ? "__Host-cloakroom-customer" : "cloakroom-customer" }
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
