import Testing

@testable import Vault

struct TextTests {
  @Test(arguments: [
    (" Rasa@Example.TEST\n", "rasa@example.test"),
    ("ｒａｓａ@example.test", "rasa@example.test"),
    ("Z\u{30C}anas@example.test", "\u{17E}anas@example.test"),
    ("İrasa@example.test", "i\u{307}rasa@example.test"),
  ])
  func `spellings of one address meet`(_ typed: String, _ normalised: String) {
    #expect(Array(Normalised.email(typed).unicodeScalars) == Array(normalised.unicodeScalars))
    #expect(Normalised.email(normalised) == normalised, "normalising twice changes nothing")
  }

  @Test(arguments: [
    ("+370 612 34567", "+37061234567"), ("00370 (612) 34-567", "+37061234567"), ("8 612 34567", "861234567"),
    ("＋３７０６１２３４５６７", "+37061234567"), ("٠٦١٢", "0612"), ("", ""),
  ])
  func `spellings of one phone number meet`(_ typed: String, _ normalised: String) {
    #expect(Normalised.phone(typed) == normalised)
  }

  @Test func `base 64 has one spelling for each value`() throws {
    // RFC 4648 §10.
    for (text, encoded) in [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ] {
      #expect(Base64.encode(Array(text.utf8)) == encoded)
      #expect(Base64.decode(encoded) == Array(text.utf8))
      let url = encoded.replacing("=", with: "")
      #expect(Base64.encodeURL(Array(text.utf8)) == url)
      #expect(Base64.decodeURL(url) == Array(text.utf8))
    }
    #expect(Base64.encodeURL([0xFB, 0xFF]) == "-_8")
    for wrong in ["Zg", "Zg=", "Zh==", "Zm9=", "Z", "Zm9v====", "Zm 9", "Zm9v\n", "-_8=", "===="] {
      #expect(Base64.decode(wrong) == nil, "\(wrong)")
    }
    for wrong in ["Zg==", "Zh", "Zm9", "Z", "+/8", "Zm9v "] {
      #expect(Base64.decodeURL(wrong) == nil, "\(wrong)")
    }
  }

  @Test func `base 32 has one spelling for each value`() {
    #expect(Base32.standard.encode(Array("foobar".utf8)) == "MZXW6YTBOI")
    #expect(Base32.standard.decode("mzxw6ytboi") == Array("foobar".utf8))
    for wrong in ["MZXW6YTBOJ", "M", "MZX", "MZ1W", "MZ=="] {
      #expect(Base32.standard.decode(wrong) == nil, "\(wrong)")
    }
  }

  @Test func `tokens are all different, and what cannot be one is refused`() throws {
    let tokens = (0..<1_000).map { _ in Token() }
    #expect(Set(tokens.map(\.text)).count == 1_000)
    #expect(tokens[0].text.utf8.count == 43)
    #expect(try #require(Token(tokens[0].text)).text == tokens[0].text)
    #expect(Token("short") == nil)
    #expect(Token(String(repeating: "é", count: 43)) == nil)
  }

  @Test func `secrets are equal only when every byte is`() {
    #expect(constantTimeEqual([1, 2, 3], [1, 2, 3]))
    #expect(!constantTimeEqual([1, 2, 3], [1, 2, 4]))
    #expect(!constantTimeEqual([1, 2, 3], [1, 2]))
    #expect(constantTimeEqual([], []))
  }
}
