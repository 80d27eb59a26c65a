package import Hummingbird
import NIOCore

/// What travels with one request.
package struct WebContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// The address at the other end of the connection, which a proxy may stand in for.
  package let peer: String
  let channel: any Channel

  package init(source: ApplicationRequestContextSource) {
    channel = source.channel
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress?.ipAddress ?? "unknown"
  }
}
