import Booking
import HTTPTypes

/// Every door there is, with its permit. A path or method that is not here is answered 404 or 405.
enum Routes {
  static let all: [Route] = [
    plain, setUp, people, roles, publicPages, managePages, customers, account, staffDoor, staffPages,
    staffChanges, passwords, review, leave, record, bulk, api,
  ].flatMap { $0 }

  private static let plain: [Route] = [
    Route(.get, "/healthz", .anybody, .plain, Health.alive),
    Route(.get, "/readyz", .anybody, .plain, Health.ready),
    Route(.get, "/assets/:name", .anybody, .plain, PublicPages.asset),
  ]

  private static let publicPages: [Route] = [
    Route(.get, "/", .anybody, .page, PublicPages.home),
    Route(.get, "/book/:business", .anybody, .page, limited: .looking, PublicPages.book),
    Route(.post, "/book/:business/bookings", .anybody, .page, limited: .booking, PublicPages.makeBooking),
  ]

  private static let managePages: [Route] = [
    Route(.get, "/manage/:business", .anybody, .page, PublicPages.askForCode),
    Route(.post, "/manage/:business", .manageCode, .page, limited: .code, PublicPages.manage),
    Route(.post, "/manage/:business/times", .manageCode, .page, limited: .code, PublicPages.timesToMove),
    Route(.post, "/manage/:business/reschedule", .manageCode, .page, limited: .code, PublicPages.reschedule),
    Route(.post, "/manage/:business/cancellation", .manageCode, .page, limited: .code, PublicPages.cancel),
    Route(.post, "/manage/:business/confirmation", .manageCode, .page, limited: .code, PublicPages.confirm),
  ]

  private static let staffDoor: [Route] = []

  private static let staffPages: [Route] = [
    Route(.get, "/staff/:business", .signedIn, .page, StaffPages.home),
    Route(.get, "/staff/:business/day", .staff(.viewDay), .page, StaffPages.day),
    Route(.get, "/staff/:business/week", .staff(.viewDay), .page, StaffPages.week),
    Route(.get, "/staff/:business/bookings/new", .staff(.makeBooking), .page, StaffPages.newBooking),
    Route(.get, "/staff/:business/bookings/:id", .staff(.viewBooking), .page, StaffPages.booking),
    Route(
      .get,
      "/staff/:business/bookings/:id/reschedule",
      .staff(.moveBooking),
      .page,
      StaffPages.timesToMove
    ),
    Route(.get, "/staff/:business/time-off", .staff(.blockTimeOff), .page, StaffPages.timeOff),
    Route(.get, "/staff/:business/time-off/:id", .staff(.blockTimeOff), .page, StaffPages.timeOffResult),
    Route(.get, "/staff/:business/customers", .staff(.searchCustomers), .page, StaffPages.customers),
    Route(.get, "/staff/:business/mail", .staff(.viewMail), .page, StaffPages.mail),
  ]

  private static let staffChanges: [Route] = [
    Route(.post, "/staff/:business/bookings", .staff(.makeBooking), .page, StaffPages.makeBooking),
    Route(
      .post,
      "/staff/:business/bookings/:id/contact",
      .staff(.revealContact),
      .page,
      StaffPages.revealContact
    ),
    Route(.post, "/staff/:business/bookings/:id/mark", .staff(.markVisit), .page, StaffPages.mark),
    Route(
      .post,
      "/staff/:business/bookings/:id/cancellation",
      .staff(.cancelBooking),
      .page,
      StaffPages.cancel
    ),
    Route(
      .post,
      "/staff/:business/bookings/:id/reschedule",
      .staff(.moveBooking),
      .page,
      StaffPages.reschedule
    ),
    Route(.post, "/staff/:business/time-off", .staff(.blockTimeOff), .page, StaffPages.blockTimeOff),
    Route(
      .post,
      "/staff/:business/time-off/:id/lifting",
      .staff(.liftTimeOff),
      .page,
      StaffPages.liftTimeOff
    ),
    Route(.post, "/staff/:business/customers", .staff(.searchCustomers), .page, StaffPages.searchCustomers),
    Route(.post, "/staff/:business/mail", .staff(.setMail), .page, StaffPages.setMail),
    Route(.post, "/staff/:business/mail/test", .staff(.setMail), .page, StaffPages.testMail),
    Route(.post, "/staff/:business/mail/failed", .staff(.setMail), .page, StaffPages.sendFailedAgain),
  ]

  private static let api: [Route] = [
    Route(.get, "/api/v1/openapi.json", .anybody, .api, OpenAPI.document),
    Route(.get, "/api/v1/:business/services", .anybody, .api, limited: .looking, API.services),
    Route(.get, "/api/v1/:business/staff", .anybody, .api, limited: .looking, API.staff),
    Route(.get, "/api/v1/:business/slots", .anybody, .api, limited: .looking, API.slots),
    Route(.post, "/api/v1/:business/bookings", .anybody, .api, limited: .booking, API.makeBooking),
    Route(.post, "/api/v1/:business/manage", .manageCode, .api, limited: .code, API.manage),
    Route(.post, "/api/v1/:business/manage/reschedule", .manageCode, .api, limited: .code, API.reschedule),
    Route(.post, "/api/v1/:business/manage/cancellation", .manageCode, .api, limited: .code, API.cancel),
    Route(.get, "/api/v1/:business/day", .staff(.viewDay), .api, StaffAPI.day),
    Route(
      .post,
      "/api/v1/:business/customer-searches",
      .staff(.searchCustomers),
      .api,
      StaffAPI.searchCustomers
    ),
  ]
}
