import Storage

extension Desk {
  /// Whether messages can leave: a mail server is set.
  ///
  /// Shows nothing of it.
  package func isMailSet() async throws -> Bool {
    try await store.read { try $0.mailSettings() != nil }
  }
}
