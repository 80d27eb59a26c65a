import Desk
import HTTPTypes
import Hummingbird
import People

extension Visit {
  /// Who asks, as far as a request tells: the network that limits count by, the browser's own mark, what browser it is.
  ///
  /// Nothing of it proves anything; it decides how long a wrong try has to wait and what a person is told about a
  /// sign-in.
  var client: Client {
    Client(
      network: network,
      deviceToken: StaffCookie.device(web.settings).token(in: request),
      kind: BrowserKind(userAgent: request.headers[.userAgent] ?? "")
    )
  }
}
