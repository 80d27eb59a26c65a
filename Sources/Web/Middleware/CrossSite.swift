import HTTPTypes
import Hummingbird
import Primitives

/// Refuses changes that another site sends through a visitor's browser.
///
/// Fetch Metadata first (`Sec-Fetch-Site`), the Origin header where a browser does not send it. A program that is no
/// browser sends neither and carries no cookie of ours by accident. Forms of signed-in staff carry a token besides.
enum CrossSite {
  private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")

  static func check(_ request: Request, address: String) throws {
    switch request.method {
    case .get, .head, .options: return
    default: break
    }
    if let fetchSite, let site = request.headers[fetchSite] {
      guard site == "same-origin" || site == "none" else { throw Refusal(.notAllowed) }
    } else if let origin = request.headers[.origin] {
      guard origin == address else { throw Refusal(.notAllowed) }
    }
  }
}
