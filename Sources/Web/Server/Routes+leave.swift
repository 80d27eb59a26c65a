import Booking
import HTTPTypes

extension Routes {
  /// More than one's role lets, for a time: asking, answering, giving back; emergencies and what they came to.
  static let leave: [Route] = [
    Route(.get, "/staff/:business/leave", .signedIn, .page, StaffPages.moreAccess),
    Route(.post, "/staff/:business/leave", .signedIn, .page, StaffPages.askLeave),
    Route(.post, "/staff/:business/leave/back", .signedIn, .page, StaffPages.giveLeaveBack),
    Route(
      .post,
      "/staff/:business/leave/emergency",
      .staff(.breakGlass),
      .page,
      StaffPages.openEmergency
    ),
    Route(
      .get,
      "/staff/:business/leave/:id/standing",
      .anybody,
      .plain,
      limited: .standing,
      StaffPages.leaveStanding
    ),
    Route(
      .get,
      "/staff/:business/sessions/:id/standing",
      .anybody,
      .plain,
      limited: .standing,
      StaffPages.sessionStanding
    ),
    Route(.post, "/staff/:business/leave/:id/yes", .staff(.approveAccess), .page, StaffPages.giveLeave),
    Route(.post, "/staff/:business/leave/:id/no", .staff(.approveAccess), .page, StaffPages.declineLeave),
    Route(.post, "/staff/:business/leave/:id/end", .signedIn, .page, StaffPages.endLeave),
    Route(
      .post,
      "/staff/:business/leave/:id/review",
      .staff(.approveAccess),
      .page,
      StaffPages.reviewEmergency
    ),
  ]
}
