import Primitives
import Testing

@testable import People

struct PasswordRuleTests {
  private let ownWords = ["Ona Kazlauskienė", "ona.kaz@example.test", "Spare Hands"]

  private func problem(_ password: String, hasSecondFactor: Bool = true) throws -> FieldReason? {
    PasswordRule.problem(
      with: password,
      ownWords: ownWords,
      hasSecondFactor: hasSecondFactor,
      against: try Blocklist.shipped()
    )
  }

  @Test(arguments: [
    "green bicycles at noon", "hxkqvbnwtrpz", "žalias dviratis", "7Gq!vR2#mZ9p", "漢字かな交じり文章例文集",
    "🪡🧵🧶🪢🧷🧦🧤🧣🎩👒🥾🧢", "ruduo lapai krenta tyliai", "tr4mp0line-giraffe",
  ])
  func `a long password of one's own is taken, whatever it is made of`(_ password: String) throws {
    #expect(try problem(password) == nil)
  }

  @Test(arguments: [
    "password1234", "Password123!", "P@ssw0rd!2026", "qwertyuiop12", "123456789012", "abcdefghijkl",
    "aaaaaaaaaaaa", "abcabcabcabc", "1q2w3e4r5t6y", "welcome12345", "iloveyou2026", "letmeinplease",
    "administrator", "Summer2026!!", "changeme1234", "correcthorsebatterystaple", "zyxwvutsrqpo",
    "ąąąąąąąąąąąą", "Cloakroom2026", "passwordpassword",
  ])
  func `what everybody types first is refused`(_ password: String) throws {
    #expect(try problem(password) == .commonPassword)
  }

  @Test(arguments: [
    "password1234567", "PASSWORD-2026-1", "!!!iloveyou!!!!!!!!!", "sunshine123456789",
    "2026-congratulations",
    "correct horse battery staple", "Correct-Horse-Battery-Staple-1", "thequickbrownfoxjumpsoverthelazydog",
    "qwertyuiopasdfghjkl", "1qaz2wsx3edc4rfv", "aaaaaaaaaaaaaaaaaaaa", "123456789012345",
    "monkeymonkeymonkey",
    "dragonfootball!1",
  ])
  func `a common password of 15 or more is refused, also with some digits or signs around it`(
    _ password: String
  )
    throws
  {
    #expect(try problem(password) == .commonPassword)
  }

  @Test(arguments: [
    "ona.kaz@example.test", "Kazlauskienė1", "sparehands2026", "Spare Hands 12", "ona.kaz.2026!",
    "Ona Kazlauskienė 2026", "kazlauskienespare", "Spare Hands Spare Hands", "sparehands-2026-1",
  ])
  func `one's own name, address and business are refused`(_ password: String) throws {
    let isSpelledWithout = password == "kazlauskienespare"
    #expect(try problem(password) == (isSpelledWithout ? nil : .commonPassword))
  }

  @Test func `length counts code points of the composed form, and is more without a second factor`() throws {
    #expect(try problem("") == .missing)
    #expect(try problem("hxkqvbnwtrp") == .tooShort)
    #expect(try problem("hxkqvbnwtrpz") == nil)
    #expect(try problem("hxkqvbnwtrpz", hasSecondFactor: false) == .tooShort)
    #expect(try problem("hxkqvbnwtrpzmls", hasSecondFactor: false) == nil)
    // Eleven letters, four of them typed as letter and accent.
    #expect(try problem("a\u{328}z\u{30C}uole\u{307}lis\u{30C}kx") == .tooShort)
  }

  @Test func `128 characters are taken and the 129th is too many`() throws {
    let longest = "green bicycles at noon, " + String(repeating: "xq", count: 52)
    #expect(longest.unicodeScalars.count == 128)
    #expect(try problem(longest) == nil)
    #expect(try problem(longest + "x") == .tooLong)
    let emoji = (0..<128).compactMap { Unicode.Scalar(0x1F300 + $0) }.reduce(into: "") {
      $0.unicodeScalars.append($1)
    }
    #expect(try problem(emoji) == nil)
  }

  /// Strings in the manner of the Big List of Naughty Strings: what forms, databases and shells trip over.
  @Test(arguments: [
    "undefined undefined", "0xffffffffffffffff", "-9223372036854775808/-1",
    "999999999999999999999999999999999999",
    "123456789012345678901234567890123456789", "<>?:\"{}|_+-=[]\\;',./", "Ω≈ç√∫˜µ≤≥÷åß∂ƒ©˙∆˚¬…æ",
    "ЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВ",
    "田中さんにあげて下さい昨日の夜に", "ヽ༼ຈل͜ຈ༽ﾉ ヽ༼ຈل͜ຈ༽ﾉ", "👩‍👩‍👧‍👦👨‍👩‍👧👾🙇💁🙅🙆", "הָיְתָהtestالصفحات التّحول",
    "\u{202E}\u{202B}test\u{202C}\u{2066}one\u{2069}two", "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠", "<script>alert(1)</script>",
    "' OR 1=1 -- and so on", "1'; DROP TABLE users--", "../../../../etc/passwd%00", "$(touch /tmp/naughty)",
    "%s%s%s%s%s%n%n%n%n%n",
    "{{7*7}}{{constructor}}",
    "\t\t \u{A0}\u{2003}\u{3000} \u{205F}\u{2009}\u{200A}\u{2028} \u{85} \u{2000}\u{2002}\u{2004}",
    "｀ｆｕｌｌｗｉｄｔｈ＿ｆｏｒｍｓ",
    "Scunthorpe General Hospital", "If you're reading this, good",
    "\u{0}\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\u{E}\u{F}\u{10}\u{11}\u{12}\u{13}",
  ])
  func `any string of 15 or more that is not on the list is taken, however odd (R34)`(_ password: String)
    throws
  {
    #expect(password.unicodeScalars.count >= 15)
    #expect(try problem(password, hasSecondFactor: false) == nil)
  }

  @Test func `ten thousand strings of all of Unicode are taken (R34)`() throws {
    var generator = Seeded(state: 20_261_122)
    for _ in 0..<10_000 {
      let count = Int.random(in: 15...64, using: &generator)
      var text = ""
      while text.unicodeScalars.count < count {
        let range: ClosedRange<UInt32> = Bool.random(using: &generator) ? 0x20...0x7E : 0xA0...0x1_FFFF
        if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
          text.unicodeScalars.append(scalar)
        }
      }
      let found = try problem(text, hasSecondFactor: false)
      // Composing may make one character of two.
      #expect(found == nil || found == .tooShort, "\(text.debugDescription)")
    }
  }

  @Test func `a calendar counts days, and without one a password is good for ever`() {
    let day = Instant(seconds: 1_800_000_000)
    #expect(!PasswordRule.isOutlived(setAt: day, every: nil, now: day + .days(4_000)))
    #expect(!PasswordRule.isOutlived(setAt: day, every: 180, now: day + .days(180) - 1))
    #expect(PasswordRule.isOutlived(setAt: day, every: 180, now: day + .days(180)))
  }
}

/// SplitMix64: the same numbers in every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
