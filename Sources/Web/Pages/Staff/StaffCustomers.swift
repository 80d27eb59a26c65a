import Booking
import Desk
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/customers`: the empty question.
  @Sendable static func customers(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      guard staff.mayAny(.searchCustomers) else { throw Refusal(.notAllowed) }
      return try customersPage(staff, query: "", FormErrors([]), found: nil)
    }
  }

  /// `POST /staff/{business}/customers`: by POST, so that no address, log or history holds what was looked
  /// for.
  @Sendable static func searchCustomers(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      let query = form["query"] ?? ""
      do {
        let found = try await staff.desk.searchCustomers(query, by: staff.person)
        return staff.fading(
          try customersPage(staff, query: query, FormErrors([]), found: found),
          to: staff.base + "/customers"
        )
      } catch let refusal as Refusal where refusal.code == .invalid {
        var errors = FormErrors([])
        errors.add("query", "Please type at least three letters or digits.")
        return try customersPage(staff, query: query, errors, found: nil)
      }
    }
  }

  private static func customersPage(
    _ staff: StaffVisit,
    query: String,
    _ errors: FormErrors,
    found: [FoundCustomer]?
  ) throws -> Response {
    let bulk = [
      (Verb.exportCustomers, "Take them out in one file", "/customers/export"),
      (Verb.eraseCustomers, "Erase those of long ago", "/customers/erasure"),
      (Verb.manageRoles, "Plant one who is nobody", "/customers/decoys"),
    ].filter { staff.visit.side.serves($0.0) && staff.may($0.0) }
      .map {
        LinkOption(label: $0.1, url: staff.base + $0.2, isChosen: false)
      }
    return try staff.visit.page(
      StaffCustomersPage(
        layout: staff.layout("Customers", .customers, hasProblem: !errors.isEmpty),
        action: staff.base + "/customers",
        errors: errors.summary,
        query: errors.field("query", query),
        result: found.map { found in
          StaffCustomersPage.Result(
            summary: summary(found.count),
            customers: found.map { StaffCustomersPage.Customer($0, staff) }
          )
        },
        bulk: bulk,
        hasBulk: !bulk.isEmpty
      ),
      status: errors.isEmpty ? .ok : .unprocessableContent
    )
  }

  private static func summary(_ count: Int) -> String {
    switch count {
    case 0: "Nobody found"
    case Desk.mostFound...: "The first \(Desk.mostFound) customers found; more may match"
    default: PageWords.count(count, "customer") + " found"
    }
  }
}

extension StaffCustomersPage.Customer {
  fileprivate init(_ customer: FoundCustomer, _ staff: StaffVisit) {
    self.init(
      name: customer.name,
      email: customer.email,
      phone: PageWords.phone(customer.phone),
      bookings: customer.bookings.sorted { $0.served.start > $1.served.start }.map { booking in
        let zone = staff.zone(of: booking)
        return StaffCustomersPage.Booking(
          url: staff.base + "/bookings/\(booking.id)",
          time: PageWords.longDay(zone.day(at: booking.served.start)) + ", "
            + PageWords.clock(booking.served.start, in: zone),
          service: staff.timetable.service(booking.service)?.name ?? booking.service.text,
          status: PageWords.state(booking.state)
        )
      }
    )
  }
}
