import Booking
import HTTPTypes

extension Routes {
  /// Who works here, how they get in, and how that ends.
  static let people: [Route] = [
    Route(.get, "/staff/:business/invite", .anybody, .page, StaffPages.invitePage),
    Route(.post, "/staff/:business/invite", .inviteCode, .page, limited: .code, StaffPages.takeInvite),
    Route(
      .post,
      "/staff/:business/invite/passkey",
      .inviteCode,
      .page,
      limited: .code,
      StaffPages.takeInvite
    ),
    Route(
      .post,
      "/staff/:business/invite/options",
      .inviteCode,
      .api,
      limited: .code,
      StaffPages.invitePasskeyOptions
    ),
    Route(.get, "/staff/:business/people", .staff(.viewPeople), .page, StaffPages.people),
    Route(.get, "/staff/:business/people/:id", .staff(.viewPeople), .page, StaffPages.person),
    Route(.post, "/staff/:business/people/:id/invite", .staff(.invitePeople), .page, StaffPages.invite),
    Route(.post, "/staff/:business/people/:id/leaving", .staff(.endAccess), .page, StaffPages.leave),
    Route(
      .post,
      "/staff/:business/people/:id/recoveries/:recovery/opening",
      .staff(.invitePeople),
      .page,
      StaffPages.openRecovery
    ),
    Route(
      .post,
      "/staff/:business/people/:id/recoveries/:recovery/end",
      .staff(.endAccess),
      .page,
      StaffPages.endRecoveryOfPerson
    ),
    Route(
      .post,
      "/staff/:business/people/:id/sessions/end",
      .staff(.endAccess),
      .page,
      StaffPages.endSessionsOfPerson
    ),
    Route(
      .post,
      "/staff/:business/people/:id/sessions/:session/end",
      .staff(.endAccess),
      .page,
      StaffPages.endSessionOfPerson
    ),
    Route(
      .post,
      "/staff/:business/people/:id/passkeys/:passkey/removal",
      .staff(.endAccess),
      .page,
      StaffPages.takePasskeyOfPerson
    ),
    Route(
      .post,
      "/staff/:business/people/:id/devices/:device/forgetting",
      .staff(.endAccess),
      .page,
      StaffPages.forgetDeviceOfPerson
    ),
    Route(
      .post,
      "/staff/:business/people/:id/findings/:finding/split",
      .staff(.endAccess),
      .page,
      StaffPages.splitLogin
    ),
    Route(
      .post,
      "/staff/:business/people/:id/findings/:finding/explained",
      .staff(.endAccess),
      .page,
      StaffPages.explainFinding
    ),
  ]
}
