import Primitives
import Testing

@testable import People

struct PasswordRuleTests {
  private let ownWords = ["Ona Kazlauskienė", "ona.kaz@example.test", "Spare Hands"]

  private func problem(_ password: String, hasSecondFactor: Bool = true) -> FieldReason? {
    PasswordRule.problem(with: password, ownWords: ownWords, hasSecondFactor: hasSecondFactor)
  }

  @Test(arguments: [
    "green bicycles at noon", "hxkqvbnwtrpz", "žalias dviratis", "7Gq!vR2#mZ9p", "漢字かな交じり文章例文集",
    "🪡🧵🧶🪢🧷🧦🧤🧣🎩👒🥾🧢", "ruduo lapai krenta tyliai", "tr4mp0line-giraffe",
  ])
  func `a long password of one's own is taken, whatever it is made of`(_ password: String) {
    #expect(problem(password) == nil)
  }

  @Test(arguments: [
    "password1234", "Password123!", "P@ssw0rd!2026", "qwertyuiop12", "123456789012", "abcdefghijkl",
    "aaaaaaaaaaaa", "abcabcabcabc", "1q2w3e4r5t6y", "welcome12345", "iloveyou2026", "letmeinplease",
    "administrator", "Summer2026!!", "changeme1234", "correcthorsebatterystaple", "zyxwvutsrqpo",
    "ąąąąąąąąąąąą",
    "Cloakroom2026", "passwordpassword",
  ])
  func `what everybody types first is refused`(_ password: String) {
    #expect(problem(password) == .commonPassword)
  }

  @Test(arguments: [
    "ona.kaz@example.test", "Kazlauskienė1", "sparehands2026", "Spare Hands 12", "ona.kaz.2026!",
  ])
  func `one's own name, address and business are refused`(_ password: String) {
    #expect(problem(password) == .commonPassword)
  }

  @Test func `length counts code points, and is more without a second factor`() {
    #expect(problem("") == .missing)
    #expect(problem("hxkqvbnwtrp") == .tooShort)
    #expect(problem("hxkqvbnwtrpz") == nil)
    #expect(problem("hxkqvbnwtrpz", hasSecondFactor: false) == .tooShort)
    #expect(problem("hxkqvbnwtrpzmls", hasSecondFactor: false) == nil)
    let longest = String("green bicycles at noon, ".flatMap { [$0] }) + String(repeating: "xq", count: 52)
    #expect(longest.unicodeScalars.count == 128)
    #expect(problem(longest) == nil)
    #expect(problem(longest + "x") == .tooLong)
  }
}
