import Booking
import Desk
import People
import Primitives

/// The question and the form for somebody who calls, as chosen and typed so far.
struct CallerForm {
  let form: Form
  /// Nil until one is chosen.
  let service: Service?
  let minutes: Int
  /// Nil: anyone.
  let staff: Slug?
  var day: CivilDay
  let start: Instant?
  let key: String

  /// `service` is a service's slug; after a dot its length in minutes where it has several.
  init(_ visit: StaffVisit, _ form: Form) {
    self.form = form
    let parts = (form["service"] ?? "").split(separator: ".", maxSplits: 1)
    let service = parts.first.flatMap { Slug($0) }.flatMap { visit.timetable.service($0) }
    self.service = service
    let asked = form.filled("minutes") ?? parts.dropFirst().first.map(String.init)
    minutes = asked.flatMap { Int($0) } ?? service?.durations.first ?? 0
    staff = visit.reachesOthers(.makeBooking) ? form.filled("staff").flatMap { Slug($0) } : visit.person.id
    day = form.filled("day").flatMap { CivilDay($0) } ?? visit.today
    start = form.filled("start").flatMap { Instant(rfc3339: $0) }
    key = form.filled("key") ?? DetailsForm.newKey()
  }

  /// How the chosen service and length are named in the question.
  var choice: String {
    guard let service else { return "" }
    return CallerForm.choice(service, minutes)
  }

  /// The clock of the place where it is served.
  func zone(_ visit: StaffVisit) -> Zone {
    let person = staff.flatMap { visit.timetable.staffMember($0) }
    return service?.locations.first.flatMap { visit.timetable.zone(of: $0) }
      ?? person.map { visit.zone(of: $0) } ?? visit.home
  }

  /// Everything somebody here serves, hidden services too; for a technician what they serve themselves.
  func services(_ visit: StaffVisit) -> [Option] {
    let offered = visit.business.services.filter { service in
      let people = visit.timetable.staff(serving: service.id)
      return visit.reachesOthers(.makeBooking) ? !people.isEmpty : people.contains(visit.person.id)
    }
    return offered.flatMap { service in
      service.durations.map { minutes in
        Option(
          value: CallerForm.choice(service, minutes),
          label: service.name + ", " + PageWords.length(minutes),
          isChosen: service.id == self.service?.id && minutes == self.minutes
        )
      }
    }
  }

  /// Anyone, then those who serve it.
  func people(_ visit: StaffVisit) -> [Option] {
    let able = visit.business.staff.filter { person in
      (service.map { person.services.contains($0.id) } ?? !person.services.isEmpty) || person.id == staff
    }
    let people = able.filter { visit.may(.makeBooking, workOf: $0) }
      .map { Option(value: $0.id.text, label: $0.name, isChosen: $0.id == staff) }
    return visit.reachesOthers(.makeBooking)
      ? [Option(value: "", label: "Anyone", isChosen: staff == nil)] + people : people
  }

  /// Free starts from the chosen day on.
  func offers(_ service: Service, _ visit: StaffVisit) async throws -> [Offer] {
    let zone = zone(visit)
    guard let span = Interval(start: zone.startOfDay(day), end: zone.startOfDay(day + 62)) else { return [] }
    return try await visit.desk.offersForCaller(
      SlotQuestion(service: service.id, minutes: minutes, staff: staff, span: span, audience: .staff),
      by: visit.person
    )
  }

  /// - Throws: `.invalid` for a person who is none; whom one may book for, the act decides.
  func request(_ service: Service, _ start: Instant) throws -> BookingRequest {
    let asked = try form.slug("staff")
    return BookingRequest(
      service: service.id,
      minutes: minutes,
      staff: asked ?? staff,
      start: start,
      contact: ContactForm(
        name: form["name"] ?? "",
        email: form.filled("email"),
        phone: form.filled("phone"),
        address: form.filled("address"),
        answers: form.named("answer-").filter { !$0.value.isEmpty }
      ),
      channel: .staff,
      idempotencyKey: key
    )
  }

  private static func choice(_ service: Service, _ minutes: Int) -> String {
    minutes == service.durations.first ? service.id.text : "\(service.id).\(minutes)"
  }
}
