import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension PublicPages {
  /// The empty form for a time; near times when that one is not free.
  static func details(_ visit: Visit, _ desk: Desk, _ choice: BookingChoice, _ start: Instant) async throws
    -> Response
  {
    let form = DetailsForm(choice, start: start)
    guard let second = Interval(start: start, end: start + 1),
      let offer = try await desk.offers(choice.question(over: second)).first
    else {
      let taken = try await near(start, of: choice, desk, .notOffered)
      return try visit.page(form.page(visit, now: desk.now, taken: taken), status: .conflict)
    }
    return try visit.page(
      form.page(visit, now: desk.now, location: choice.timetable.location(offer.location))
    )
  }

  /// Free times near one that was lost, in the zone shown.
  static func near(
    _ start: Instant,
    of choice: BookingChoice,
    _ desk: Desk,
    _ reason: RefusalCode,
    error: String? = nil
  ) async throws -> BookDetailsPage.Taken {
    let zone = choice.zone
    let day = max(zone.day(at: start), zone.day(at: desk.now))
    var offers: [Offer] = []
    // The same day and the next; only when both are full, further.
    for days in [2, 14] where offers.isEmpty {
      guard let span = Interval(start: zone.startOfDay(day), end: zone.startOfDay(day + days)) else { break }
      offers = try await desk.offers(choice.question(over: span))
    }
    let nearest = offers.sorted { abs($0.start - start) < abs($1.start - start) }.prefix(8).sorted {
      $0.start < $1.start
    }
    let free = FreeDays(nearest, in: zone)
    let groups = free.days.flatMap { day in
      TimeGroup.groups(
        free[day],
        in: zone,
        heading: { PageWords.day(day) + ", " + PageWords.part(of: $0).lowercased() }
      ) {
        TimeGroup.Time($0, in: zone, showsPlaces: choice.service.capacity > 1, isChosen: false, url: "")
      }
    }
    let wasTaken = reason == .slotTaken
    return BookDetailsPage.Taken(
      heading: wasTaken ? "Somebody else was quicker" : "This time cannot be booked any more",
      text: wasTaken
        ? "The time above has just been taken." : "The time above is not free, or it is too close by now.",
      zone: PageWords.zone(zone, at: start),
      groups: groups,
      hasTimes: !groups.isEmpty,
      startError: error
    )
  }
}

/// The details form with what was typed into it.
struct DetailsForm: Sendable {
  let choice: BookingChoice
  let start: Instant
  /// Recognises a form that is sent twice.
  let key: String
  private let typed: Form

  /// A fresh one.
  init(_ choice: BookingChoice, start: Instant) {
    self.init(choice, start: start, typed: Form(query: ""))
  }

  /// `typed`: the form as it came.
  init(_ choice: BookingChoice, start: Instant, typed: Form) {
    self.choice = choice
    self.start = start
    self.typed = typed
    let given = typed["key"] ?? ""
    let isOurs =
      given.utf8.count == 32
      && given.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    key = isOurs ? given : DetailsForm.newKey()
  }

  var request: BookingRequest {
    BookingRequest(
      service: choice.service.id,
      minutes: choice.minutes,
      staff: choice.staff?.id,
      location: choice.location?.id,
      start: start,
      zone: choice.zone.name,
      contact: ContactForm(
        name: typed["name"] ?? "",
        email: typed.filled("email"),
        phone: typed.filled("phone"),
        address: typed.filled("address"),
        answers: typed.named("answer-").filter { !$0.value.isEmpty }
      ),
      channel: .page,
      idempotencyKey: key
    )
  }

  /// - `taken`: near times, when this one was lost.
  /// - `location`: where it would be; nil: as chosen.
  func page(
    _ visit: Visit,
    now: Instant,
    errors: FormErrors = FormErrors([]),
    taken: BookDetailsPage.Taken? = nil,
    location: Location? = nil
  ) -> BookDetailsPage {
    let service = choice.service
    let place = location ?? choice.place
    let placeZone = choice.timetable.zone(of: place.id) ?? choice.zone
    let served = Interval(start: start, end: start + .minutes(max(1, choice.minutes)))
    let hasProblem = !errors.isEmpty || taken != nil
    return BookDetailsPage(
      layout: visit.layout(choice.business, title: "Your details", hasErrors: hasProblem),
      timesURL: choice.url(day: choice.zone.day(at: start)),
      servicesURL: choice.servicesURL,
      action: choice.servicesURL + "/bookings",
      carried: choice.carried + [
        Hidden(name: "zone", value: choice.zone.name),
        Hidden(name: "key", value: key),
        // Where to look for near times when none of those shown was chosen.
        Hidden(name: "near", value: placeZone.rfc3339(start)),
      ],
      start: taken == nil ? placeZone.rfc3339(start) : nil,
      taken: taken,
      appointment: served.map { PageWords.appointment(service.name, $0, in: placeZone, visitor: choice.zone) }
        ?? Appointment(service: service.name, day: "", hours: "", zone: "", elsewhere: nil),
      person: choice.staff.map { "with " + $0.name },
      place: PageWords.place(service, at: place),
      price: service.price.map { PageWords.price($0, choice.business.currency) },
      errors: errors.summary(naming: labels),
      name: errors.field("name", typed["name"]),
      email: errors.field("email", typed["email"]),
      phone: errors.field("phone", typed["phone"]),
      phoneIsRequired: service.place == .phone,
      address: service.place == .customer ? errors.field("address", typed["address"]) : nil,
      questions: service.questions.map { BookDetailsPage.Question($0, typed: typed, errors) },
      // Another time will have another one.
      policy: taken == nil
        ? PageWords.policyAhead(
          choice.business.policy,
          start: start,
          in: placeZone,
          now: now,
          contact: choice.business.contact
        ) : nil,
      privacy: PrivacyNote(service, choice.business)
    )
  }

  /// As the template and the service's questions have them.
  private var labels: [String: String] {
    var labels = [
      "name": "Your name", "email": "E-mail address", "phone": "Phone number",
      "address": "Address of the visit",
    ]
    for question in choice.service.questions { labels["answer-\(question.id)"] = question.label }
    return labels
  }

  /// 128 random bits.
  static func newKey() -> String {
    var generator = SystemRandomNumberGenerator()
    let halves = [generator.next(), generator.next()].map { (half: UInt64) in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
    return halves.joined()
  }
}

extension BookDetailsPage.Question {
  /// `typed`: the form as it came, whose answers are shown again.
  init(_ question: Question, typed: Form, _ errors: FormErrors) {
    let field = "answer-\(question.id)"
    let value = typed[field] ?? ""
    let choices: [(value: String, label: String)] =
      switch question.kind {
      case .choice: question.choices.map { ($0, $0) }
      case .yesNo: [("yes", "Yes"), ("no", "No")]
      case .line, .text: []
      }
    self.init(
      field: field,
      label: question.label,
      reason: question.reason,
      isLine: question.kind == .line,
      isText: question.kind == .text,
      isChoice: question.kind == .choice,
      isYesNo: question.kind == .yesNo,
      isRequired: question.required,
      value: value,
      options: choices.map { Option(value: $0.value, label: $0.label, isChosen: $0.value == value) },
      error: errors[field]
    )
  }
}
