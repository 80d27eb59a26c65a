extension Changes {
  /// Inserts many rows by few statements: fifty at a time, and the rest one by one. Two sizes only, since each makes a
  /// statement of its own, which is prepared once and kept.
  ///
  /// - Parameters:
  ///   - head: up to and with `VALUES`.
  ///   - tail: what follows the rows, such as `ON CONFLICT DO NOTHING`.
  ///   - values: of one row, in parentheses.
  func insert<Row>(_ rows: [Row], _ head: SQL, _ tail: SQL = "", values: (Row) -> SQL) throws {
    var rest = rows[...]
    for size in [50, 1] {
      while rest.count >= size {
        var sql = head
        for (position, row) in rest.prefix(size).enumerated() {
          sql += position == 0 ? " " : ", "
          sql += values(row)
        }
        sql += tail
        try write(sql)
        rest = rest.dropFirst(size)
      }
    }
  }
}
