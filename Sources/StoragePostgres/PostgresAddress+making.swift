extension PostgresAddress {
  /// The two statements with which the server's administrator makes this role and this database.
  package var making: [String] {
    [
      "CREATE ROLE \(quoted(user)) LOGIN PASSWORD 'a long password';",
      "CREATE DATABASE \(quoted(database)) OWNER \(quoted(user));",
    ]
  }

  private func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
}
