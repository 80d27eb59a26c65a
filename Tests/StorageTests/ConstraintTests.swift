import Primitives
import Storage
import Testing

/// House rule 6: what the database itself refuses, whoever asks it.
@Suite struct ConstraintTests {
  private let example: Example

  init() async throws {
    example = try Example()
    try await example.tamper(
      "INSERT INTO contact (subject, row_version, name, made_at) VALUES (x'01', 1, x'00', 1)"
    )
  }

  private func occupy(_ id: Int, _ start: Int, _ end: Int, unit: String = "staff/tadas", capacity: Int = 1)
    async throws
  {
    try await example.tamper(
      """
      INSERT INTO occupancy (unit, start, "end", id, service, served_start, served_end, capacity)
      VALUES ('\(unit)', \(start), \(end), x'\(hex(id))', 'repair', \(start), \(end), \(capacity))
      """
    )
  }

  private func book(
    _ id: Int,
    sitting: Int?,
    seat: Int?,
    start: Int = 1_000,
    end: Int = 2_000,
    state: String = "booked"
  ) async throws {
    try await example.tamper(
      """
      INSERT INTO booking (id, subject, service, staff, location, start, "end", sitting, seat, state, version,
        link_version, staff_named, made_by, visitor_zone, made_at)
      VALUES (x'\(hex(id))', x'01', 'repair', 'tadas', 'main', \(start), \(end),
        \(sitting.map { "x'\(hex($0))'" } ?? "NULL"), \(seat.map(String.init) ?? "NULL"), '\(state)', 1, 1, 0, 'page',
        'UTC', 1)
      """
    )
  }

  private func hex(_ number: Int) -> String { String(number + 256, radix: 16) + "0" }

  private func isRefused(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch StorageFault.constraint(let name) {
      return name
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    (1_000, 2_000), (1_500, 1_600), (500, 1_001), (1_999, 3_000), (500, 3_000), (1_000, 1_500),
  ])
  func `two occupied stretches of one person never overlap`(start: Int, end: Int) async throws {
    try await occupy(1, 1_000, 2_000)
    #expect(await isRefused { try await occupy(2, start, end) } == "occupied")
    #expect(await isRefused { try await occupy(3, start, end, unit: "staff/milda") } == nil)
    #expect(try await example.count("occupancy") == 2)
  }

  @Test func `stretches may touch, and reach two days and no further`() async throws {
    try await occupy(1, 200_000, 201_000)
    try await occupy(2, 199_000, 200_000)
    try await occupy(3, 201_000, 201_000 + 172_800)
    #expect(await isRefused { try await occupy(4, 201_000 + 172_799, 500_000) } == "occupied")
    #expect(await isRefused { try await occupy(5, 500_000, 500_000 + 172_801) } != nil)
    #expect(await isRefused { try await occupy(6, 500_000, 500_000) } != nil)
    #expect(await isRefused { try await occupy(7, 500_000, 499_000) } != nil)
  }

  @Test func `an occupied stretch cannot be changed, only replaced`() async throws {
    try await occupy(1, 1_000, 2_000)
    #expect(
      await isRefused { try await example.tamper("UPDATE occupancy SET start = 5") }
        == "occupancy_is_replaced_not_changed"
    )
    #expect(await isRefused { try await example.tamper("UPDATE occupancy SET capacity = 9") } != nil)
  }

  @Test func `no seat above the capacity and none twice`() async throws {
    try await occupy(1, 1_000, 2_000, capacity: 3)
    for seat in 1...3 { try await book(seat, sitting: 1, seat: seat) }
    #expect(await isRefused { try await book(4, sitting: 1, seat: 4) } == "full")
    #expect(await isRefused { try await book(5, sitting: 1, seat: 3) } == "booking.sitting, booking.seat")
    #expect(await isRefused { try await book(6, sitting: 1, seat: 0) } != nil)
    try await occupy(2, 3_000, 4_000)
    #expect(await isRefused { try await book(7, sitting: 2, seat: 2) } == "full")
    try await book(8, sitting: 2, seat: 1)
    #expect(
      await isRefused { try await example.tamper("UPDATE booking SET seat = 2 WHERE id = x'\(hex(8))'") }
        == "full"
    )
  }

  @Test func `a booking lasts, holds a seat until it is cancelled, and sits in what exists`() async throws {
    try await occupy(1, 1_000, 2_000)
    #expect(await isRefused { try await book(1, sitting: 1, seat: 1, start: 2_000, end: 2_000) } != nil)
    #expect(await isRefused { try await book(1, sitting: 1, seat: 1, start: 2_000, end: 1_000) } != nil)
    #expect(await isRefused { try await book(1, sitting: nil, seat: nil) } != nil)
    #expect(await isRefused { try await book(1, sitting: 1, seat: nil) } != nil)
    #expect(await isRefused { try await book(1, sitting: 1, seat: 1, state: "cancelled") } != nil)
    #expect(await isRefused { try await book(1, sitting: 9, seat: 1) } != nil)
    #expect(await isRefused { try await book(1, sitting: 1, seat: 1, state: "maybe") } != nil)
    try await book(1, sitting: 1, seat: 1)
    #expect(await isRefused { try await example.tamper("DELETE FROM occupancy") } != nil)
    #expect(await isRefused { try await example.tamper("DELETE FROM contact") } != nil)
  }

  @Test(arguments: ["email_index", "phone_index"])
  func `an unconfirmed contact has no blind index`(column: String) async throws {
    #expect(await isRefused { try await example.tamper("UPDATE contact SET \(column) = x'02'") } != nil)
    try await example.tamper("UPDATE contact SET \(column) = x'02', confirmed_at = 2")
    #expect(await isRefused { try await example.tamper("UPDATE contact SET confirmed_at = NULL") } != nil)
  }

  @Test func `time off lasts, and no two staff share an address`() async throws {
    let insert = "INSERT INTO time_off (id, staff, start, \"end\") VALUES (x'01', 'tadas', 5, 5)"
    #expect(await isRefused { try await example.tamper(insert) } != nil)
    let staff = "INSERT INTO staff (id, subject, row_version, email, email_index, active) VALUES"
    try await example.tamper("\(staff) ('tadas', x'01', 1, x'00', x'0A', 1)")
    #expect(
      await isRefused { try await example.tamper("\(staff) ('milda', x'02', 1, x'00', x'0A', 1)") }
        == "staff.email_index"
    )
  }
}
