import Booking
import Desk
import Hummingbird
import Primitives

extension API {
  /// `GET /api/v1/{business}/services`
  @Sendable static func services(_ visit: Visit) async throws -> Response {
    let business = try await visit.desk().timetable().business
    return Response.json { json in
      json.array("services", business.services.filter { !$0.hidden }) { json, service in
        json.object { json in
          json.field("id", service.id.text)
          json.field("name", service.name)
          json.field("category", service.category)
          json.field("description", service.description)
          json.field("minutes", service.durations.first ?? 0)
          json.array("durations", service.durations) { $0.item($1) }
          json.field("place", service.place.rawValue)
          json.array("locations", service.locations) { $0.item($1.text) }
          json.field("capacity", service.capacity)
          if let price = service.price {
            json.object("price") { json in
              json.field("minor_units", price)
              json.field("currency", business.currency)
            }
          }
          // The address is asked like a question; it may also be sent as `customer.address`.
          json.array("questions", service.askedOfVisitors) { json, question in
            json.object { json in
              json.field("id", question.id.text)
              json.field("label", question.label)
              json.field("reason", question.reason)
              json.field("kind", question.kind.rawValue)
              json.field("required", question.required)
              if !question.choices.isEmpty { json.array("choices", question.choices) { $0.item($1) } }
            }
          }
        }
      }
    }
  }

  /// `GET /api/v1/{business}/staff`: those who serve somebody, by the name customers may see.
  @Sendable static func staff(_ visit: Visit) async throws -> Response {
    let business = try await visit.desk().timetable().business
    let hidden = Set(business.services.filter(\.hidden).map(\.id))
    return Response.json { json in
      json.array("staff", business.staff.filter { !$0.services.isEmpty }) { json, person in
        json.object { json in
          json.field("id", person.id.text)
          json.field("name", person.name)
          json.array("services", person.services.filter { !hidden.contains($0) }) { $0.item($1.text) }
        }
      }
    }
  }
}

extension Service {
  /// The id under which the address of a visit at the customer's is asked.
  static let addressQuestion = Slug("address")

  /// What the API says is asked: the service's own questions, after the address where somebody comes to the customer.
  fileprivate var askedOfVisitors: [Question] {
    guard place == .customer, let id = Service.addressQuestion, !questions.contains(where: { $0.id == id })
    else {
      return questions
    }
    let address = Question(
      id: id,
      label: "Your address",
      reason: "So that we find you.",
      kind: .text,
      choices: [],
      required: true,
      level: .p2,
      basis: .contract,
      retention: 0
    )
    return [address] + questions
  }
}
