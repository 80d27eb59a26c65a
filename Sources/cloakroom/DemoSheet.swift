import Foundation
import Primitives

/// `demo.json`: where the demo is and how its people sign in.
struct DemoSheet: Codable, Sendable {
  var bookingURL: String
  var staffURL: String
  var api: String
  var people: [Person]

  struct Person: Codable, Sendable {
    var role: String
    var email: String
    var password: String
    var totpSecret: String

    enum CodingKeys: String, CodingKey {
      case role, email, password
      case totpSecret = "totp_secret"
    }
  }

  enum CodingKeys: String, CodingKey {
    case bookingURL = "booking_url"
    case staffURL = "staff_url"
    case api, people
  }

  init(address: String, business: Slug, people: [Person]) {
    bookingURL = "\(address)/book/\(business)"
    staffURL = "\(address)/staff/\(business)"
    api = "\(address)/api/v1/\(business)"
    self.people = people
  }

  static func read(_ path: String) -> DemoSheet? {
    FileManager.default.contents(atPath: path).flatMap { try? JSONDecoder().decode(DemoSheet.self, from: $0) }
  }

  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  /// What the terminal shows.
  var sheet: String {
    var lines = [
      "", "The demo is ready. Stop it with Ctrl-C.", "", "  Booking page   \(bookingURL)",
      "  Staff page     \(staffURL)", "  API            \(api)", "", "  Sign in on the staff page as one of:",
    ]
    for person in people {
      lines += [
        "", "    \(person.role)", "      address      \(person.email)",
        "      password     \(person.password)",
        "      TOTP secret  \(person.totpSecret)",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
