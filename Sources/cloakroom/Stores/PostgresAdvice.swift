import StoragePostgres

/// Runs what needs a database, and says what the operator can do when it cannot be had.
///
/// - Throws: a ``Complaint`` that says no password, in place of a ``PostgresComplaint``.
func explaining<Answer>(
  _ address: PostgresAddress,
  _ body: () async throws -> Answer
) async throws -> Answer {
  do {
    return try await body()
  } catch let complaint as PostgresComplaint {
    throw Complaint(complaint, about: address)
  }
}

extension Complaint {
  init(_ complaint: PostgresComplaint, about address: PostgresAddress) {
    var lines = ["\(address): \(complaint)"]
    if case .wrongPassword = complaint {
      lines.append(
        "The password stands best in a passfile (PGPASSFILE, or .pgpass in the home folder; mode 0600)."
      )
    }
    switch complaint {
    // duplicate_prepared_statement, invalid_sql_statement_name: another's connection was handed out.
    case .refused("42P05"), .refused("26000"):
      lines.append("A connection pooler seems to stand in between; its mode has to be 'session'.")
    case .wrongPassword, .noAccess, .noDatabase:
      lines.append("Role and database are made by the server's administrator, in psql, with:")
      lines += address.making.map { "  " + $0 }
    default: break
    }
    self.init(lines.joined(separator: "\n"))
  }
}
