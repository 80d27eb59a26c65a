import Booking
import Primitives

/// Writes a business as the file that describes it.
///
/// Reading what was written gives the same value back, and writing that again the same text. Comments and
/// layout of a file that was read earlier are not kept: they are not part of the business.
package enum BusinessFileWriter {
  /// YAML 1.2 in the order of `docs/business-file.md`.
  ///
  /// Optional keys that say nothing are left out. A member of staff without an address in `emails` is written
  /// without one; such a file is refused until it is filled in.
  package static func write(_ file: BusinessFile) -> String {
    let business = file.business
    let home = business.locations.first?.id
    func member(_ page: inout Page, _ member: StaffMember) {
      page.write(member, email: file.emails[member.id], reason: file.mailboxReasons[member.id], home: home)
    }
    var page = Page()
    page.line("business", .text(business.id.text))
    page.line("name", .text(business.name))
    page.line("locale", .text(business.locale))
    page.line("currency", .text(business.currency))
    page.block("contact") { page in
      page.line("email", business.contact.email.map(YAML.text))
      page.line("phone", business.contact.phone.map(YAML.text))
    }
    page.block("policy") { page in
      page.line("cancel", .minutes(business.policy.cancelNotice))
      page.line("reschedule", .minutes(business.policy.rescheduleNotice))
      page.line("reminder", business.policy.reminder.map(YAML.minutes) ?? .text("none"))
    }
    if let days = business.changePasswordsEvery {
      page.block("sign-in") { $0.line("change-passwords-every", .plain("\(days) d")) }
    }
    page.gap()
    page.items("locations", business.locations) { $0.write($1) }
    page.gap()
    if !business.roles.isEmpty {
      page.items("roles", business.roles) { $0.write($1) }
      page.gap()
    }
    page.items("staff", business.staff) { member(&$0, $1) }
    page.gap()
    if business.services.isEmpty { page.line("services", .list([])) }
    page.items("services", business.services) { $0.write($1, currency: business.currency) }
    return page.text
  }
}

extension Page {
  fileprivate mutating func write(_ location: Location) {
    line("id", .text(location.id.text))
    line("name", .text(location.name))
    line("address", location.address.map(YAML.text))
    line("zone", .text(location.zone))
    flowItems("holidays", location.holidays) { holiday in
      [("day", .text("\(holiday.day)")), ("name", .text(holiday.name))]
    }
  }

  fileprivate mutating func write(_ role: RoleDefinition) {
    line("id", .text(role.id.rawValue))
    line("name", .text(role.name))
    if role.limit != .usual {
      block("limit") { page in
        page.line("per-minute", .plain("\(role.limit.perMinute)"))
        page.line("per-day", .plain("\(role.limit.perDay)"))
      }
    }
    flowItems("rules", role.rules.grouped) { rules in
      let rule = rules[0]
      let verbs = YAML.list(rules.map { .text($0.verb.rawValue) })
      return [
        ("allow", rule.effect == .allow ? verbs : nil),
        ("deny", rule.effect == .deny ? verbs : nil),
        ("scope", .text(rule.scope.rawValue)),
        ("level", rule.level == .p0 ? nil : .text(rule.level.rawValue)),
        ("before", rule.window.map { .minutes($0.before) }),
        ("after", rule.window.map { .minutes($0.after) }),
      ]
    }
  }

  fileprivate mutating func write(_ member: StaffMember, email: String?, reason: String?, home: Slug?) {
    line("id", .text(member.id.text))
    line("name", .text(member.name))
    line("email", email.map(YAML.text))
    line("mailbox-reason", reason.map(YAML.text))
    line("role", .text(member.role.rawValue))
    line("locations", member.locations.isEmpty ? nil : .list(member.locations.map { .text($0.text) }))
    line("team", member.team.map { .text($0.text) })
    if let engagement = member.engagement {
      block("engagement") { page in
        page.line("last-day", .text("\(engagement.lastDay)"))
        page.line("purpose", .text(engagement.purpose))
      }
    }
    line("services", member.services.isEmpty ? nil : .list(member.services.map { .text($0.text) }))
    flowItems("hours", member.hours) { rule in
      [
        ("days", .list(YAML.days(rule.days))),
        ("hours", .hours(rule.hours)),
        ("breaks", rule.breaks.isEmpty ? nil : .list(rule.breaks.map(YAML.hours))),
        ("location", rule.location == home ? nil : .text(rule.location.text)),
        ("fortnight-from", rule.fortnightFrom.map { .text("\($0)") }),
      ]
    }
    flowItems("overrides", member.overrides) { override in
      [
        ("day", .text("\(override.day)")),
        ("hours", override.hours.isEmpty ? .text("none") : .list(override.hours.map(YAML.hours))),
        ("breaks", override.breaks.isEmpty ? nil : .list(override.breaks.map(YAML.hours))),
        ("location", override.location == home ? nil : .text(override.location.text)),
      ]
    }
    line("limits", .limits(member.limits))
  }

  fileprivate mutating func write(_ service: Service, currency: String) {
    line("id", .text(service.id.text))
    line("name", .text(service.name))
    line("category", service.category.map(YAML.text))
    long("description", service.description)
    line("minutes", .lengths(service.durations))
    line("before", service.before == 0 ? nil : .minutes(service.before))
    line("after", service.after == 0 ? nil : .minutes(service.after))
    line("step", service.step.map(YAML.minutes))
    line("offers", service.offers == .grid ? nil : .text(service.offers.rawValue))
    line("capacity", service.capacity == 1 ? nil : .plain("\(service.capacity)"))
    line("place", .text(service.place.rawValue))
    line("locations", service.locations.isEmpty ? nil : .list(service.locations.map { .text($0.text) }))
    line("price", service.price.map { .price($0, currency: currency) })
    line("colour", service.colour.map(YAML.text))
    line("hidden", service.hidden ? .plain("true") : nil)
    line("notice", .minutes(service.notice))
    line("window", .window(service.window))
    line("limits", .limits(service.limits))
    line("customer-limits", .limits(service.customerLimits))
    items("questions", service.questions) { $0.write($1) }
  }

  private mutating func write(_ question: Question) {
    line("id", .text(question.id.text))
    line("label", .text(question.label))
    line("reason", .text(question.reason))
    line("kind", .text(question.kind.rawValue))
    line("choices", question.choices.isEmpty ? nil : .list(question.choices.map(YAML.text)))
    line("required", .plain("\(question.required)"))
    line("level", .text(question.level.rawValue))
    line("basis", .text(question.basis.rawValue))
    line("retention", .plain("\(question.retention) d"))
  }
}

extension [RoleRule] {
  /// Neighbours that differ in their verb only, together.
  fileprivate var grouped: [[RoleRule]] {
    reduce(into: []) { groups, rule in
      if var like = groups.last?.first {
        like.verb = rule.verb
        if like == rule { return groups[groups.count - 1].append(rule) }
      }
      groups.append([rule])
    }
  }
}
