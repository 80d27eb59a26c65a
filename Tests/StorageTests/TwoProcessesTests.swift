import Audit
import Booking
import Primitives
import Storage
import TestKit
import Testing

/// Two stores in one place stand in for two server processes: the engines tell their connections apart all the same.
@Suite struct TwoProcessesTests {
  @Test(arguments: Engine.allCases)
  func `two writers grow one tree`(engine: Engine) async throws {
    let example = try await Example(engine)
    let other = try await example.another()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<120 {
        let store = number % 2 == 0 ? example.store : other
        group.addTask { try await store.change { try $0.block("tadas", number) } }
      }
      try await group.waitForAll()
    }
    #expect(try await example.count("time_off") == 120)
    let report = try await example.audit()
    #expect(report.holds && report.entries == 120)
    let (one, two) = (try await example.store.auditHead(), try await other.auditHead())
    #expect(one == two)
    try other.close()
  }

  @Test(arguments: Engine.allCases)
  func `one that slept takes up the tree where the other left it`(engine: Engine) async throws {
    let example = try await Example(engine)
    let other = try await example.another()
    try await example.store.change { try $0.block("tadas", 1) }
    for number in 2..<9 { try await other.change { try $0.block("tadas", number) } }
    try await example.store.change { try $0.block("tadas", 10) }
    let report = try await example.audit()
    #expect(report.holds && report.entries == 9)
    try other.close()
  }

  @Test(arguments: Engine.allCases)
  func `of two that occupy one time one is refused`(engine: Engine) async throws {
    let example = try await Example(engine)
    let other = try await example.another()
    let taken = Counter()
    let refused = Counter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<60 {
        let store = number % 2 == 0 ? example.store : other
        let sitting = try sitting(number, from: 1_000 + number % 7 * 60, minutes: 60)
        group.addTask {
          do {
            try await store.change { changes in
              try changes.occupy(sitting)
              try changes.record(entry())
            }
            taken.add()
          } catch StorageFault.constraint(let name) {
            #expect(["occupied", "occupancy.unit, occupancy.start"].contains(name))
            refused.add()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(taken.value == 1 && refused.value == 59)
    #expect(try await example.audit().entries == 1)
    try other.close()
  }

  private func sitting(_ number: Int, from start: Int, minutes: Int) throws -> Sitting {
    let start = Instant(seconds: Int64(start))
    let served = try #require(Interval(start: start, end: start + .minutes(minutes)))
    return Sitting(
      id: Identifier(high: 2, low: UInt64(number)),
      staff: try #require(Slug("tadas")),
      service: try #require(Slug("repair")),
      served: served,
      occupied: served,
      capacity: 1,
      taken: 1
    )
  }
}
