import Storage

/// Lets `count` acts wait while something is held, and gives each one's result by its number once it is let go.
func merged(
  _ example: Example,
  _ count: Int,
  _ act: @escaping @Sendable (Int, any Changes) throws -> Void
) async throws -> [Int: Result<Void, any Error>] {
  let gate = try await Gate(example.store)
  let asked = Counter()
  let results = await withTaskGroup(of: (Int, Result<Void, any Error>).self) { group in
    for number in 0..<count {
      group.addTask {
        do {
          asked.add()
          try await example.store.change { try act(number, $0) }
          return (number, .success(()))
        } catch {
          return (number, .failure(error))
        }
      }
    }
    group.addTask {
      try? await asked.reaches(count)
      // The last of them is about to stand in the queue.
      try? await Task.sleep(for: .milliseconds(50))
      try? await gate.open()
      return (-1, .success(()))
    }
    var results: [Int: Result<Void, any Error>] = [:]
    for await (number, result) in group where number >= 0 { results[number] = result }
    return results
  }
  return results
}

func isKept(_ result: Result<Void, any Error>?) -> Bool {
  if case .success = result { true } else { false }
}
