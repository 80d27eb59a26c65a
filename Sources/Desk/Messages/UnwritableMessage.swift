import Messages
import Primitives

/// A message whose letter cannot be written, and never will be: it is given up.
///
/// Prints the booking's short name and the header, never its content, so that the log helps whoever looks for it and names nobody.
struct UnwritableMessage: Error, CustomStringConvertible {
  let booking: Identifier
  let fault: HeaderFault

  var description: String {
    "message of booking \(booking.shortName) given up: \(fault)"
  }
}

extension Identifier {
  /// Short name of a booking, for the phone and the log: `K7-3F2M`.
  ///
  /// Thirty of its random bits; it opens nothing.
  package var shortName: String {
    let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    let letters = (0..<6).map { alphabet[Int(low >> UInt64(25 - 5 * $0) & 31)] }
    return String(letters[..<2]) + "-" + String(letters[2...])
  }
}
