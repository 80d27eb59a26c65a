import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

extension Shop {
  /// Spare Hands with a place in Kaunas, and with Rita as a second owner where two are needed; the owners have something to
  /// sign in with.
  static func withRoles(twoOwners: Bool = true) async throws -> Shop {
    var business = try withRolesBusiness()
    var emails = Cast.emails
    if twoOwners {
      business.staff.append(StaffMember(idle: try slug("rita"), "Rita", .owner))
      emails["rita"] = "rita@example.test"
    }
    let shop = try await Shop(business, emails: emails)
    _ = try await shop.signIn(for: "ona")
    if twoOwners { _ = try await shop.signIn(for: "rita") }
    return shop
  }

  static func withRolesBusiness() throws -> Business {
    var business = try SpareHands.business()
    business.locations.append(
      Location(id: try slug("kaunas"), name: "Kaunas", address: nil, zone: "Europe/Vilnius", holidays: [])
    )
    return business
  }

  func version() async throws -> Int { try await desk.businessVersion() }

  func grant(_ person: String, _ role: Role, at places: [String] = []) throws -> RoleGrant {
    RoleGrant(
      person: try slug(person),
      role: role,
      locations: try places.map(slug),
      team: nil,
      engagement: nil
    )
  }

  func role(of person: String) async throws -> Role? {
    try await raw.read { try $0.business()?.business.staffMember(try slug(person))?.role }
  }

  /// Asks, by Ona, that Milda becomes an owner.
  func raise(_ person: String = "milda", to role: Role = .owner) async throws -> Approval {
    let ona = try await self.person("ona")
    let outcome = try await desk.giveRole(try grant(person, role), version: nil, by: ona)
    guard case .asked(let approval) = outcome else { throw Refusal(.unknown) }
    return approval
  }

  func state(of approval: Approval) async throws -> String? {
    try await texts("SELECT state FROM approval WHERE asked_at = \(approval.askedAt.seconds)").first
  }
}

/// A receptionist who sees no prices, of a name of the business's own.
func kaunasDesk(_ name: String = "Receptionist at Kaunas") -> RoleDraft {
  RoleDraft(
    name: name,
    rules: [
      RoleRule(.viewDay, .location), RoleRule(.viewBooking, .location, level: .p1),
      RoleRule(.makeBooking, .location), RoleRule(.changeOwnAccess, .own),
    ],
    perMinute: 60,
    perDay: 200
  )
}
