import Booking
import Primitives
import Vault

/// The customer who is nobody, one for each file of customers: whoever finds the address in a file knows which file it was.
///
/// Drawn from the business's key, so that neither the file nor the database tells which line it is.
struct ExportMark: Sendable {
  private let ring: KeyRing
  private let domain: String

  /// - Parameter address: of the server, where the business names no e-mail address.
  init(_ ring: KeyRing, address: String, business: Business) {
    self.ring = ring
    let host = address.split(separator: "/").dropFirst().first.map(String.init) ?? "localhost"
    domain =
      business.contact.email.flatMap { $0.split(separator: "@").last.map(String.init) }
      ?? String(host.prefix { $0 != ":" })
  }

  /// Where it stands, counted from 0; nil in a file of nobody.
  func place(in count: Int, of export: Identifier) -> Int? {
    guard count > 0 else { return nil }
    let number = drawn(export, "place").prefix(4).reduce(0) { $0 << 8 | Int($1) }
    return number % count
  }

  func email(of export: Identifier) -> String {
    let (first, last) = names(of: export)
    return "\(first).\(last).\(digits(of: export, "email", 4))@\(domain)".lowercased()
  }

  /// As whoever stands beside it, a few weeks apart: in the same street at another number, with the same answers.
  func contact(of export: Identifier, beside other: ExportedContact) -> ExportedContact {
    let (first, last) = names(of: export)
    var booking = other.booking
    let weeks = 1 + Int(drawn(export, "weeks")[0]) % 5
    if let served = booking?.served,
      let moved = Interval(start: served.start - .days(7 * weeks), end: served.end - .days(7 * weeks))
    {
      booking?.served = moved
    }
    return ExportedContact(
      booking: booking,
      name: "\(first) \(last)",
      email: email(of: export),
      phone: other.phone.map { $0.dropLast(4) + digits(of: export, "phone", 4) },
      address: other.address.map { address($0, export) },
      answers: other.answers
    )
  }

  /// Its digits are others.
  private func address(_ other: String, _ export: Identifier) -> String {
    var drawn = drawn(export, "address")[...]
    return String(
      other.map { character in
        guard character.isASCII, character.isNumber, let next = drawn.popFirst() else { return character }
        return Character(UnicodeScalar(UInt8(ascii: "1") + next % 9))
      }
    )
  }

  private func names(of export: Identifier) -> (first: String, last: String) {
    let drawn = drawn(export, "name")
    return (
      ExportMark.first[Int(drawn[0]) % ExportMark.first.count],
      ExportMark.last[Int(drawn[1]) % ExportMark.last.count]
    )
  }

  private func digits(of export: Identifier, _ part: String, _ count: Int) -> String {
    drawn(export, part).prefix(count).map { String($0 % 10) }.joined()
  }

  private func drawn(_ export: Identifier, _ part: String) -> [UInt8] {
    ring.blindIndex("\(part) \(export)", table: "approval", column: "mark")
  }

  private static let first = [
    "Adele", "Boris", "Carla", "Dorota", "Elias", "Frida", "Gerda", "Hugo", "Irma", "Jonas", "Klara", "Leon",
    "Marta",
    "Nils", "Olga", "Pavel",
  ]
  private static let last = [
    "Amberg", "Brandt", "Cernik", "Dahl", "Ewald", "Falk", "Gruber", "Halle", "Ivanoff", "Jansen", "Keller",
    "Lindt",
    "Moravec", "Norden", "Ostrow", "Petrell",
  ]
}
