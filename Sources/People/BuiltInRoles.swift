package import Booking
import Primitives

extension RoleDefinition {
  /// The roles that every business has, in the order of ``Role/builtIn``. They cannot be changed; a business that wants
  /// another makes its own.
  package static let builtIn: [RoleDefinition] = [
    owner, administrator, receptionist, technician, bookkeeper, auditor, vendor, newcomer,
  ]

  /// Twelve hours before a visit until four after it.
  package static let aroundVisit = VisitWindow(before: 720, after: 240)

  /// Whom nothing is allowed: of a role that no longer exists.
  package static func nothing(_ id: Role) -> RoleDefinition {
    RoleDefinition(id: id, name: id.rawValue, rules: [RoleRule(.changeOwnAccess, .own)])
  }

  private static let visits: [Verb] = [
    .viewDay, .makeBooking, .moveBooking, .cancelBooking, .markVisit, .viewHistory,
  ]

  private static func allow(_ verbs: [Verb], _ scope: Scope) -> [RoleRule] {
    verbs.map { RoleRule($0, scope) }
  }

  private static let owner = RoleDefinition(
    id: .owner,
    name: "Owner",
    rules: [RoleRule(.viewBooking, .all, level: .p2)]
      + allow(visits + [.viewAccess, .revealContact, .searchCustomers, .blockTimeOff, .liftTimeOff], .all)
      + allow([.viewMoney, .viewAudit, .viewMail, .setMail, .viewPeople, .invitePeople, .endAccess], .all)
      + allow([.manageRoles, .approveAccess, .exportCustomers, .eraseCustomers], .all)
      + allow([.changeOwnAccess], .own),
    limit: ReadingLimit(perMinute: 120, perDay: 400)
  )

  private static let administrator = RoleDefinition(
    id: .administrator,
    name: "Administrator",
    rules: [RoleRule(.viewBooking, .all, level: .p1)]
      + allow(visits + [.viewAccess, .revealContact, .searchCustomers, .blockTimeOff, .liftTimeOff], .all)
      + allow([.viewMoney], .all)
      + allow([.breakGlass, .changeOwnAccess], .own),
    limit: ReadingLimit(perMinute: 120, perDay: 400)
  )

  private static let receptionist = RoleDefinition(
    id: .receptionist,
    name: "Receptionist",
    rules: [RoleRule(.viewBooking, .location, level: .p1)]
      + allow(visits + [.revealContact, .searchCustomers, .blockTimeOff], .location)
      + allow([.breakGlass, .changeOwnAccess], .own),
    limit: ReadingLimit(perMinute: 60, perDay: 300)
  )

  private static let technician = RoleDefinition(
    id: .technician,
    name: "Technician",
    rules: [
      RoleRule(.viewBooking, .own),
      RoleRule(.viewBooking, .own, level: .p2, window: aroundVisit),
      RoleRule(.revealContact, .own, window: aroundVisit),
    ]
      + allow(visits + [.blockTimeOff, .liftTimeOff], .own)
      + allow([.breakGlass, .changeOwnAccess], .own),
    limit: ReadingLimit(perMinute: 40, perDay: 80)
  )

  private static let bookkeeper = RoleDefinition(
    id: .bookkeeper,
    name: "Bookkeeper",
    rules: allow([.viewMoney], .all) + allow([.changeOwnAccess], .own)
  )

  private static let auditor = RoleDefinition(
    id: .auditor,
    name: "Auditor",
    rules: allow([.viewAudit], .all) + allow([.changeOwnAccess], .own)
  )

  private static let vendor = RoleDefinition(
    id: .vendor,
    name: "Vendor",
    rules: [
      RoleRule(.viewDay, .own),
      RoleRule(.viewBooking, .own),
      RoleRule(.viewBooking, .own, level: .p2, window: VisitWindow(before: 120, after: 60)),
      RoleRule(.markVisit, .own),
      RoleRule(.changeOwnAccess, .own),
    ],
    limit: ReadingLimit(perMinute: 20, perDay: 40)
  )

  private static let newcomer = RoleDefinition(
    id: .newcomer,
    name: "Newcomer",
    rules: [RoleRule(.changeOwnAccess, .own)]
  )
}

extension Business {
  /// Every role there is here, the built-in ones first.
  package var allRoles: [RoleDefinition] { RoleDefinition.builtIn + roles }

  /// Nil for a name that is no role's.
  package func definition(of role: Role) -> RoleDefinition? { allRoles.first { $0.id == role } }
}
