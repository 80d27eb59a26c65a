import Primitives
import Storage
import TestKit

/// A house with one contact in it, filled by plain SQL: what the schema refuses must not depend on who asks.
struct EmptyHouse {
  let example: Example

  init(_ engine: Engine) async throws {
    example = try await Example(engine)
    try await meet([1], name: [0])
  }

  func tamper(_ statement: SQL) async throws { try await example.tamper(statement) }

  func id(_ number: Int) -> [UInt8] { [UInt8(number), 0] }

  func meet(_ subject: [UInt8], name: [UInt8]?) async throws {
    try await tamper(
      "INSERT INTO contact (subject, row_version, name, made_at) VALUES (\(subject), 1, \(name), 1)"
    )
  }

  func hire(_ staff: String, emailIndex: [UInt8]?) async throws {
    try await tamper(
      """
      INSERT INTO staff (id, subject, row_version, email, email_index, active)
      VALUES (\(staff), \([1]), 1, \([0]), \(emailIndex), 1)
      """
    )
  }

  func occupy(_ number: Int, _ start: Int, _ end: Int, unit: String = "staff/tadas", capacity: Int = 1)
    async throws
  {
    try await tamper(
      """
      INSERT INTO occupancy (unit, start, "end", id, service, served_start, served_end, capacity)
      VALUES (\(unit), \(start), \(end), \(id(number)), 'repair', \(start), \(end), \(capacity))
      """
    )
  }

  func book(
    _ number: Int,
    sitting: Int?,
    seat: Int?,
    start: Int = 1_000,
    end: Int = 2_000,
    state: String = "booked",
    idempotency: [UInt8]? = nil
  ) async throws {
    try await tamper(
      """
      INSERT INTO booking (id, subject, service, staff, location, start, "end", sitting, seat, state, version,
        link_version, staff_named, made_by, visitor_zone, idempotency, made_at)
      VALUES (\(id(number)), \([1]), 'repair', 'tadas', 'main', \(start), \(end), \(sitting.map(id)), \(seat),
        \(state), 1, 1, 0, 'page', 'UTC', \(idempotency), 1)
      """
    )
  }

  /// The name of the constraint that refused; nil when nothing did.
  func isRefused(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch StorageFault.constraint(let name) {
      return name
    } catch {
      return "\(error)"
    }
  }
}
