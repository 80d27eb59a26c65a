import HTTPTypes

extension Routes {
  /// One's own password, and what the business says about looking after data.
  static let passwords: [Route] = [
    Route(.get, "/staff/:business/password", .signedIn, .page, StaffPages.passwordPage),
    Route(.post, "/staff/:business/password", .signedIn, .page, StaffPages.changePassword),
    Route(.get, "/.well-known/change-password", .anybody, .page, StaffPages.passwordChangingPlace),
    Route(.get, "/trust/:business", .anybody, .page, limited: .looking, PublicPages.trust),
  ]
}
