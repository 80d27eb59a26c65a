package import Hummingbird
import NIOCore

/// What travels with one request.
package struct WebContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// The address at the other end of the connection, which a proxy may stand in for.
  package let peer: String

  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress?.ipAddress ?? "unknown"
  }
}
