package import Booking
import People
import Primitives

/// Who may what: drawn from the table of routes and from what the one engine (``Holder/decide(_:on:level:now:)``) says, so
/// that it cannot say another thing than the server does.
///
/// Its ``markdown`` is `docs/permissions.md`; its ``json`` is what the journeys' matrix asks a running server for.
package struct PermissionTable: Sendable {
  let roles: [RoleDefinition]
  let routes: [Route]

  /// - Parameter own: roles that a business made itself; they stand after the built-in ones.
  package init(own: [RoleDefinition] = []) {
    roles = RoleDefinition.builtIn + own
    routes = Routes.all
  }

  /// Whose the thing is that somebody wants to do something with.
  enum Relation: String, CaseIterable {
    case own
    /// Of somebody of their team who works elsewhere.
    case team
    /// Of somebody of their team who works where they do.
    case teamHere = "team-here"
    /// Of somebody else who works where they do.
    case place
    case other
    /// The business as a whole.
    case business
  }

  /// When they want it.
  enum Moment: String, CaseIterable {
    case before
    case visit
    case after
  }

  /// What is decided: the highest level shown, or why there is no permit.
  func answer(_ role: RoleDefinition, _ verb: Verb, _ relation: Relation, _ moment: Moment) -> String {
    guard let example = Example(role) else { return "" }
    let decision = example.holder.decide(verb, on: example.target(relation, moment), now: Example.now)
    return switch decision {
    case .granted(let permit): permit.level.rawValue
    case .refused(.notTheirs): "not-theirs"
    case .refused(.outsideWindow): "outside-window"
    case .refused(.denied): "denied"
    case .refused(.notTheirRole): "not-their-role"
    case .refused(.ended): "ended"
    }
  }

  /// How far it reaches; nil when it reaches nothing.
  func extent(_ role: RoleDefinition, _ verb: Verb, _ level: Level = .p0) -> Extent? {
    let extent = Example(role)?.holder.extent(verb, level: level, now: Example.now)
    return extent?.isEmpty == true ? nil : extent
  }

  /// Somebody of a role among others.
  struct Example {
    static let now = Instant(seconds: 1_800_000_000)
    let holder: Holder
    let (me, mate, colleague, stranger): (Slug, Slug, Slug, Slug)
    let (here, elsewhere): (Slug, Slug)

    init?(_ role: RoleDefinition) {
      let named = ["me", "mate", "colleague", "stranger", "here", "elsewhere"].compactMap { Slug($0) }
      guard named.count == 6 else { return nil }
      (me, mate, colleague, stranger) = (named[0], named[1], named[2], named[3])
      (here, elsewhere) = (named[4], named[5])
      holder = Holder(id: me, role: role, team: [me, mate], places: [here])
    }

    func target(_ relation: Relation, _ moment: Moment) -> Target {
      let visit = visit(moment)
      return switch relation {
      case .own: Target(staff: me, locations: [here], visit: visit)
      case .team: Target(staff: mate, locations: [elsewhere], visit: visit)
      case .teamHere: Target(staff: mate, locations: [here], visit: visit)
      case .place: Target(staff: colleague, locations: [here], visit: visit)
      case .other: Target(staff: stranger, locations: [elsewhere], visit: visit)
      case .business: .business
      }
    }

    /// Half a year away is beyond every window that makes sense.
    private func visit(_ moment: Moment) -> Interval? {
      let start =
        switch moment {
        case .before: Example.now + .days(180)
        case .visit: Example.now
        case .after: Example.now - .days(180)
        }
      return Interval(start: start, end: start + .hours(1))
    }
  }
}
