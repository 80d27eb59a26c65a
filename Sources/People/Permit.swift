package import Booking
package import Primitives

/// What staff can ask to do.
package enum Verb: String, Hashable, Sendable, CaseIterable {
  case viewDay = "view-day"
  case viewBooking = "view-booking"
  case revealContact = "reveal-contact"
  case makeBooking = "make-booking"
  case moveBooking = "move-booking"
  case cancelBooking = "cancel-booking"
  case markVisit = "mark-visit"
  case blockTimeOff = "block-time-off"
  case liftTimeOff = "lift-time-off"
  case searchCustomers = "search-customers"
  case viewMail = "view-mail"
  case setMail = "set-mail"
  case viewPeople = "view-people"
  case invitePeople = "invite-people"
  /// Ending others' sessions, forgetting their devices, deciding about findings, leaving.
  case endAccess = "end-access"
  /// Adding and removing one's own passkeys and codes.
  case changeOwnAccess = "change-own-access"
}

/// Whose work an act touches.
///
/// What belongs to nobody in particular is everybody's.
package enum Whose: Hashable, Sendable, CaseIterable {
  case own
  case everybodys

  /// `staff` is whose day, booking or time off it is; nil for the whole business.
  package init(_ staff: Slug?, for person: Slug) {
    self = staff == person ? .own : .everybodys
  }
}

/// Leave to do one thing, given by ``Permit/decide(_:by:touching:)`` alone.
package struct Permit: Hashable, Sendable {
  package let verb: Verb
  package let whose: Whose

  private init(verb: Verb, whose: Whose) {
    self.verb = verb
    self.whose = whose
  }

  /// May somebody of this role do that? What the table does not grant is refused.
  package static func decide(_ verb: Verb, by role: Role, touching whose: Whose) -> PermitDecision {
    switch reach(verb, of: role) {
    case .all: .granted(Permit(verb: verb, whose: whose))
    case .own where whose == .own: .granted(Permit(verb: verb, whose: whose))
    case .own: .refused(.notTheirs)
    case .nothing: .refused(.notTheirRole)
    }
  }

  private enum Reach { case nothing, own, all }

  private static func reach(_ verb: Verb, of role: Role) -> Reach {
    switch role {
    case .owner: verb == .changeOwnAccess ? .own : .all
    case .administrator:
      switch verb {
      case .viewDay, .viewBooking, .revealContact, .makeBooking, .moveBooking, .cancelBooking, .markVisit:
        .all
      case .blockTimeOff, .liftTimeOff, .searchCustomers: .all
      case .changeOwnAccess: .own
      case .viewMail, .setMail, .viewPeople, .invitePeople, .endAccess: .nothing
      }
    case .technician:
      switch verb {
      case .viewDay, .viewBooking, .revealContact, .makeBooking, .moveBooking, .cancelBooking, .markVisit:
        .own
      case .blockTimeOff, .liftTimeOff, .changeOwnAccess: .own
      case .searchCustomers, .viewMail, .setMail, .viewPeople, .invitePeople, .endAccess: .nothing
      }
    }
  }
}

package enum PermitDecision: Hashable, Sendable {
  case granted(Permit)
  case refused(PermitRefusal)

  /// The permit, or the refusal that an act returns.
  ///
  /// Somebody else's booking looks like none at all, so that nobody learns what exists; what a role may never
  /// do is plainly refused.
  package func get() throws(Refusal) -> Permit {
    switch self {
    case .granted(let permit): permit
    case .refused(.notTheirs): throw Refusal(.unknown)
    case .refused(.notTheirRole): throw Refusal(.notAllowed)
    }
  }
}

/// Why there is no permit; for the audit and the tests.
package enum PermitRefusal: Hashable, Sendable {
  /// The role may do it with its own work only.
  case notTheirs
  /// The role may never do it.
  case notTheirRole
}
