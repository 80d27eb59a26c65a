import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

extension Shop {
  var now: Instant { clock.now() }

  /// The token of a session that somebody has just begun.
  func session(_ id: String) async throws -> String {
    let (now, staff) = (clock.now(), try slug(id))
    return try await desk.store.change { [desk] in
      try desk.startSession(of: staff, method: .password, in: $0, from: .at(), now: now)
    }.token
  }

  /// Who it belongs to, with what they may do now.
  func seen(_ token: String) async throws -> StaffPerson {
    try #require(try await desk.person(token: token))
  }

  /// The same person, as their next request finds them.
  func again(_ person: StaffPerson) async throws -> StaffPerson {
    try await seen(try await session(person.id.text))
  }

  /// Leave that somebody asked for and Ona gave.
  @discardableResult
  func given(_ wish: String, to token: String, minutes: Int) async throws -> Identifier {
    let reason = "Milda is ill and I take her visits"
    let id = try await desk.askLeave(wish, minutes: minutes, because: reason, by: try await seen(token))
    try await desk.giveLeave(id, minutes: minutes, by: try await person("ona"))
    return id
  }
}

extension SpareHands {
  /// With a role that says yes and breaks the glass, Milda's, and one that denies names to Jonas.
  static func withLeader() throws -> Business {
    var business = try business()
    let (leader, blind) = (Role(try slug("leader")), Role(try slug("blind")))
    business.roles = [
      RoleDefinition(
        id: leader,
        name: "Leader",
        rules: [
          RoleRule(.viewDay, .own), RoleRule(.viewBooking, .own, level: .p1), RoleRule(.approveAccess, .all),
          RoleRule(.breakGlass, .own), RoleRule(.changeOwnAccess, .own),
        ]
      ),
      RoleDefinition(
        id: blind,
        name: "Without names",
        rules: [
          RoleRule(.viewDay, .all), RoleRule(.viewBooking, .all),
          RoleRule(.viewBooking, .all, level: .p1, effect: .deny),
          RoleRule(.revealContact, .all, effect: .deny), RoleRule(.changeOwnAccess, .own),
        ]
      ),
    ]
    for index in business.staff.indices {
      if business.staff[index].id.text == "milda" { business.staff[index].role = leader }
      if business.staff[index].id.text == "jonas" { business.staff[index].role = blind }
    }
    return business
  }
}

extension Cast {
  static let atHome = ContactForm(
    name: "Rasa Jankauskienė",
    email: "rasa@example.com",
    phone: "+370 600 00001",
    address: "Upės g. 5, Vilnius",
    answers: ["door": "4711"]
  )
}
