/// Who acts. Every act names one; none is implied.
package enum Actor: Hashable, Sendable {
  /// Somebody on the public page; `network` is the address prefix the limits count by and is never stored.
  case stranger(network: String)
  /// The holder of a booking's manage link.
  case customer(booking: Identifier)
  /// The holder of a contact's address, who has proved it: by a link that was sent to it, or a passkey added after one.
  case contact(Identifier)
  /// A signed-in member of staff; `session` names the device session.
  case staff(Slug, session: Identifier)
  /// Somebody at the server's own command line.
  case commandLine
  /// Scheduled work of the server itself.
  case server
}
