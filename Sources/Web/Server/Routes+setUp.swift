import HTTPTypes

extension Routes {
  /// The one door of an empty server.
  static let setUp: [Route] = [
    Route(.get, "/setup", .setUpCode, .page, SetUpPages.ask),
    Route(.post, "/setup", .setUpCode, .page, limited: .code, SetUpPages.claim),
  ]
}
