import Booking
import Primitives

/// The people of the file, and their addresses apart.
struct Team {
  var staff: [StaffMember] = []
  var emails: [Slug: String] = [:]
  var mailboxReasons: [Slug: String] = [:]
}

extension Entry {
  /// Everybody who works here; `zones` holds the zone of each location that could be read.
  func team(_ names: Names, zones: [Slug: String]) -> Team? {
    guard let items = list() else { return nil }
    var team = Team()
    var ids = UniqueIDs()
    var addressLines: [String: Int] = [:]
    var hasOwner = false
    for item in items {
      guard let block = Block(item, keys: Entry.staffKeys, noun: "a member of staff") else { continue }
      let id = ids.take(block)
      let role = block.required("role")?.role(names)
      hasOwner = hasOwner || role == .owner || (role == nil && block["role"] != nil)
      let address = block.required("email")?.ownAddress(&addressLines)
      let member = StaffMember(
        id: id ?? names.placeholder,
        name: block.required("name")?.text(most: 80) ?? "",
        role: role ?? .technician,
        services: block["services"]?.servicesServed(names) ?? [],
        hours: block["hours"]?.weeklyHours(names, zones: zones) ?? [],
        overrides: block["overrides"]?.overrides(names) ?? [],
        limits: block["limits"]?.limits() ?? .none,
        locations: block["locations"]?.list()?.references(to: names.locations, noun: "location") ?? [],
        team: block["team"]?.slug(),
        engagement: block["engagement"]?.engagement()
      )
      if role == .vendor, block["engagement"] == nil {
        item.refuse("a vendor needs engagement: the last day, and what they are here for")
      }
      let reason = block["mailbox-reason"]?.text(most: 200)
      guard let id else { continue }
      team.staff.append(member)
      team.emails[id] = address
      team.mailboxReasons[id] = reason
    }
    if !hasOwner { refuse("nobody has the role owner; at least one person must") }
    return team
  }

  private static let staffKeys = [
    "id", "name", "email", "mailbox-reason", "role", "locations", "team", "engagement", "services", "hours",
    "overrides", "limits",
  ]

  /// A built-in role or one of the file.
  private func role(_ names: Names) -> Role? {
    guard let slug = slug() else { return nil }
    let role = Role(slug)
    if Role.builtIn.contains(role) || names.roles.contains(slug) { return role }
    let known = Role.builtIn.map(\.rawValue) + names.roles.map(\.text)
    refuse("there is no role \(quoted(slug.text)); it is one of \(known.joined(separator: ", "))")
    return nil
  }

  private func engagement() -> Engagement? {
    guard let block = Block(self, keys: ["last-day", "purpose"], noun: "an engagement") else { return nil }
    guard let day = block.required("last-day")?.day(),
      let purpose = block.required("purpose")?.text(most: 200)
    else { return nil }
    return Engagement(lastDay: day, purpose: purpose)
  }

  /// Two people cannot sign in with one address.
  private func ownAddress(_ lines: inout [String: Int]) -> String? {
    guard let address = mailAddress() else { return nil }
    if let line = lines[address.normalised] {
      refuse("is the e-mail address of somebody else too: line \(line)")
      return nil
    }
    lines[address.normalised] = self.line
    return address.text
  }

  private func servicesServed(_ names: Names) -> [Slug]? {
    if isWord("all") { return names.services }
    if isWord("none") { return [] }
    return list()?.references(to: names.services, noun: "service")
  }

  func limits() -> Limits? {
    let keys = [
      "per-day", "per-week", "per-month", "minutes-per-day", "minutes-per-week", "minutes-per-month",
    ]
    guard let block = Block(self, keys: keys, noun: "limits") else { return nil }
    let most = 100_000
    return Limits(
      perDay: block["per-day"]?.whole(1...most),
      perWeek: block["per-week"]?.whole(1...most),
      perMonth: block["per-month"]?.whole(1...most),
      minutesPerDay: block["minutes-per-day"]?.whole(1...most),
      minutesPerWeek: block["minutes-per-week"]?.whole(1...most),
      minutesPerMonth: block["minutes-per-month"]?.whole(1...most)
    )
  }
}

extension [Entry] {
  /// Each item as a reference; refuses what was named before.
  func references(to known: [Slug], noun: String) -> [Slug] {
    var found: [Slug] = []
    for entry in self {
      guard let slug = entry.reference(to: known, noun: noun) else { continue }
      if found.contains(slug) {
        entry.refuse("\(quoted(slug.text)) is named twice")
      } else {
        found.append(slug)
      }
    }
    return found
  }
}
