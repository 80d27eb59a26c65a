import Messages
import Primitives
import Storage

/// A message whose letter cannot be written, and never will be: it is given up.
///
/// Prints the booking's short name, or the notice's kind, and the header, never its content, so that the log helps whoever
/// looks for it and names nobody.
struct UnwritableMessage: Error, CustomStringConvertible {
  let message: DueMessage
  let fault: HeaderFault

  var description: String {
    switch message {
    case .booking(let row): "message of booking \(row.booking.shortName) given up: \(fault)"
    case .notice(let row): "notice \(row.kind.rawValue) given up: \(fault)"
    }
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
