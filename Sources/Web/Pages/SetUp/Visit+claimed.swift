import Desk
import Hummingbird
import Primitives

extension Visit {
  /// - Throws: `.alreadySetUp` once there is a business.
  func requireUnclaimed() async throws {
    if try await web.setUp.isClaimed() { throw Refusal(.alreadySetUp) }
  }
}

extension WebHouse {
  /// What the set-up door says to every method once there is a business, or when nobody can tell; nil before.
  func claimedRefusal() async -> Response? {
    do {
      guard try await setUp.isClaimed() else { return nil }
      return problem(
        RefusalCode.alreadySetUp.status,
        code: RefusalCode.alreadySetUp.rawValue,
        detail: RefusalCode.alreadySetUp.sentence,
        as: .page
      )
    } catch {
      return problem(.serviceUnavailable, code: "away", detail: RefusalCode.away.sentence, as: .page)
    }
  }
}
