import Booking
import HTTPTypes

extension Routes {
  /// All customers at once: one file, or erased, which takes two people each; and customers who are nobody.
  static let bulk: [Route] = [
    Route(.get, "/staff/:business/customers/export", .staff(.exportCustomers), .page, StaffPages.exports),
    Route(.post, "/staff/:business/customers/export", .staff(.exportCustomers), .page, StaffPages.askExport),
    Route(
      .post,
      "/staff/:business/customers/export/:id",
      .staff(.exportCustomers),
      .page,
      StaffPages.takeExport
    ),
    Route(.get, "/staff/:business/customers/erasure", .staff(.eraseCustomers), .page, StaffPages.erasure),
    Route(.post, "/staff/:business/customers/erasure", .staff(.eraseCustomers), .page, StaffPages.askErasure),
    Route(.get, "/staff/:business/customers/decoys", .staff(.manageRoles), .page, StaffPages.decoys),
    Route(.post, "/staff/:business/customers/decoys", .staff(.manageRoles), .page, StaffPages.plantDecoy),
    Route(
      .post,
      "/staff/:business/customers/decoys/:id/removal",
      .staff(.manageRoles),
      .page,
      StaffPages.removeDecoy
    ),
  ]
}
