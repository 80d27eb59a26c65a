import Testing

@testable import People

struct SuggestedPasswordTests {
  @Test func `it has 23 characters, all four kinds and nothing that is taken for something else`() {
    for _ in 0..<2_000 {
      let password = SuggestedPassword.make()
      #expect(password.count == 23)
      #expect(password.contains { $0.isUppercase } && password.contains { $0.isLowercase })
      #expect(password.contains { $0.isNumber } && password.contains { $0.isPunctuation })
      #expect(!password.contains { "0OoIi1lL".contains($0) })
      #expect(password.split(separator: "-").map(\.count) == [5, 5, 5, 5])
    }
  }

  @Test func `it satisfies the rule, with and without a second factor`() throws {
    let list = try Blocklist.shipped()
    for _ in 0..<500 {
      let password = SuggestedPassword.make()
      for hasSecondFactor in [true, false] {
        #expect(
          PasswordRule.problem(
            with: password,
            ownWords: ["Ona"],
            hasSecondFactor: hasSecondFactor,
            against: list
          )
            == nil
        )
      }
    }
  }

  @Test func `no two are the same, and each letter is as likely as any other`() {
    let many = (0..<5_000).map { _ in SuggestedPassword.make() }
    #expect(Set(many).count == many.count)
    var counts: [Character: Int] = [:]
    for letter in many.joined() where letter != "-" { counts[letter, default: 0] += 1 }
    #expect(counts.count == 54)
    // 100,000 draws of 54: each some 1,850 times; drawing again for want of a digit favours digits by 4 in 100.
    #expect(counts.values.allSatisfy { (1_550...2_250).contains($0) })
  }
}
