import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

/// A request of a customer who has proved their address.
struct CustomerVisit: Sendable {
  let visit: Visit
  let desk: Desk
  let timetable: Timetable
  let customer: SignedInCustomer
  /// What every form of this session carries.
  let csrf: String

  /// `/my/spare-hands`
  var base: String { "/my/\(desk.business)" }
}

extension Visit {
  private var customerToken: String? { CustomerCookie(web.settings).token(in: request) }

  /// Whose session the request carries; nil without one, and for one that has ended.
  func customer(_ desk: Desk) async throws -> SignedInCustomer? {
    guard let token = customerToken else { return nil }
    return try await desk.customer(token: token)
  }

  fileprivate func signedInCustomer(_ desk: Desk) async throws -> CustomerVisit? {
    guard let token = customerToken, let customer = try await desk.customer(token: token) else { return nil }
    return CustomerVisit(
      visit: self,
      desk: desk,
      timetable: try await desk.timetable(),
      customer: customer,
      csrf: desk.csrfToken(for: customer)
    )
  }
}

/// The pages of customers who look at their own bookings; each handler is one route.
enum CustomerPages {
  /// Shows something to a customer who has proved their address; everybody else is asked for it.
  static func show(_ visit: Visit, _ body: (CustomerVisit) async throws -> Response) async throws -> Response
  {
    let desk = try await visit.desk()
    guard let customer = try await visit.signedInCustomer(desk) else { return start(desk) }
    do {
      return try await body(customer)
    } catch let refusal as Refusal where refusal.code == .signInNeeded {
      // What they had handed in was erased meanwhile.
      var response = start(desk)
      response.headers[.setCookie] = CustomerCookie(visit.web.settings).expired
      return response
    }
  }

  /// Does something for a customer who has proved their address. The form carries its session's token besides coming from
  /// this site.
  static func act(_ visit: Visit, _ body: (CustomerVisit, Form) async throws -> Response) async throws
    -> Response
  {
    try await show(visit) { customer in
      let form = try await visit.form()
      guard customer.desk.isCSRFTokenValid(form["csrf"] ?? "", for: customer.customer) else {
        throw Refusal(.notAllowed)
      }
      return try await body(customer, form)
    }
  }

  private static func start(_ desk: Desk) -> Response { StaffPages.seeOther("/my/\(desk.business)") }
}
