import Booking
import Primitives
import Testing

@testable import People

struct SignInTests {
  private let noon = Instant(seconds: 1_795_348_800)

  @Test(arguments: [
    (Role.owner, 1_800), (.administrator, 1_800), (.receptionist, 1_800), (.technician, 3_600),
  ])
  func `a session locks when idle too long, and ends after twelve hours in any case`(
    _ name: Role,
    _ idle: Int
  ) throws {
    let role = try #require(RoleDefinition.builtIn.first { $0.id == name })
    func state(seen: Instant, isLocked: Bool = false, now: Instant) -> SessionState {
      SessionRule.state(role: role, signedIn: noon, lastSeen: seen, isLocked: isLocked, now: now)
    }
    #expect(state(seen: noon, now: noon + idle - 1) == .open)
    #expect(state(seen: noon, now: noon + idle) == .locked)
    #expect(state(seen: noon, isLocked: true, now: noon + 1) == .locked)
    let busy = noon + 12 * 3_600 - 1
    #expect(state(seen: busy, now: busy) == .open)
    #expect(state(seen: busy, now: busy + 1) == .ended)
    #expect(state(seen: busy, isLocked: true, now: busy + 1) == .ended)
    #expect(state(seen: noon, now: noon - 3_600) == .open, "a clock that went back locks nothing")
  }

  @Test func `a typing mistake costs nothing, guessing costs more and more, and never more than an hour`() {
    var failures = SignInFailures.none
    var waits: [Int] = []
    var now = noon
    for _ in 0..<20 {
      let opens = SignInThrottle.opens(SignInCounts(pair: failures), isKnownDevice: true, now: now)
      waits.append(opens - now)
      now = max(now, opens)
      failures = SignInFailures(count: failures.count + 1, last: now)
    }
    #expect(
      waits == [0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048]
        + Array(repeating: 3_600, count: 5)
    )
  }

  @Test func `a device that the account knows is not held up by strangers, wherever they are`() {
    let flood = SignInFailures(count: 10_000, last: noon)
    let counts = SignInCounts(account: flood, network: flood, inARow: 10_000, house: noon + 10_000)
    #expect(SignInThrottle.opens(counts, isKnownDevice: true, now: noon) == noon)
    #expect(SignInThrottle.opens(SignInCounts(account: flood), isKnownDevice: false, now: noon) == noon + 90)
    #expect(SignInThrottle.opens(SignInCounts(network: flood), isKnownDevice: false, now: noon) == noon + 900)
  }

  @Test func `five tries while one code lives, from however many networks (V19)`() {
    var counts = SignInCounts()
    var heard: [Int] = []
    for second in 0..<600 {
      let now = noon + second
      while SignInThrottle.opens(counts, isKnownDevice: false, now: now) <= now {
        heard.append(second)
        counts.account = SignInFailures(count: counts.account.count + 1, last: now)
      }
    }
    for start in 0..<(600 - 90) {
      #expect(heard.filter { (start..<start + 90).contains($0) }.count <= 5)
    }
  }

  @Test func `a whole house of strangers gets a hundred tries and then six a minute`() {
    var counts = SignInCounts()
    var heard = 0
    for second in 0..<3_600 {
      let now = noon + second
      while SignInThrottle.opens(counts, isKnownDevice: false, now: now) <= now {
        heard += 1
        counts.house = SignInThrottle.counting(counts.house, at: now)
      }
    }
    #expect((100 + 359...100 + 360).contains(heard))
    // A clock that went back lengthens nothing beyond the whole allowance.
    counts.house = noon + 1_000_000
    let next = SignInThrottle.counting(counts.house, at: noon)
    #expect(SignInThrottle.opens(SignInCounts(house: next), isKnownDevice: false, now: noon) <= noon + 20)
  }

  @Test func `a day without failures forgets the delay, and a clock that went back lengthens none`() {
    let old = SignInCounts(pair: SignInFailures(count: 50, last: noon))
    let later = noon + 24 * 3_600 + 1
    #expect(SignInThrottle.opens(old, isKnownDevice: true, now: later) == later)
    let ahead = SignInCounts(pair: SignInFailures(count: 4, last: noon + 3_600))
    #expect(SignInThrottle.opens(ahead, isKnownDevice: true, now: noon) == noon + 2)
  }

  @Test
  func `after a hundred in a row strangers' devices are asked for more, and a known device is a stranger's`()
  {
    #expect(SignInThrottle.takesPasswords(fromStrangersAfter: 99))
    #expect(!SignInThrottle.takesPasswords(fromStrangersAfter: 100))
    #expect(SignInThrottle.trusts(deviceAfter: SignInFailures(count: 99, last: noon)))
    #expect(!SignInThrottle.trusts(deviceAfter: SignInFailures(count: 100, last: noon)))
  }
}
