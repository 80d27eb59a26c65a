package import Primitives

/// A business as its owner describes it: places, people, services and hours. P0 but for staff e-mail
/// addresses, which are not here.
///
/// A value: read from the store, decided upon, replaced as a whole by `apply`.
package struct Business: Hashable, Sendable, Codable {
  package var id: Slug
  package var name: String
  /// BCP 47, such as `en` or `lt-LT`.
  package var locale: String
  /// ISO 4217, for prices.
  package var currency: String
  package var policy: Policy
  /// At least one; the first is where rules without a location work.
  package var locations: [Location]
  package var staff: [StaffMember]
  package var services: [Service]
  /// Where customers can reach the business, shown on public pages and in mails.
  package var contact: PublicContact
  /// In days; nil, which is the rule: a password is good until there is a reason to change it (NIST SP 800-63B-4
  /// §3.1.1.2).
  package var changePasswordsEvery: Int?
  /// Roles that the business made itself, besides the built-in ones.
  package var roles: [RoleDefinition]

  package init(
    id: Slug,
    name: String,
    locale: String,
    currency: String,
    policy: Policy,
    locations: [Location],
    staff: [StaffMember],
    services: [Service],
    contact: PublicContact,
    changePasswordsEvery: Int? = nil,
    roles: [RoleDefinition] = []
  ) {
    self.id = id
    self.name = name
    self.locale = locale
    self.currency = currency
    self.policy = policy
    self.locations = locations
    self.staff = staff
    self.services = services
    self.contact = contact
    self.changePasswordsEvery = changePasswordsEvery
    self.roles = roles
  }

  package func service(_ id: Slug) -> Service? { services.first { $0.id == id } }
  package func staffMember(_ id: Slug) -> StaffMember? { staff.first { $0.id == id } }
  package func location(_ id: Slug) -> Location? { locations.first { $0.id == id } }
}

/// The business's own public address and number; not personal data of customers.
package struct PublicContact: Hashable, Sendable, Codable {
  package var email: String?
  package var phone: String?

  package init(email: String?, phone: String?) {
    self.email = email
    self.phone = phone
  }
}

/// Until when customers may change their booking themselves.
package struct Policy: Hashable, Sendable, Codable {
  /// A customer may cancel until this many minutes before the start.
  package var cancelNotice: Int
  /// A customer may reschedule until this many minutes before the start.
  package var rescheduleNotice: Int
  /// A reminder leaves this many minutes before the start; nil sends none.
  package var reminder: Int?

  /// What holds when nobody has said otherwise: a day each.
  package static let usual = Policy(cancelNotice: 1_440, rescheduleNotice: 1_440, reminder: 1_440)

  package init(cancelNotice: Int, rescheduleNotice: Int, reminder: Int?) {
    self.cancelNotice = cancelNotice
    self.rescheduleNotice = rescheduleNotice
    self.reminder = reminder
  }
}

/// A place with its own zone and holidays.
package struct Location: Hashable, Sendable, Codable {
  package var id: Slug
  package var name: String
  package var address: String?
  /// IANA name, such as `Europe/Vilnius`.
  package var zone: String
  /// Nobody works here on these days.
  package var holidays: [Holiday]

  package init(id: Slug, name: String, address: String?, zone: String, holidays: [Holiday]) {
    self.id = id
    self.name = name
    self.address = address
    self.zone = zone
    self.holidays = holidays
  }
}

package struct Holiday: Hashable, Sendable, Codable {
  package var day: CivilDay
  package var name: String

  package init(day: CivilDay, name: String) {
    self.day = day
    self.name = name
  }
}

/// Somebody who works here. The e-mail address is kept sealed elsewhere.
package struct StaffMember: Hashable, Sendable, Codable {
  package var id: Slug
  /// The name customers may see.
  package var name: String
  package var role: Role
  /// Services this person may be booked for; empty for those who serve nobody.
  package var services: [Slug]
  package var hours: [WeeklyHours]
  package var overrides: [DateOverride]
  /// Most bookings of this person, whatever the service.
  package var limits: Limits
  /// Where rules of the scope `location` let them look; empty: where they work.
  package var locations: [Slug]
  /// Whose work rules of the scope `team` let them see: all who name the same.
  package var team: Slug?
  /// Their last day, and what they are here for; a vendor has one, others may.
  package var engagement: Engagement?

  package init(
    id: Slug,
    name: String,
    role: Role,
    services: [Slug],
    hours: [WeeklyHours],
    overrides: [DateOverride],
    limits: Limits,
    locations: [Slug] = [],
    team: Slug? = nil,
    engagement: Engagement? = nil
  ) {
    self.id = id
    self.name = name
    self.role = role
    self.services = services
    self.hours = hours
    self.overrides = overrides
    self.limits = limits
    self.locations = locations
    self.team = team
    self.engagement = engagement
  }
}

