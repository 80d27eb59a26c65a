import Primitives
import Testing

@testable import People

struct TOTPTests {
  /// RFC 6238 appendix B: the ASCII secret 12345678901234567890.
  private let rfc = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

  @Test(arguments: [
    (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
    (2_000_000_000, "279037"), (20_000_000_000, "353130"),
  ])
  func `codes are those of RFC 6238`(_ seconds: Int64, _ code: String) throws {
    let totp = try #require(TOTP(base32: rfc))
    #expect(totp.code(at: Instant(seconds: seconds)) == code)
  }

  @Test func `a code is taken one step early or late, and no more`() {
    let totp = TOTP()
    let now = Instant(seconds: 1_795_348_810)
    let step = TOTP.step(at: now)
    for distance in -3...3 {
      let code = totp.code(at: now + distance * 30)
      let matched = totp.matchedStep(of: code, at: now, lastUsed: nil)
      #expect(matched == (abs(distance) <= 1 ? step + distance : nil), "\(distance) steps away")
    }
  }

  @Test func `a code works once`() throws {
    let totp = TOTP()
    let now = Instant(seconds: 1_795_348_810)
    let code = totp.code(at: now)
    let used = try #require(totp.matchedStep(of: code, at: now, lastUsed: nil))
    #expect(totp.matchedStep(of: code, at: now, lastUsed: used) == nil)
    #expect(totp.matchedStep(of: code, at: now + 30, lastUsed: used) == nil)
    #expect(totp.matchedStep(of: totp.code(at: now - 30), at: now, lastUsed: used) == nil, "nor an older one")
    #expect(totp.matchedStep(of: totp.code(at: now + 30), at: now, lastUsed: used) == used + 1)
  }

  @Test(arguments: ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"])
  func `what is no code is refused`(_ typed: String) {
    #expect(TOTP().matchedStep(of: typed, at: Instant(seconds: 0), lastUsed: nil) == nil)
  }

  @Test func `a code may be typed in two groups`() {
    let totp = TOTP()
    let now = Instant(seconds: 1_795_348_810)
    let code = totp.code(at: now)
    #expect(totp.matchedStep(of: "\(code.prefix(3)) \(code.suffix(3))", at: now, lastUsed: nil) != nil)
  }

  @Test func `a secret is 160 random bits, shown in base 32`() throws {
    let secrets = (0..<100).map { _ in TOTP().base32 }
    #expect(Set(secrets).count == 100)
    #expect(secrets.allSatisfy { $0.utf8.count == 32 })
    #expect(try #require(TOTP(base32: rfc.lowercased())).base32 == rfc)
    #expect(TOTP(base32: "GEZDGNBV") == nil, "too short")
    #expect(!"\(TOTP())".contains("["))
  }

  @Test func `the app's address names business and person`() throws {
    let totp = try #require(TOTP(base32: rfc))
    #expect(
      totp.uri(issuer: "Spare Hands", account: "ona@example.test")
        == "otpauth://totp/Spare%20Hands:ona%40example.test?secret=\(rfc)&issuer=Spare%20Hands"
        + "&algorithm=SHA1&digits=6&period=30"
    )
  }
}
