import Booking
import Foundation
import HTTPTypes

extension PermissionTable {
  /// Every route with its permit, and for each role what is decided about each verb, by whose it is and when.
  package func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let document = Document(
      roles: roles.map { role in
        Document.Role(id: role.id.rawValue, name: role.name, decisions: decisions(of: role))
      },
      routes: routes.map { route in
        Document.Route(
          method: route.method.rawValue,
          path: route.path,
          kind: "\(route.kind)",
          permit: route.permit.name,
          verb: route.permit.verb?.rawValue
        )
      }
    )
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  private func decisions(of role: RoleDefinition) -> [String: [String: [String: String]]] {
    var decisions: [String: [String: [String: String]]] = [:]
    for verb in Verb.allCases {
      for relation in Relation.allCases {
        for moment in Moment.allCases {
          decisions[verb.rawValue, default: [:]][relation.rawValue, default: [:]][moment.rawValue] =
            answer(role, verb, relation, moment)
        }
      }
    }
    return decisions
  }

  private struct Document: Encodable {
    struct Role: Encodable {
      let id: String
      let name: String
      /// Verb, whose it is, when: `P0`, `P1`, `P2`, or why not.
      let decisions: [String: [String: [String: String]]]
    }

    struct Route: Encodable {
      let method: String
      let path: String
      let kind: String
      let permit: String
      /// Nil where no verb is asked for.
      let verb: String?
    }

    let roles: [Role]
    let routes: [Route]
  }
}

extension RoutePermit {
  /// Its name for programs.
  var name: String {
    switch self {
    case .anybody: "anybody"
    case .manageCode: "manage-code"
    case .inviteCode: "invite-code"
    case .mailedCode: "mailed-code"
    case .signedIn: "signed-in"
    case .customer: "customer"
    case .setUpCode: "set-up-code"
    case .staff: "staff"
    }
  }

  var verb: Verb? {
    if case .staff(let verb) = self { verb } else { nil }
  }
}