/// Work for a time: on the day after the last one nothing is allowed any more.
package struct Engagement: Hashable, Sendable, Codable {
  package var lastDay: CivilDay
  package var purpose: String

  package init(lastDay: CivilDay, purpose: String) {
    self.lastDay = lastDay
    self.purpose = purpose
  }
}

/// Hours that return every week, or every second week.
package struct WeeklyHours: Hashable, Sendable, Codable {
  package var days: [Weekday]
  package var hours: HourRange
  package var breaks: [HourRange]
  package var location: Slug
  /// Nil: every week. Otherwise every second ISO week counted from the week of this day, and not before this
  /// day.
  package var fortnightFrom: CivilDay?

  package init(
    days: [Weekday],
    hours: HourRange,
    breaks: [HourRange],
    location: Slug,
    fortnightFrom: CivilDay?
  ) {
    self.days = days
    self.hours = hours
    self.breaks = breaks
    self.location = location
    self.fortnightFrom = fortnightFrom
  }
}

/// Replaces a person's weekly hours on one day; no hours means a day off.
package struct DateOverride: Hashable, Sendable, Codable {
  package var day: CivilDay
  package var hours: [HourRange]
  package var breaks: [HourRange]
  package var location: Slug

  package init(day: CivilDay, hours: [HourRange], breaks: [HourRange], location: Slug) {
    self.day = day
    self.hours = hours
    self.breaks = breaks
    self.location = location
  }
}

/// Wall-clock minutes since the midnight that begins the day; `end` above 1,440 runs into the next day, so
/// that `22:00-06:00` is 1,320 to 1,800.
package struct HourRange: Hashable, Sendable, Codable {
  /// 0 to 1,439; for a break of an overnight shift up to 2,879.
  package var start: Int
  /// Above `start`, at most `start` + 1,440.
  package var end: Int

  /// Refuses (nil) empty, negative and longer than 24 hours.
  package init?(start: Int, end: Int) {
    guard start >= 0, start < 2_880, end > start, end <= start + 1_440 else { return nil }
    self.start = start
    self.end = end
  }
}

// What a stored business of an earlier version does not say yet reads as nothing said.

extension Business {
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try values.decode(Slug.self, forKey: .id),
      name: try values.decode(String.self, forKey: .name),
      locale: try values.decode(String.self, forKey: .locale),
      currency: try values.decode(String.self, forKey: .currency),
      policy: try values.decode(Policy.self, forKey: .policy),
      locations: try values.decode([Location].self, forKey: .locations),
      staff: try values.decode([StaffMember].self, forKey: .staff),
      services: try values.decode([Service].self, forKey: .services),
      contact: try values.decode(PublicContact.self, forKey: .contact),
      changePasswordsEvery: try values.decodeIfPresent(Int.self, forKey: .changePasswordsEvery),
      roles: try values.decodeIfPresent([RoleDefinition].self, forKey: .roles) ?? []
    )
  }
}

extension StaffMember {
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try values.decode(Slug.self, forKey: .id),
      name: try values.decode(String.self, forKey: .name),
      role: try values.decode(Role.self, forKey: .role),
      services: try values.decode([Slug].self, forKey: .services),
      hours: try values.decode([WeeklyHours].self, forKey: .hours),
      overrides: try values.decode([DateOverride].self, forKey: .overrides),
      limits: try values.decode(Limits.self, forKey: .limits),
      locations: try values.decodeIfPresent([Slug].self, forKey: .locations) ?? [],
      team: try values.decodeIfPresent(Slug.self, forKey: .team),
      engagement: try values.decodeIfPresent(Engagement.self, forKey: .engagement)
    )
  }
}
