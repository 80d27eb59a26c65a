import Desk
import HTTPTypes
import Hummingbird
import Primitives

/// The cookies of those who work here: the session, and the mark of a browser they have signed in with.
///
/// `__Host-` binds them to this very host and Secure, always, except when the configured address is plain
/// `http://localhost`; the request decides nothing. The session has no age: it ends with the browser, and on the
/// server earlier. The mark opens nothing; it tells a browser that is known from one that is not.
///
/// - SeeAlso: RFC 6265bis §4.1.3.2.
struct StaffCookie: Sendable {
  /// Seconds; browsers keep no cookie longer.
  ///
  /// - SeeAlso: RFC 6265bis §5.5.
  static let longest: Int = .days(400)

  private let name: String
  /// Nil: until the browser is closed.
  private let age: Int?
  private let isSecure: Bool

  /// The session's.
  init(_ settings: WebSettings) { self.init("cloakroom", settings, age: nil) }

  static func device(_ settings: WebSettings) -> StaffCookie {
    StaffCookie("cloakroom-device", settings, age: longest)
  }

  private init(_ name: String, _ settings: WebSettings, age: Int?) {
    self.name = (settings.isSecure ? "__Host-" : "") + name
    self.age = age
    isSecure = settings.isSecure
  }

  /// What the cookie holds; nil without one, and for a cookie that was sent twice.
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

  func set(_ token: String) -> String { line(token, age) }

  var expired: String { line("", 0) }

  private func line(_ value: String, _ age: Int?) -> String {
    name + "=" + value + (age.map { "; Max-Age=\($0)" } ?? "") + (isSecure ? "; Secure" : "")
      + "; Path=/; HttpOnly; SameSite=Lax"
  }
}

extension StaffPages {
  /// Leads on, with the cookies of a session that has just begun or got a new token.
  static func seeOther(_ url: String, _ signedIn: SignedIn, _ visit: Visit) -> Response {
    signed(seeOther(url), signedIn, visit)
  }

  /// The answer with the cookies of a session that has just begun or got a new token.
  static func signed(_ response: Response, _ signedIn: SignedIn, _ visit: Visit) -> Response {
    var response = response
    response.headers[values: .setCookie] = [
      StaffCookie(visit.web.settings).set(signedIn.token),
      StaffCookie.device(visit.web.settings).set(signedIn.deviceToken),
    ]
    return response
  }
}
