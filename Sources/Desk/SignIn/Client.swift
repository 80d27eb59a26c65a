package import People

/// The browser that a request came from, as far as signing in needs to know it.
package struct Client: Sendable, Hashable {
  /// The network that limits count by; only a keyed hash of it is stored.
  package let network: String
  /// What the device's cookie carries; nil for a browser that nobody has signed in with.
  package let deviceToken: String?
  package let kind: BrowserKind

  package init(network: String, deviceToken: String?, kind: BrowserKind) {
    self.network = network
    self.deviceToken = deviceToken
    self.kind = kind
  }
}
