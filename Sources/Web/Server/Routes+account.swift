import HTTPTypes

extension Routes {
  /// One's own way in: signing in, the lock screen, the proof, and what one signs in with.
  static let account: [Route] = [
    Route(.get, "/staff/:business/sign-in", .anybody, .page, StaffPages.signInPage),
    Route(
      .get,
      "/staff/:business/sign-in/options",
      .anybody,
      .api,
      limited: .looking,
      StaffPages.signInOptions
    ),
    Route(.post, "/staff/:business/sign-in", .anybody, .page, StaffPages.signIn),
    Route(.post, "/staff/:business/sign-out", .signedIn, .page, StaffPages.signOut),
    Route(.post, "/staff/:business/lock", .signedIn, .page, StaffPages.lock),
    Route(.get, "/staff/:business/proof/options", .signedIn, .api, StaffPages.proofOptions),
    Route(.post, "/staff/:business/unlock", .signedIn, .page, StaffPages.unlock),
    Route(.post, "/staff/:business/unlock/here", .signedIn, .api, StaffPages.unlockHere),
    Route(.post, "/staff/:business/confirm", .signedIn, .page, StaffPages.confirm),
    Route(.get, "/staff/:business/not-me", .anybody, .page, StaffPages.disownPage),
    Route(.post, "/staff/:business/not-me", .mailedCode, .page, limited: .code, StaffPages.disown),
    Route(.get, "/staff/:business/account", .signedIn, .page, StaffPages.account),
    Route(.get, "/staff/:business/account/passkeys/options", .signedIn, .api, StaffPages.newPasskeyOptions),
    Route(.post, "/staff/:business/account/passkeys", .signedIn, .page, StaffPages.addPasskey),
    Route(.post, "/staff/:business/account/passkeys/:id/removal", .signedIn, .page, StaffPages.removePasskey),
    Route(.post, "/staff/:business/account/recovery-codes", .signedIn, .page, StaffPages.makeRecoveryCodes),
    Route(.post, "/staff/:business/account/recovery/:id/end", .signedIn, .page, StaffPages.endOwnRecovery),
    Route(.post, "/staff/:business/account/sessions/:id/end", .signedIn, .page, StaffPages.endSession),
    Route(
      .post,
      "/staff/:business/account/sessions/end-others",
      .signedIn,
      .page,
      StaffPages.endOtherSessions
    ),
    Route(
      .post,
      "/staff/:business/account/devices/:id/forgetting",
      .signedIn,
      .page,
      StaffPages.forgetDevice
    ),
    Route(.get, "/staff/:business/account/code-app", .signedIn, .page, StaffPages.codeAppPage),
    Route(.post, "/staff/:business/account/code-app", .signedIn, .page, StaffPages.setCodeApp),
  ]
}
