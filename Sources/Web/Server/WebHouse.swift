package import Desk
import Hummingbird
package import Logging

/// What the doors share: the businesses, the settings, the templates.
package final class WebHouse: Sendable {
  package let house: House
  let setUp: SetUp
  package let settings: WebSettings
  let limits: Limiter
  let look: Look
  let log: Logger

  package init(house: House, setUp: SetUp, settings: WebSettings, log: Logger) async throws {
    self.house = house
    self.setUp = setUp
    self.settings = settings
    self.log = log
    limits = Limiter(isOn: settings.limits)
    look = try await Look()
  }
}

/// How this server is reached and by whom; from the command line, never from a request.
package struct WebSettings: Sendable {
  /// `https://book.example.com`, without a slash at the end.
  package let address: String
  /// Where pages and API are served.
  package let listener: Listener
  /// Where administration is served, and nowhere else; nil: with all the rest.
  package let administration: Listener?
  /// Networks whose `X-Forwarded-For` is believed.
  package let proxies: [Network]
  package let limits: Bool

  package struct Listener: Sendable, Hashable {
    package let host: String
    package let port: Int

    package init(host: String, port: Int) {
      self.host = host
      self.port = port
    }
  }

  package init(
    address: String,
    listener: Listener,
    administration: Listener? = nil,
    proxies: [Network],
    limits: Bool
  ) {
    self.address = address
    self.listener = listener
    self.administration = administration
    self.proxies = proxies
    self.limits = limits
  }

  /// Cookies are Secure and `__Host-` always, except when the configured address is plain `http://localhost`.
  var isSecure: Bool { address.hasPrefix("https://") }
}
