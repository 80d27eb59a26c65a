import Booking
import HTTPTypes

extension Routes {
  /// What happened, and who can see what.
  static let record: [Route] = [
    Route(
      .get,
      "/staff/:business/bookings/:id/access",
      .staff(.viewAccess),
      .page,
      StaffPages.accessList
    ),
    Route(.get, "/staff/:business/record", .staff(.viewAudit), .page, StaffPages.record),
  ]
}
