import Booking
import Desk
import Primitives

/// A few days of bookings, so that the demo's lists are not empty.
struct DemoBookings {
  let desk: Desk
  let clock: any TimeSource

  private static let customers = [
    ("Rasa Jankauskienė", "rasa@example.com", "+370 600 00001", "Liepų g. 12-4, Vilnius"),
    ("Marius Petrauskas", "marius@example.com", "+370 600 00002", "Beržų g. 3, Vilnius"),
    ("Aldona Žemaitytė", "aldona@example.com", "+370 600 00003", "Ąžuolų al. 40-11, Vilnius"),
    ("Peter Novak", "peter@example.com", "+370 600 00004", "Klevų g. 7, Vilnius"),
    ("Ieva Kazlauskaitė", "ieva@example.com", "+370 600 00005", "Upės g. 21-2, Vilnius"),
    ("Tomas Balčiūnas", "tomas@example.com", "+370 600 00006", "Tilto g. 9, Vilnius"),
    ("Greta Urbonaitė", "greta@example.com", "+370 600 00007", "Sodų g. 15-8, Vilnius"),
    ("Samir Haddad", "samir@example.com", "+370 600 00008", "Pušyno g. 2, Vilnius"),
  ]

  private static let faults = [
    "It stopped in the middle and blinks twice.",
    "It hums but does not turn.",
    "Water under it after every use.",
    "It trips the fuse when it gets warm.",
  ]

  private static let words = [
    "parking": "In the yard, behind the green gate.",
    "boiler": "Not sure, it is about ten years old.",
    "bicycle": "A city bicycle, the chain slips.",
  ]

  /// Books every third free start of each service, today and the next six days.
  func make() async throws {
    let timetable = try await desk.timetable()
    var turn = 0
    for service in timetable.business.services {
      let now = clock.now()
      guard let span = Interval(start: now - .hours(3), end: now + .days(7)) else { continue }
      let question = SlotQuestion(service: service.id, span: span, audience: .staff)
      let offers = try await desk.offers(question)
      for offer in offers.enumerated().filter({ $0.offset % 9 == 2 }).prefix(6).map(\.element) {
        let customer = DemoBookings.customers[turn % DemoBookings.customers.count]
        turn += 1
        try await book(service, offer, customer, turn)
      }
    }
  }

  private func book(
    _ service: Service,
    _ offer: Offer,
    _ customer: (name: String, email: String, phone: String, address: String),
    _ turn: Int
  ) async throws {
    var answers: [String: String] = [:]
    for question in service.questions {
      answers[question.id.text] =
        switch question.kind {
        case .line, .text:
          DemoBookings.words[question.id.text] ?? DemoBookings.faults[turn % DemoBookings.faults.count]
        case .choice: question.choices.first ?? ""
        case .yesNo: "yes"
        }
    }
    let request = BookingRequest(
      service: service.id,
      location: offer.location,
      start: offer.start,
      contact: ContactForm(
        name: customer.name,
        email: customer.email,
        phone: customer.phone,
        address: service.place == .customer ? customer.address : nil,
        answers: answers
      ),
      channel: .staff
    )
    do {
      _ = try await desk.bookSlot(request, by: .commandLine)
    } catch let refusal as Refusal where refusal.code == .slotTaken || refusal.code == .notOffered {
      // An earlier demo booking has taken the person; the next offer will do.
    }
  }
}
