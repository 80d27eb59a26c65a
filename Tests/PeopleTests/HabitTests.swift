import Primitives
import Testing

@testable import People

/// What is unusual, what is shared, what is fresh, and what a browser calls itself.
struct HabitTests {
  private let noon = Instant(seconds: 1_795_348_800)

  @Test func `the very first sign-in is compared with nothing`() {
    let signs = UnusualSignIn.signs(
      habits: SignInHabits(stays: [], networks: [], lastSeen: nil),
      isKnownDevice: false,
      network: [1],
      failuresBefore: 9,
      zone: nil,
      now: noon
    )
    #expect(signs == [])
  }

  @Test(arguments: [(0, false), (2, false), (3, true), (12, true), (21, true), (22, false)])
  func `an hour is odd when it is more than two from any at which somebody was there`(
    hoursLater: Int,
    isOdd: Bool
  ) throws {
    let zone = try ZoneLibrary.system.zone(named: "Europe/Vilnius")
    let stays = (1...10).map { (from: noon - .days($0), to: noon - .days($0)) }
    func signs(_ stays: [(from: Instant, to: Instant)]) -> [UnusualSign] {
      UnusualSignIn.signs(
        habits: SignInHabits(stays: stays, networks: [[1]], lastSeen: noon - .days(1)),
        isKnownDevice: true,
        network: [1],
        failuresBefore: 2,
        zone: zone,
        now: noon + .hours(hoursLater)
      )
    }
    #expect(signs(stays) == (isOdd ? [.oddHour] : []))
    #expect(signs(Array(stays.dropLast())) == [], "nine are no habit")
  }

  /// A session on a device in a network that began and was seen last so many seconds after noon.
  private func sight(_ device: UInt64, _ network: UInt8, _ began: Int, _ seen: Int, isOpen: Bool = true)
    -> SessionSight
  {
    SessionSight(
      device: Identifier(high: 0, low: device),
      network: [network],
      startedAt: noon + began,
      seenAt: noon + seen,
      isOpen: isOpen
    )
  }

  private func signs(_ sights: [SessionSight], new: [UInt64] = [], hasPasskey: Bool = true)
    -> [SharedLoginSign]
  {
    SharedLogin.signs(
      sights,
      newDevices: Set(new.map { Identifier(high: 0, low: $0) }),
      hasPasskey: hasPasskey
    )
  }

  @Test
  func
    `one network or one device is one person's; two of both used in the same minutes may be two people's`()
  {
    #expect(signs([sight(1, 1, 0, 60), sight(2, 1, 0, 60), sight(3, 1, 0, 60)]) == [])
    #expect(signs([sight(1, 1, 0, 60), sight(1, 2, 0, 60)]) == [])
    #expect(signs([sight(1, 1, 0, 60), sight(2, 2, 10, 181)]) == [])
    #expect(signs([sight(1, 1, 0, 60), sight(2, 2, 10, 180)]) == [.twoPlaces])
    #expect(
      signs([sight(1, 1, 0, 60), sight(2, 2, 10, 10)]) == [.twoPlaces],
      "the first goes on beside the second"
    )
    #expect(signs([sight(1, 1, 0, 60), sight(2, 2, 60, 240)]) == [], "one after the other")
    #expect(signs([sight(1, 1, 0, 60), sight(2, 2, 10, 10, isOpen: false)]) == [])
  }

  @Test func `signing in again and again is no use by several`() {
    let mere = (0..<50).map { sight(UInt64($0), UInt8($0 % 3), $0, $0) }
    #expect(signs(mere, new: Array(0..<50), hasPasskey: false) == [])
    // Nor is one after the other, each used and left.
    let inTurn = (0..<7).map { sight(UInt64($0), UInt8($0), 1_000 * $0, 1_000 * $0 + 900) }
    #expect(signs(inTurn, new: Array(0..<7), hasPasskey: false) == [])
  }

  @Test func `four new devices that were used beside others, or three in the same minutes without a passkey`()
  {
    let week = (0..<4).map { sight(UInt64($0), 1, 100 * $0, 10_000 - 500 * $0, isOpen: false) }
    #expect(signs(week, new: [0, 1, 2, 3]) == [.manyDevices])
    #expect(signs(week, new: [0, 1, 2]) == [])
    let three = [sight(1, 1, 0, 90), sight(2, 1, 10, 100), sight(3, 1, 20, 120)]
    #expect(signs(three, hasPasskey: false) == [.noPasskey] && signs(three) == [])
    let apart = [sight(1, 1, 0, 9_000), sight(2, 1, 10, 8_000), sight(3, 1, 20, 7_000)]
    #expect(signs(apart, hasPasskey: false) == [])
  }

  @Test func `a proof is fresh for five minutes`() {
    #expect(StepUp.isFresh(provedAt: noon, now: noon + 300))
    #expect(!StepUp.isFresh(provedAt: noon, now: noon + 301))
  }

  @Test func `recovery codes have 120 bits and are read as people type them`() throws {
    let codes = (0..<1_000).map { _ in RecoveryCode() }
    #expect(Set(codes.map(\.text)).count == 1_000)
    for code in codes {
      #expect(code.bytes.count * 8 == 120 && code.text.count == 29)
      let typed = code.text.lowercased().replacing("-", with: " ").replacing("0", with: "o").replacing(
        "1",
        with: "l"
      )
      #expect(RecoveryCode(typed)?.bytes == code.bytes)
    }
    let text = codes[0].text
    for wrong in [
      "", "x", String(text.dropLast()), text + "A", text.dropLast() + "U", String(repeating: "-", count: 200),
    ] {
      #expect(RecoveryCode(wrong) == nil, "\(wrong.count)")
    }
  }

  @Test(arguments: [
    ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
    (
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
      "Edge on Windows"
    ),
    (
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
      "Safari on macOS"
    ),
    (
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile Safari/604.1",
      "Chrome on iPhone"
    ),
    (
      "Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
      "Samsung Internet on Android"
    ),
    ("curl/8.0", "Another browser on another system"), ("", "Another browser on another system"),
    ("<script>alert(1)</script>", "Another browser on another system"),
  ])
  func `a browser is told by a closed set of words`(userAgent: String, words: String) {
    #expect(BrowserKind(userAgent: userAgent).words == words)
  }
}
