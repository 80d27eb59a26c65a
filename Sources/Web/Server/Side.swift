import Booking

/// Which of the routes a listener serves (R31).
package enum Side: Sendable, Hashable {
  /// Every route, where there is one listener only, and on the one for administration.
  case whole
  /// All but those of administration, which then look like none at all.
  case withoutAdministration

  var routes: [Route] { Routes.all.filter(serves) }

  func serves(_ route: Route) -> Bool { self == .whole || !route.permit.isAdministration }

  func serves(_ verb: Verb) -> Bool { self == .whole || !verb.isAdministration }
}

extension RoutePermit {
  fileprivate var isAdministration: Bool {
    switch self {
    case .setUpCode: true
    case .staff(let verb): verb.isAdministration
    case .anybody, .manageCode, .inviteCode, .mailedCode, .signedIn, .customer: false
    }
  }
}

extension Verb {
  /// What looks after the business and not after visits.
  fileprivate var isAdministration: Bool {
    isStrong || [.mail, .staffRecord, .access, .audit].contains(object) && self != .breakGlass
  }
}
