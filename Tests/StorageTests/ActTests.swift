import Audit
import Primitives
import Storage
import TestKit
import Testing

/// What an act may rely on, whichever engine keeps it and whoever else is at work.
@Suite struct ActTests {
  private struct OwnFault: Error {}

  @Test(arguments: Engine.allCases)
  func `an act that faults undoes only itself`(engine: Engine) async throws {
    let example = try await Example(engine)
    let results = try await merged(example, 20) { number, changes in
      try changes.block("tadas", number)
      if number % 5 == 3 { throw OwnFault() }
    }
    #expect(Set(results.keys.filter { !isKept(results[$0]) }) == [3, 8, 13, 18])
    #expect(throws: OwnFault.self) { try results[3]?.get() }
    #expect(try await example.count("time_off") == 16)
    let report = try await example.audit()
    #expect(report.holds && report.entries == 16)
  }

  @Test(arguments: Engine.allCases)
  func `a statement the schema refuses undoes only its act`(engine: Engine) async throws {
    let example = try await Example(engine)
    let results = try await merged(example, 10) { number, changes in
      try changes.block("tadas", number == 7 ? 1_000 : number)
      if number == 7 { try changes.block("tadas", 1_000) }
    }
    #expect(throws: StorageFault.constraint("time_off.id")) { try results[7]?.get() }
    #expect(try await example.count("time_off") == 9)
    #expect(try await example.audit().entries == 9)
  }

  @Test(arguments: Engine.allCases)
  func `a refusal's writes are undone and its entry is kept`(engine: Engine) async throws {
    let example = try await Example(engine)
    let answer = try await example.store.change { changes in
      do {
        try changes.attempt {
          try changes.block("tadas", 1)
          throw OwnFault()
        }
        return "granted"
      } catch is OwnFault {
        try changes.record(entry("booking.made"))
        return "refused"
      }
    }
    #expect(answer == "refused")
    #expect(try await example.count("time_off") == 0)
    let report = try await example.audit()
    #expect(report.holds && report.entries == 1)
  }

  @Test(arguments: Engine.allCases)
  func `a caller who is cancelled interrupts nothing`(engine: Engine) async throws {
    let example = try await Example(engine)
    let gate = try await Gate(example.store)
    let asked = Counter()
    let tasks = (0..<10).map { number in
      Task {
        asked.add()
        try await example.store.change { try $0.block("tadas", number) }
      }
    }
    try await asked.reaches(10)
    for task in tasks { task.cancel() }
    try await gate.open()
    for task in tasks { try await task.value }
    #expect(try await example.count("time_off") == 10)
    #expect(try await example.audit().holds)
    // A task that is cancelled already may still read and write.
    let late = Task {
      while !Task.isCancelled { await Task.yield() }
      try await example.store.change { try $0.block("tadas", 11) }
      return try await example.count("time_off")
    }
    late.cancel()
    #expect(try await late.value == 11)
  }

  @Test(arguments: Engine.allCases)
  func `a closed store refuses, and what waited before is kept`(engine: Engine) async throws {
    let example = try await Example(engine)
    let gate = try await Gate(example.store)
    let asked = Counter()
    let waiting = Task {
      asked.add()
      try await example.store.change { try $0.block("tadas", 1) }
    }
    try await asked.reaches(1)
    try await Task.sleep(for: .milliseconds(50))
    try await gate.open()
    try example.store.close()
    try await waiting.value
    await #expect(throws: StorageFault.away("closed")) {
      try await example.store.change { try $0.block("tadas", 2) }
    }
    let again = try await example.another()
    #expect(try await again.read { try $0.first("SELECT count(*) FROM time_off") { $0.int(0) } } == 1)
    try again.close()
  }

  @Test(arguments: Engine.allCases)
  func `a write whose count nobody asks for is refused where it stands`(engine: Engine) async throws {
    let example = try await Example(engine)
    try await example.store.change { try $0.block("tadas", 1) }
    let answer = try await example.store.change { changes in
      do {
        try changes.attempt {
          try changes.addTimeOff("milda", 2)
          try changes.addTimeOff("milda", 1)
          try changes.addTimeOff("milda", 3)
        }
        return "granted"
      } catch StorageFault.constraint("time_off.id") {
        try changes.record(entry("booking.made"))
        return "refused"
      }
    }
    #expect(answer == "refused")
    #expect(try await example.count("time_off") == 1)
    await #expect(throws: StorageFault.constraint("time_off.id")) {
      try await example.store.change { changes in
        try changes.addTimeOff("milda", 2)
        try changes.addTimeOff("milda", 1)
        try changes.record(entry())
      }
    }
    #expect(try await example.count("time_off") == 1)
    #expect(try await example.audit().entries == 2)
  }

  @Test(arguments: Engine.allCases)
  func `what was written before in the same act is read by it`(engine: Engine) async throws {
    let example = try await Example(engine)
    let counts = try await example.store.change { changes in
      try (1...3).map { number in
        try changes.addTimeOff("tadas", number)
        return try changes.first("SELECT count(*) FROM time_off") { $0.int(0) } ?? 0
      }
    }
    #expect(counts == [1, 2, 3])
  }
}

extension Changes {
  fileprivate func addTimeOff(_ staff: String, _ number: Int) throws {
    try write(
      """
      INSERT INTO time_off (id, staff, start, "end")
      VALUES (\(Identifier(high: 1, low: UInt64(number))), \(staff), \(number), \(number + 1))
      """
    )
  }
}
