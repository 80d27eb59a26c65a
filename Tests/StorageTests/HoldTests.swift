import Dispatch
import Primitives
import Storage
import TestKit
import Testing

/// What an act holds it decides about alone, through whichever server.
@Suite struct HoldTests {
  private let tadas: Held
  private let milda: Held

  init() throws {
    tadas = .staff(try #require(Slug("tadas")))
    milda = .staff(try #require(Slug("milda")))
  }

  @Test(arguments: Engine.allCases)
  func `who reads and then writes under a hold loses nothing`(engine: Engine) async throws {
    let example = try await Example(engine)
    let other = try await example.another()
    try await example.tamper("INSERT INTO business (id, version, document) VALUES (1, 0, '')")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<100 {
        let store = number % 2 == 0 ? example.store : other
        group.addTask { [tadas] in
          try await store.change { changes in
            try changes.hold([.rules, tadas])
            let version = try changes.first("SELECT version FROM business") { $0.int(0) } ?? 0
            try changes.write("UPDATE business SET version = \(version + 1)")
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await example.store.read { try $0.businessVersion() } == 100)
    try other.close()
  }

  @Test(arguments: Engine.allCases)
  func `holds asked for together in any order never block each other for good`(engine: Engine) async throws {
    let example = try await Example(engine)
    let other = try await example.another()
    let runs = Counter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<60 {
        let store = number % 2 == 0 ? example.store : other
        let things = number % 3 == 0 ? [tadas, milda, .rules] : [.rules, milda, tadas]
        group.addTask {
          try await store.change { changes in
            runs.add()
            try changes.hold(things)
            try changes.block("tadas", number)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await example.count("time_off") == 60)
    // An act of a deadlock would have been run again.
    #expect(runs.value == 60)
    try other.close()
  }

  @Test(arguments: Engine.allCases)
  func `two acts that wait for each other are both done in the end`(engine: Engine) async throws {
    let example = try await Example(engine)
    let other = try await example.another()
    let runs = Counter()
    async let one: Void = example.store.change { [tadas, milda] in try cross($0, tadas, milda, 1) }
    async let two: Void = other.change { [tadas, milda] in try cross($0, milda, tadas, 2) }
    _ = try await (one, two)
    #expect(try await example.count("time_off") == 2)
    #expect(runs.value >= 2)
    try other.close()

    @Sendable func cross(_ changes: any Changes, _ first: Held, _ second: Held, _ number: Int) throws {
      runs.add()
      try changes.hold([first])
      _ = try changes.first("SELECT 1 FROM business") { $0.int(0) }
      if engine == .postgres {
        // Until the other one has its first, too.
        let end = ContinuousClock.now + .milliseconds(300)
        while runs.value < 2, ContinuousClock.now < end {}
      }
      try changes.hold([second])
      try changes.block("tadas", number)
    }
  }

  @Test func `what is shared is held by several at once, and by nobody who wants it alone`() async throws {
    let example = try await Example(.postgres)
    let (one, two) = (
      try await Held.keeping([.rules], example.store), try await Held.keeping([.rules], example.store)
    )
    let done = Counter()
    let alone = Task {
      try await example.store.change { changes in
        try changes.hold([.newRules])
        try changes.block("tadas", 1)
        done.add()
      }
    }
    try await Task.sleep(for: .milliseconds(100))
    try await one.open()
    try await Task.sleep(for: .milliseconds(50))
    #expect(try await example.count("time_off") == 0)
    try await two.open()
    try await alone.value
    #expect(done.value == 1)
  }

  @Test func `one person's days are decided about side by side, the whole book apart from all of them`()
    async throws
  {
    let example = try await Example(.postgres)
    let (monday, tuesday) = (try book(from: 9, to: 10), try book(from: 33, to: 34))
    let one = try await Held.keeping(monday, example.store)
    let two = try await Held.keeping(tuesday, example.store)
    let done = Counter()
    let (sameDay, overMidnight) = (try book(from: 20, to: 21), try book(from: 23, to: 25))
    let waiting = [sameDay, overMidnight, [tadas]].map { things in
      Task {
        try await example.store.change { changes in
          try changes.hold(things)
          _ = try changes.first("SELECT 1 FROM business") { $0.int(0) }
          try changes.block("tadas", done.add())
        }
      }
    }
    try await Task.sleep(for: .milliseconds(100))
    #expect(done.value == 0)
    try await one.open()
    try await two.open()
    for act in waiting { try await act.value }
    #expect(try await example.count("time_off") == 3)
  }

  @Test func `a book is held by UTC days, and as a whole beyond three of them`() throws {
    #expect(try book(from: 0, to: 24).count == 2)
    #expect(try book(from: 23, to: 25).count == 3)
    #expect(try book(from: -1, to: 1).count == 3)
    #expect(
      try Set(book(from: -1, to: 0)).isDisjoint(
        with: Set(book(from: 0, to: 1)).subtracting(book(from: 24, to: 25))
      )
    )
    #expect(try book(from: 1, to: 72).count == 4)
    #expect(try book(from: 1, to: 73) == [tadas])
  }

  /// Hours since the beginning of 1970.
  private func book(from start: Int, to end: Int) throws -> [Held] {
    let interval = Interval(
      start: Instant(seconds: 3_600 * Int64(start)),
      end: Instant(seconds: 3_600 * Int64(end))
    )
    return Held.book(of: try #require(Slug("tadas")), over: try #require(interval))
  }
}

extension Held {
  /// Holds things until the gate is opened.
  static func keeping(_ things: [Held], _ store: any Store) async throws -> Gate {
    try await Gate(store) { changes in
      try changes.hold(things)
      _ = try changes.first("SELECT 1 FROM business") { $0.int(0) }
    }
  }
}
