import Testing

@testable import Vault

@Suite(.serialized)
struct PasswordHasherTests {
  private let hasher = PasswordHasher()

  @Test func `a password matches its own hash only`() async throws {
    let hash = try await hasher.hash("green bicycles at noon")
    #expect(hash.hasPrefix("$argon2id$v=19$m=65536,t=3,p=1$"))
    #expect(try await hasher.verify("green bicycles at noon", against: hash))
    #expect(try await !hasher.verify("green bicycles at Noon", against: hash))
    #expect(try await !hasher.verify("", against: hash))
    #expect(!PasswordHasher.isOutdated(hash))
  }

  @Test func `the hash is the Argon2id of the reference implementation`() async throws {
    // From the test file of the reference implementation: version 1.3, 64 MiB, 2 passes, salt "somesalt".
    let hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
    #expect(try await hasher.verify("password", against: hash))
    #expect(PasswordHasher.isOutdated(hash))
  }

  @Test func `accents match however the keyboard composes them`() async throws {
    let hash = try await hasher.hash("z\u{30C}alias dviratis")
    #expect(try await hasher.verify("\u{17E}alias dviratis", against: hash))
  }

  @Test func `an account that does not exist costs the same and is refused`() async throws {
    let hash = try await hasher.hash("green bicycles at noon")
    var (known, unknown) = (Duration.seconds(100), Duration.seconds(100))
    for _ in 0..<5 {
      known = min(known, try await timeToRefuse(hash))
      unknown = min(unknown, try await timeToRefuse(nil))
    }
    // Wide, because the machine may be busy; the parameters decide.
    #expect(unknown > known * 0.1 && unknown < known * 10, "known \(known), unknown \(unknown)")
    #expect(PasswordHasher.nobody.split(separator: "$").prefix(3) == hash.split(separator: "$").prefix(3))
  }

  @Test(arguments: ["", "plain text", "$argon2id$", String(repeating: "$", count: 500)])
  func `what is no hash matches nothing`(_ hash: String) async throws {
    #expect(try await !hasher.verify("green bicycles at noon", against: hash))
  }

  @Test func `who waits past the deadline, or finds the line full, is told so`() async throws {
    await #expect(throws: VaultFault.busy) { try await hasher.hash("late", by: .now - .seconds(1)) }
    let crowded = PasswordHasher()
    let refused = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<100 {
        group.addTask {
          do throws(VaultFault) {
            _ = try await crowded.verify("flood", against: nil, by: .now + .milliseconds(300))
            return false
          } catch {
            return error == .busy
          }
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(refused >= 36, "at most 64 wait: \(refused) refused")
    #expect(refused < 100, "some are heard: \(refused) refused")
  }

  private func timeToRefuse(_ hash: String?) async throws -> Duration {
    let start = ContinuousClock.now
    #expect(try await !hasher.verify("wrong", against: hash))
    return ContinuousClock.now - start
  }
}
