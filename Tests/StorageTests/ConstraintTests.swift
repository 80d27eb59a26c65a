import Primitives
import Storage
import TestKit
import Testing

/// House rule 6: what the database itself refuses, whoever asks it, by the same name on both engines.
@Suite struct ConstraintTests {
  @Test(
    arguments: Engine.allCases,
    [(1_000, 2_000), (1_500, 1_600), (500, 1_001), (1_999, 3_000), (500, 3_000), (1_000, 1_500)]
  )
  func `two occupied stretches of one person never overlap`(engine: Engine, stretch: (Int, Int)) async throws
  {
    let house = try await EmptyHouse(engine)
    let (start, end) = stretch
    try await house.occupy(1, 1_000, 2_000)
    #expect(await house.isRefused { try await house.occupy(2, start, end) } == "occupied")
    #expect(await house.isRefused { try await house.occupy(3, start, end, unit: "staff/milda") } == nil)
    #expect(try await house.example.count("occupancy") == 2)
  }

  @Test(arguments: Engine.allCases)
  func `stretches may touch, and reach two days and no further`(engine: Engine) async throws {
    let house = try await EmptyHouse(engine)
    try await house.occupy(1, 200_000, 201_000)
    try await house.occupy(2, 199_000, 200_000)
    try await house.occupy(3, 201_000, 201_000 + 172_800)
    #expect(await house.isRefused { try await house.occupy(4, 201_000 + 172_799, 500_000) } == "occupied")
    #expect(await house.isRefused { try await house.occupy(5, 500_000, 500_000 + 172_801) } != nil)
    #expect(await house.isRefused { try await house.occupy(6, 500_000, 500_000) } != nil)
    #expect(await house.isRefused { try await house.occupy(7, 500_000, 499_000) } != nil)
  }

