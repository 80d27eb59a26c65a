/// What staff can ask to do: a verb and its object.
package enum Verb: String, Hashable, Sendable, Codable, CaseIterable {
  case viewDay = "view-day"
  case viewBooking = "view-booking"
  case revealContact = "reveal-contact"
  case makeBooking = "make-booking"
  case moveBooking = "move-booking"
  case cancelBooking = "cancel-booking"
  case markVisit = "mark-visit"
  /// Who made, changed and looked at a booking.
  case viewHistory = "view-history"
  /// Who can see a booking and its customer.
  case viewAccess = "view-access"
  case blockTimeOff = "block-time-off"
  case liftTimeOff = "lift-time-off"
  case searchCustomers = "search-customers"
  /// Prices, and what was earned.
  case viewMoney = "view-money"
  /// The record of everything that was done.
  case viewAudit = "view-audit"
  case viewMail = "view-mail"
  case setMail = "set-mail"
  /// Records of staff: who works here, how they sign in, where they are signed in.
  case viewPeople = "view-people"
  case invitePeople = "invite-people"
  /// Ending others' sessions, forgetting their devices, deciding about findings, leaving.
  case endAccess = "end-access"
  /// Making roles and giving them to people, and the review of who has which.
  case manageRoles = "manage-roles"
  /// Saying yes or no to what somebody else asks for.
  case approveAccess = "approve-access"
  /// Opening what one's role does not, in an emergency, for half an hour and seen by all owners.
  case breakGlass = "break-glass"
  /// Taking customers' data out in bulk.
  case exportCustomers = "export-customers"
  /// Erasing customers' data in bulk.
  case eraseCustomers = "erase-customers"
  /// Adding and removing one's own passkeys and codes. Everybody may whose role does not deny it.
  case changeOwnAccess = "change-own-access"

  /// What the verb is done to.
  package enum Object: String, Hashable, Sendable, CaseIterable {
    case booking
    case customer
    case timeOff = "time-off"
    case money
    case audit
    case mail
    case staffRecord = "staff-record"
    case access
    case ownAccess = "own-access"
  }

  package var object: Object {
    switch self {
    case .viewDay, .viewBooking, .makeBooking, .moveBooking, .cancelBooking, .markVisit, .viewHistory,
      .viewAccess:
      .booking
    case .revealContact, .searchCustomers, .exportCustomers, .eraseCustomers: .customer
    case .blockTimeOff, .liftTimeOff: .timeOff
    case .viewMoney: .money
    case .viewAudit: .audit
    case .viewMail, .setMail: .mail
    case .viewPeople, .invitePeople, .endAccess: .staffRecord
    case .manageRoles, .approveAccess, .breakGlass: .access
    case .changeOwnAccess: .ownAccess
    }
  }

  /// How far a rule about it can reach; one that reaches further or less is refused.
  package var scopes: [Scope] {
    switch self {
    case .viewDay, .viewBooking, .revealContact, .makeBooking, .moveBooking, .cancelBooking, .markVisit,
      .viewHistory, .viewAccess, .blockTimeOff, .liftTimeOff, .viewMoney:
      [.own, .team, .location, .all]
    case .searchCustomers: [.location, .all]
    case .viewAudit, .viewMail, .setMail, .viewPeople, .invitePeople, .endAccess, .manageRoles,
      .approveAccess, .exportCustomers, .eraseCustomers:
      [.all]
    case .breakGlass, .changeOwnAccess: [.own]
    }
  }

  /// Whether it shows fields of customers, so that a rule says up to which level.
  package var showsFields: Bool { self == .viewBooking }

  /// Whether it shows something about one visit, so that a rule may say how long before and after.
  package var hasWindow: Bool { [.viewBooking, .revealContact, .viewHistory, .markVisit].contains(self) }

  /// Whoever is given one of these has more in hand than visits: a second person agrees first.
  package var isStrong: Bool {
    switch self {
    case .setMail, .invitePeople, .endAccess, .manageRoles, .approveAccess, .exportCustomers, .eraseCustomers,
      .viewAudit:
      true
    default: false
    }
  }
}
