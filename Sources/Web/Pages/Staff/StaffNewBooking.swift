import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/bookings/new?service=&staff=&day=`
  @Sendable static func newBooking(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      guard staff.mayAny(.makeBooking) else { throw Refusal(.notAllowed) }
      return try await newBookingPage(staff, CallerForm(staff, visit.query), FormErrors([]), status: .ok)
    }
  }

  /// `POST /staff/{business}/bookings`: for somebody who calls. What was typed is kept whatever is wrong, and
  /// whoever was quicker.
  @Sendable static func makeBooking(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      var typed = CallerForm(staff, form)
      var errors = FormErrors([])
      guard let service = typed.service, let start = typed.start else {
        errors.add(
          typed.service == nil ? "service" : "start",
          "Please choose a \(typed.service == nil ? "service" : "time")."
        )
        return try await newBookingPage(staff, typed, errors, status: .unprocessableContent)
      }
      typed.day = typed.zone(staff).day(at: start)
      do {
        let ticket = try await staff.desk.bookForCaller(try typed.request(service, start), by: staff.person)
        return seeOther(staff.base + "/bookings/\(ticket.booking.id)?said=" + Said.booked.rawValue)
      } catch let refusal as Refusal {
        switch refusal.code {
        case .invalid:
          return try await newBookingPage(
            staff,
            typed,
            FormErrors(refusal.fields),
            status: .unprocessableContent
          )
        case .slotTaken, .notOffered:
          errors.add("start", refusal.code.sentence)
          return try await newBookingPage(staff, typed, errors, status: .conflict)
        default: throw refusal
        }
      }
    }
  }

  private static func newBookingPage(
    _ staff: StaffVisit,
    _ typed: CallerForm,
    _ problems: FormErrors,
    status: HTTPResponse.Status
  ) async throws -> Response {
    var (errors, status) = (problems, status)
    var form: StaffNewBookingPage.Form?
    if let service = typed.service {
      do {
        let free = FreeDays(try await typed.offers(service, staff), in: typed.zone(staff))
        form = StaffNewBookingPage.Form(service, typed, free, staff, errors)
      } catch let refusal as Refusal where refusal.code == .invalid {
        errors.add("staff", "This person does not do that. Please choose somebody else, or anyone.")
        status = .unprocessableContent
      }
    }
    return try staff.visit.page(
      StaffNewBookingPage(
        layout: staff.layout("New booking", .newBooking, hasProblem: !errors.isEmpty),
        newURL: staff.base + "/bookings/new",
        services: typed.services(staff),
        people: typed.people(staff),
        day: typed.day.description,
        errors: errors.summary,
        form: form
      ),
      status: status
    )
  }
}

extension StaffNewBookingPage.Form {
  fileprivate init(
    _ service: Service,
    _ typed: CallerForm,
    _ free: FreeDays,
    _ staff: StaffVisit,
    _ errors: FormErrors
  ) {
    let groups = free.groups(of: typed.day, showsPlaces: service.capacity > 1, chosen: typed.start)
    let next = groups.isEmpty ? free.first(from: typed.day) : nil
    self.init(
      action: staff.base + "/bookings",
      carried: [
        Hidden(name: "service", value: service.id.text),
        Hidden(name: "minutes", value: String(typed.minutes)),
        Hidden(name: "staff", value: typed.staff?.text ?? ""),
        Hidden(name: "zone", value: free.zone.name),
        Hidden(name: "key", value: typed.key),
        // The day to show again when no time was chosen.
        Hidden(name: "day", value: typed.day.description),
      ],
      chosenDay: PageWords.longDay(typed.day),
      zone: PageWords.zone(free.zone, at: free.zone.startOfDay(typed.day) + .hours(12)),
      groups: groups,
      hasTimes: !groups.isEmpty,
      nextFree: next.map { day in
        BookTimesPage.NextFree(
          label: PageWords.day(day),
          url: QueryText.url(
            staff.base + "/bookings/new",
            [("service", typed.choice), ("staff", typed.staff?.text), ("day", day.description)]
          )
        )
      },
      startError: errors["start"],
      name: errors.field("name", typed.form["name"]),
      email: errors.field("email", typed.form["email"]),
      phone: errors.field("phone", typed.form["phone"]),
      address: service.place == .customer ? errors.field("address", typed.form["address"]) : nil,
      questions: service.questions.map { question in
        // Callers know less than the page may ask for; nothing is demanded of them.
        var question = question
        question.required = false
        return BookDetailsPage.Question(question, typed: typed.form, errors)
      }
    )
  }
}