  @Test(arguments: Engine.allCases)
  func `an occupied stretch cannot be changed, only replaced`(engine: Engine) async throws {
    let house = try await EmptyHouse(engine)
    try await house.occupy(1, 1_000, 2_000)
    #expect(
      await house.isRefused { try await house.tamper("UPDATE occupancy SET start = 5") }
        == "occupancy_is_replaced_not_changed"
    )
    #expect(await house.isRefused { try await house.tamper("UPDATE occupancy SET capacity = 9") } != nil)
  }

  @Test(arguments: Engine.allCases)
  func `no seat above the capacity and none twice`(engine: Engine) async throws {
    let house = try await EmptyHouse(engine)
    try await house.occupy(1, 1_000, 2_000, capacity: 3)
    for seat in 1...3 { try await house.book(seat, sitting: 1, seat: seat) }
    #expect(await house.isRefused { try await house.book(4, sitting: 1, seat: 4) } == "full")
    #expect(
      await house.isRefused { try await house.book(5, sitting: 1, seat: 3) }
        == "booking.sitting, booking.seat"
    )
    #expect(await house.isRefused { try await house.book(6, sitting: 1, seat: 0) } != nil)
    try await house.occupy(2, 3_000, 4_000)
    #expect(await house.isRefused { try await house.book(7, sitting: 2, seat: 2) } == "full")
    try await house.book(8, sitting: 2, seat: 1)
    #expect(
      await house.isRefused {
        try await house.tamper("UPDATE booking SET seat = 2 WHERE id = \(house.id(8))")
      }
        == "full"
    )
  }

  @Test(arguments: Engine.allCases)
  func `a booking lasts, holds a seat until it is cancelled, and sits in what exists`(engine: Engine)
    async throws
  {
    let house = try await EmptyHouse(engine)
    try await house.occupy(1, 1_000, 2_000)
    #expect(
      await house.isRefused { try await house.book(1, sitting: 1, seat: 1, start: 2_000, end: 2_000) } != nil
    )
    #expect(
      await house.isRefused { try await house.book(1, sitting: 1, seat: 1, start: 2_000, end: 1_000) } != nil
    )
    #expect(await house.isRefused { try await house.book(1, sitting: nil, seat: nil) } != nil)
    #expect(await house.isRefused { try await house.book(1, sitting: 1, seat: nil) } != nil)
    #expect(await house.isRefused { try await house.book(1, sitting: 1, seat: 1, state: "cancelled") } != nil)
    #expect(await house.isRefused { try await house.book(1, sitting: 9, seat: 1) } != nil)
    #expect(await house.isRefused { try await house.book(1, sitting: 1, seat: 1, state: "maybe") } != nil)
    try await house.book(1, sitting: 1, seat: 1)
    #expect(await house.isRefused { try await house.tamper("DELETE FROM occupancy") } != nil)
    #expect(await house.isRefused { try await house.tamper("DELETE FROM contact") } != nil)
  }

  @Test(arguments: Engine.allCases)
  func `an unconfirmed contact has no blind index`(engine: Engine) async throws {
    let house = try await EmptyHouse(engine)
    for column: SQL in ["email_index", "phone_index"] {
      var sql: SQL = "UPDATE contact SET "
      sql += column
      sql += " = \([2])"
      let index = sql
      #expect(await house.isRefused { try await house.tamper(index) } != nil)
      sql += ", confirmed_at = 2"
      let confirmed = sql
      try await house.tamper(confirmed)
      #expect(
        await house.isRefused { try await house.tamper("UPDATE contact SET confirmed_at = NULL") } != nil
      )
      try await house.tamper("UPDATE contact SET email_index = NULL, phone_index = NULL, confirmed_at = NULL")
    }
  }

  @Test(arguments: Engine.allCases)
  func `time off lasts, and no two staff share an address`(engine: Engine) async throws {
    let house = try await EmptyHouse(engine)
    let insert: SQL = "INSERT INTO time_off (id, staff, start, \"end\") VALUES (\([1]), 'tadas', 5, 5)"
    #expect(await house.isRefused { try await house.tamper(insert) } != nil)
    try await house.hire("tadas", emailIndex: [0x0A])
    #expect(
      await house.isRefused { try await house.hire("milda", emailIndex: [0x0A]) } == "staff.email_index"
    )
  }

  @Test(arguments: Engine.allCases)
  func `every name by which a row is refused is the same on both engines`(engine: Engine) async throws {
    let house = try await EmptyHouse(engine)
    try await house.hire("tadas", emailIndex: nil)
    try await house.occupy(1, 1_000, 2_000, capacity: 2)
    try await house.book(1, sitting: 1, seat: 1, idempotency: [1])
    var names: [String?] = []
    names.append(await house.isRefused { try await house.occupy(2, 1_000, 2_000) })
    names.append(await house.isRefused { try await house.occupy(1, 5_000, 6_000) })
    names.append(await house.isRefused { try await house.book(2, sitting: 1, seat: 1) })
    names.append(await house.isRefused { try await house.book(1, sitting: 1, seat: 2, start: 1_500) })
    names.append(await house.isRefused { try await house.book(2, sitting: 1, seat: 3) })
    names.append(await house.isRefused { try await house.book(2, sitting: 1, seat: 2, idempotency: [1]) })
    names.append(await house.isRefused { try await house.book(2, sitting: 8, seat: 1) })
    names.append(await house.isRefused { try await house.hire("tadas", emailIndex: nil) })
    names.append(await house.isRefused { try await house.meet([1], name: [0]) })
    names.append(await house.isRefused { try await house.meet([2], name: nil) })
    names.append(await house.isRefused { try await house.tamper("UPDATE occupancy SET capacity = 9") })
    #expect(
      names == [
        "occupied", "occupancy.id", "booking.sitting, booking.seat", "booking.id", "full",
        "booking.idempotency",
        "FOREIGN KEY constraint failed", "staff.id", "contact.subject", "contact.name",
        "occupancy_is_replaced_not_changed",
      ]
    )
  }
}
