/// Who acts. Every act names one; none is implied.
package enum Actor: Hashable, Sendable {
  /// Somebody on the public page; `network` is the address prefix the limits count by and is never stored.
  case stranger(network: String)
  /// The holder of a booking's manage link.
  case customer(booking: Identifier)
  /// A signed-in member of staff; `session` names the device session.
  case staff(Slug, session: Identifier)
  /// Somebody at the server's own command line.
  case commandLine
  /// Scheduled work of the server itself.
  case server
}
