import Testing

@testable import Vault

struct RootKeyTests {
  @Test func `a recovery code gives the key back, however it is typed`() throws {
    for _ in 0..<50 {
      let key = RootKey.generate()
      let code = key.recoveryCode
      #expect(code.split(separator: "-").map(\.count) == Array(repeating: 4, count: 14))
      #expect(try RootKey(recoveryCode: code) == key)
      let typed = code.lowercased().replacing("-", with: " ").replacing("0", with: "o").replacing(
        "1",
        with: "l"
      )
      #expect(try RootKey(recoveryCode: typed) == key)
    }
  }

  @Test func `a mistyped recovery code is refused`() throws {
    let code = RootKey.generate().recoveryCode
    for position in code.indices where code[position] != "-" {
      let wrong: Character = code[position] == "7" ? "8" : "7"
      let typed = String(code[..<position]) + String(wrong) + String(code[code.index(after: position)...])
      #expect(throws: VaultFault.mistyped) { try RootKey(recoveryCode: typed) }
    }
    for typed in ["", "U", code + "0", String(code.dropLast()), code.replacing("-", with: "*")] {
      #expect(throws: VaultFault.mistyped) { try RootKey(recoveryCode: typed) }
    }
  }

  @Test func `a recovery code is the one the format page prints`() throws {
    let key = try #require(RootKey(bytes: Printed.root))
    #expect(key.recoveryCode == "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFG-ZDZH")
  }

  @Test func `a key of another length is refused`() {
    #expect(RootKey(bytes: [UInt8](repeating: 1, count: 31)) == nil)
    #expect(RootKey(bytes: [UInt8](repeating: 1, count: 33)) == nil)
  }
}
