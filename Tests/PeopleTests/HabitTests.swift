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

  @Test func `one network or one device is one person's; two of both at the same time may be two people's`() {
    func sight(_ device: UInt64, _ network: UInt8, _ seen: Int) -> SessionSight {
      SessionSight(device: Identifier(high: 0, low: device), network: [network], seenAt: noon + seen)
    }
    func signs(_ open: [SessionSight], new: Int = 0, hasPasskey: Bool = true) -> [SharedLoginSign] {
      SharedLogin.signs(open: open, newDevices: new, hasPasskey: hasPasskey)
    }
    #expect(signs([sight(1, 1, 0), sight(2, 1, 0), sight(3, 1, 0)]) == [])
    #expect(signs([sight(1, 1, 0), sight(1, 2, 0)]) == [])
    #expect(signs([sight(1, 1, 0), sight(2, 2, 121)]) == [])
    #expect(signs([sight(1, 1, 120), sight(2, 2, 0)]) == [.twoPlaces])
    #expect(signs([], new: 3) == [] && signs([], new: 4) == [.manyDevices])
    let three = [sight(1, 1, 0), sight(2, 1, 900), sight(3, 1, 1_800)]
    #expect(signs(three, hasPasskey: false) == [.noPasskey] && signs(three) == [])
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
