import HTTPTypes

extension Routes {
  /// Customers' own pages: what was booked with their address.
  static let customers: [Route] = [
    Route(.get, "/my/:business", .anybody, .page, CustomerPages.askPage),
    Route(.post, "/my/:business", .anybody, .page, limited: .customerLink, CustomerPages.ask),
    Route(.get, "/my/:business/open", .anybody, .page, CustomerPages.openPage),
    Route(.post, "/my/:business/open", .mailedCode, .page, limited: .code, CustomerPages.open),
    Route(
      .get,
      "/my/:business/passkey/options",
      .anybody,
      .api,
      limited: .code,
      CustomerPages.signInOptions
    ),
    Route(.post, "/my/:business/passkey", .anybody, .page, limited: .code, CustomerPages.signIn),
    Route(.get, "/my/:business/bookings", .customer, .page, CustomerPages.bookings),
    Route(.post, "/my/:business/passkeys/options", .customer, .api, CustomerPages.newPasskeyOptions),
    Route(.post, "/my/:business/passkeys", .customer, .page, limited: .code, CustomerPages.addPasskey),
    Route(.post, "/my/:business/passkeys/:id/removal", .customer, .page, CustomerPages.removePasskey),
    Route(.post, "/my/:business/sign-out", .customer, .page, CustomerPages.signOut),
  ]
}
