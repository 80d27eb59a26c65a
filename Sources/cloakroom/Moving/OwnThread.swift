import Foundation

/// Runs what blocks for long on a thread of its own: the cooperative pool has as many as there are cores.
func onOwnThread<Answer: Sendable>(_ body: @escaping @Sendable () throws -> Answer) async throws -> Answer {
  try await withCheckedThrowingContinuation { continuation in
    let thread = Thread { continuation.resume(with: Result { try body() }) }
    thread.stackSize = 1 << 22
    thread.start()
  }
}
