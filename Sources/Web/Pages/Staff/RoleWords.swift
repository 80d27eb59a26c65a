import Booking
import People
import Primitives

/// What roles let people do, in plain words.
enum RoleWords {
  static func label(_ verb: Verb) -> String {
    switch verb {
    case .viewDay: "See the day and the week"
    case .viewBooking: "Open bookings"
    case .revealContact: "Show a customer’s name, phone and e-mail"
    case .makeBooking: "Book for customers"
    case .moveBooking: "Move bookings"
    case .cancelBooking: "Cancel bookings"
    case .markVisit: "Mark arrived, done and no-show"
    case .viewHistory: "See who made, changed and looked at a booking"
    case .viewAccess: "See who can see a booking"
    case .blockTimeOff: "Block time"
    case .liftTimeOff: "Lift blocks"
    case .searchCustomers: "Find customers by name, phone or e-mail"
    case .viewMoney: "See prices and what was earned"
    case .viewAudit: "Read the record of everything done here"
    case .viewMail: "See mail settings and mail that did not arrive"
    case .setMail: "Change the mail settings"
    case .viewPeople: "See who works here and how they sign in"
    case .invitePeople: "Invite people"
    case .endAccess: "End people’s access"
    case .manageRoles: "Make roles and give them to people"
    case .approveAccess: "Say yes or no to what others ask for"
    case .breakGlass: "Open more in an emergency, for half an hour, seen by all owners"
    case .exportCustomers: "Take customers’ data out in bulk"
    case .eraseCustomers: "Erase customers’ data in bulk"
    case .changeOwnAccess: "Look after their own sign-in"
    }
  }

  /// Inside a sentence: "invite people".
  static func inSentence(_ verb: Verb) -> String {
    let label = label(verb)
    return label.prefix(1).lowercased() + label.dropFirst()
  }

  static func heading(_ object: Verb.Object) -> String {
    switch object {
    case .booking: "Bookings"
    case .customer: "Customers"
    case .timeOff: "Time off"
    case .money: "Money"
    case .audit: "The record"
    case .mail: "Mail"
    case .staffRecord: "People who work here"
    case .access: "Who may do what"
    case .ownAccess: "Their own sign-in"
    }
  }

  /// As a choice: "At their places"; a verb that reaches only one way is a yes.
  static func choice(_ scope: Scope, of verb: Verb) -> String {
    if verb.scopes.count == 1 { return "Yes" }
    switch scope {
    case .own: return "Their own"
    case .team: return "Their team’s"
    case .location: return "At their places"
    case .all: return "Everything"
    }
  }

  static func level(_ level: Level) -> String {
    switch level {
    case .p0: "Time and service only"
    case .p1: "With the name"
    case .p2, .p3: "With name, address and answers"
    }
  }

  /// What a role may do, thing by thing; things of which it may nothing are left out.
  static func groups(_ role: RoleDefinition) -> [(heading: String, lines: [String])] {
    Verb.Object.allCases.compactMap { object in
      let rules = role.rules.filter { $0.verb.object == object }
      return rules.isEmpty ? nil : (heading(object), rules.map(line))
    }
  }

  /// "Open bookings: at their places, with the name".
  static func line(_ rule: RoleRule) -> String {
    var parts: [String] = []
    if rule.verb.scopes.count > 1 { parts.append(choice(rule.scope, of: rule.verb).lowercased()) }
    if rule.effect == .allow, rule.verb.showsFields { parts.append(level(rule.level).lowercased()) }
    if rule.effect == .deny, rule.level > .p0 { parts.append("nothing beyond " + beyond(rule.level)) }
    if let window = rule.window {
      parts.append(
        "from \(PageWords.length(window.before)) before the visit until \(PageWords.length(window.after)) after it"
      )
    }
    let what = (rule.effect == .deny ? "Never: " : "") + label(rule.verb)
    return parts.isEmpty ? what : what + ": " + parts.joined(separator: ", ")
  }

  private static func beyond(_ level: Level) -> String {
    level == .p1 ? "time and service" : "the name"
  }
}
