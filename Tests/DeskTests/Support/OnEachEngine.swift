import TestKit
import Testing

/// Runs each test of a suite once on every engine, one after the other.
struct OnEachEngine: SuiteTrait, TestTrait, TestScoping {
  /// The engine that the test at hand runs on.
  @TaskLocal static var engine = Engine.sqlite

  var isRecursive: Bool { true }

  func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @Sendable () async throws -> Void
  ) async throws {
    for engine in Engine.allCases {
      try await OnEachEngine.$engine.withValue(engine) { try await function() }
    }
  }
}

extension Trait where Self == OnEachEngine {
  static var onEachEngine: OnEachEngine { OnEachEngine() }
}
