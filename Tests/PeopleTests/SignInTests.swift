import Booking
import Primitives
import Testing

@testable import People

struct SignInTests {
  private let noon = Instant(seconds: 1_795_348_800)

  @Test(arguments: [(Role.owner, 1_800), (.administrator, 1_800), (.technician, 3_600)])
  func `a session ends when idle too long, and after twelve hours in any case`(_ role: Role, _ idle: Int) {
    #expect(SessionRule.isAlive(role: role, signedIn: noon, lastSeen: noon, now: noon + idle - 1))
    #expect(!SessionRule.isAlive(role: role, signedIn: noon, lastSeen: noon, now: noon + idle))
    let busy = noon + 12 * 3_600 - 1
    #expect(SessionRule.isAlive(role: role, signedIn: noon, lastSeen: busy, now: busy))
    #expect(!SessionRule.isAlive(role: role, signedIn: noon, lastSeen: busy, now: busy + 1))
  }

  @Test func `a typing mistake costs nothing, guessing costs more and more, and never more than an hour`() {
    var failures = SignInFailures.none
    var waits: [Int] = []
    var now = noon
    for _ in 0..<20 {
      let opens = opens(pair: failures, now: now)
      waits.append(opens - now)
      now = max(now, opens)
      failures = SignInThrottle.counting(failures, at: now)
    }
    #expect(
      waits == [0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048]
        + Array(repeating: 3_600, count: 5)
    )
  }

  @Test func `a network that the account knows is not held up by strangers elsewhere`() {
    let flood = SignInFailures(count: 10_000, last: noon)
    #expect(opens(account: flood, isKnownNetwork: true, now: noon) == noon)
    #expect(opens(account: flood, isKnownNetwork: false, now: noon) == noon + 60)
    #expect(opens(network: flood, isKnownNetwork: true, now: noon) == noon + 900)
  }

  @Test func `a day without failures forgets them`() {
    let old = SignInFailures(count: 50, last: noon)
    let later = noon + 24 * 3_600 + 1
    #expect(opens(pair: old, now: later) == later)
    #expect(SignInThrottle.counting(old, at: later).count == 1)
  }

  @Test func `a clock that went back lengthens no delay`() {
    let failures = SignInFailures(count: 4, last: noon + 3_600)
    #expect(opens(pair: failures, now: noon) == noon + 2)
  }

  private func opens(
    pair: SignInFailures = .none,
    account: SignInFailures = .none,
    network: SignInFailures = .none,
    isKnownNetwork: Bool = false,
    now: Instant
  ) -> Instant {
    SignInThrottle.opens(
      pair: pair,
      account: account,
      network: network,
      isKnownNetwork: isKnownNetwork,
      now: now
    )
  }
}
