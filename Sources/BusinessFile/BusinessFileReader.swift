import Booking
import Primitives

/// Reads `business.yaml`; `docs/business-file.md` describes the format, its defaults and its limits.
package enum BusinessFileReader {
  /// The business that `text` describes.
  ///
  /// Reads YAML 1.2, at most 1 MiB. Decides nothing about what is stored already: that is up to
  /// whoever applies it.
  ///
  /// - Parameters:
  ///   - text: The whole file.
  ///   - file: The name that problems carry.
  ///   - zoneIsKnown: Whether this machine has rules for an IANA zone.
  /// - Returns: The business and the e-mail addresses of its staff.
  /// - Throws: Every mistake that could be found at once. A text that is not YAML has only its first.
  package static func read(
    _ text: String,
    file: String,
    zoneIsKnown: (String) -> Bool
  ) throws(BusinessFileProblems) -> BusinessFile {
    let report = Report(file: file)
    guard let root = Document.read(text, into: report), let block = Block(root, keys: keys, noun: "the file")
    else {
      throw BusinessFileProblems(report.problems)
    }
    let names = Names(block)
    let currency = block["currency"]?.currency() ?? "EUR"
    let locations = block.required("locations")?.locations(zoneIsKnown) ?? []
    let team = block.required("staff")?.team(
      names,
      zones: locations.reduce(into: [:]) { $0[$1.id] = $1.zone }
    )
    let business = Business(
      id: block.required("business")?.slug() ?? names.placeholder,
      name: block.required("name")?.text(most: 80) ?? "",
      locale: block["locale"]?.locale() ?? "en",
      currency: currency,
      policy: block["policy"]?.policy() ?? .usual,
      locations: locations,
      staff: team?.staff ?? [],
      services: block.required("services")?.services(names, currency: currency) ?? [],
      contact: block["contact"]?.contact() ?? PublicContact(email: nil, phone: nil),
      changePasswordsEvery: block["sign-in"]?.passwordCalendar(),
      roles: block["roles"]?.roles() ?? []
    )
    guard report.problems.isEmpty else { throw BusinessFileProblems(report.problems) }
    return BusinessFile(
      business: business,
      emails: team?.emails ?? [:],
      mailboxReasons: team?.mailboxReasons ?? [:]
    )
  }

  private static let keys = [
    "business", "name", "locale", "currency", "contact", "policy", "sign-in", "locations", "roles", "staff",
    "services",
  ]
}
