import Booking
import HTTPTypes

extension Routes {
  /// Whose role still stands, and what was earned.
  static let review: [Route] = [
    Route(.get, "/staff/:business/review", .staff(.viewPeople), .page, StaffPages.review),
    Route(.post, "/staff/:business/review/:id", .staff(.manageRoles), .page, StaffPages.answerReview),
    Route(.get, "/staff/:business/money", .staff(.viewMoney), .page, StaffPages.money),
  ]
}
