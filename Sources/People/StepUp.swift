package import Booking
package import Primitives

/// What is done only by somebody who proved within the last minutes that it is them.
///
/// - SeeAlso: OWASP ASVS 7.5.3.
package enum StepUp {
  /// The oldest proof that will do, in seconds.
  package static let seconds: Int = .minutes(5)

  /// The one list of what asks for it: the permit for each of these is refused to an older proof.
  package static let verbs: Set<Verb> = [
    .setMail, .invitePeople, .endAccess, .manageRoles, .approveAccess, .exportCustomers,
    .eraseCustomers, .changeOwnAccess, .breakGlass,
  ]

  package static func isFresh(provedAt: Instant, now: Instant) -> Bool { now - provedAt <= seconds }
}
