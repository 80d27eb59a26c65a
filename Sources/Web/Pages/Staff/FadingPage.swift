import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffVisit {
  /// The same page, loading itself anew in the minute in which leave of its reader ends, so that what it shows does not
  /// outlast the right to see it. Needs no script.
  ///
  /// - Parameter url: where to, for a page that was the answer to a form; nil: the page itself.
  func fading(_ response: Response, to url: String? = nil) -> Response {
    let now = desk.now
    guard response.status == .ok, let name = HTTPField.Name("Refresh"),
      let first = person.holder.openLeaves(now: now).first
    else { return response }
    var response = response
    response.headers[name] = "\(first.until - now)" + (url.map { "; url=" + $0 } ?? "")
    return response
  }
}
