import Primitives
import Testing

@Suite struct EmailAddressTests {
  @Test(arguments: [
    "rasa@example.com", "r.a+s_a@mail.example.test", "o'neill@example.com", "x@xn--bcher-kva.example",
    "1@2.example",
    "!#$%&'*+-/=?^_`{|}~@example.com",
  ])
  func `addresses that mail servers carry are taken`(_ text: String) throws {
    #expect(try EmailAddress(text).text == text)
  }

  @Test(
    arguments: [
      ("", .missing), ("rasa", .malformed), ("rasa@", .malformed), ("@example.com", .malformed),
      ("rasa@example", .malformed), ("ra..sa@example.com", .malformed), (".rasa@example.com", .malformed),
      ("rasa.@example.com", .malformed), ("ra sa@example.com", .malformed), (" rasa@example.com", .malformed),
      ("rasa@example.com ", .malformed), ("rasa@@example.com", .malformed), ("ra@sa@example.com", .malformed),
      ("\"rasa\"@example.com", .malformed), ("Rasa <rasa@example.com>", .malformed),
      ("rasa@[127.0.0.1]", .malformed),
      ("rasa@127.0.0.1", .malformed), ("rasa@-example.com", .malformed), ("rasa@example-.com", .malformed),
      ("rasa@example..com", .malformed), ("rasa@example.com.", .malformed), ("rasa@exa_mple.com", .malformed),
      ("rasa@example.com,ona@example.com", .malformed), ("(x)rasa@example.com", .malformed),
      ("rasa@žalias.example", .notASCII), ("žaneta@example.com", .notASCII),
      ("rasa@example.com\r\nBcc: x@example.com", .controlCharacter),
      ("rasa\u{0}@example.com", .controlCharacter),
      ("rasa@example.com\n", .controlCharacter), ("ra\tsa@example.com", .controlCharacter),
      (String(repeating: "a", count: 65) + "@example.com", .tooLong),
      ("a@" + String(repeating: "abcdefghi.", count: 25) + "example", .tooLong),
    ] as [(String, EmailAddressFault)]
  )
  func `what is not such an address is refused with its reason`(_ text: String, _ fault: EmailAddressFault) {
    #expect(throws: fault) { try EmailAddress(text) }
  }

  @Test func `the domain has one spelling, the local part is kept`() throws {
    let address = try EmailAddress("Rasa@Example.COM")
    #expect(address.text == "Rasa@example.com" && address.normalised == "rasa@example.com")
  }

  @Test func `an address does not print itself`() throws {
    let address = try EmailAddress("rasa@example.com")
    var dumped = ""
    dump(address, to: &dumped)
    #expect(!"\(address) \(String(reflecting: address)) \(dumped) \([address])".contains("rasa"))
  }
}

@Suite struct PhoneNumberTests {
  @Test(arguments: [
    ("+370 600 00000", "+37060000000"), ("8-600-00000", "860000000"), ("(8 5) 212 3456", "852123456"),
    ("+49 (0)30 123456", "+4930123456"), ("+44 (0) 20.7946.0000", "+442079460000"),
    ("(030) 123456", "030123456"),
    ("+1 (555) 010-9999", "+15550109999"), ("123456", "123456"), ("+123456789012345", "+123456789012345"),
  ])
  func `numbers are taken as people write them`(_ typed: String, _ text: String) throws {
    #expect(try PhoneNumber(typed).text == text)
  }

  @Test(
    arguments: [
      ("", .missing), ("12345", .tooShort), ("1234567890123456", .tooLong), ("++3706000000", .malformed),
      ("370+6000000", .malformed), ("call me", .malformed), ("600 00000 ext 3", .malformed),
      ("(600 00000", .malformed),
      ("600) 00000", .malformed), ("() 600000", .malformed), ("((600)) 000", .malformed),
      ("٦٠٠٠٠٠٠", .malformed),
      ("600\n000", .controlCharacter), ("600000\u{0}", .controlCharacter),
      (String(repeating: " ", count: 41), .tooLong),
    ] as [(String, PhoneNumberFault)]
  )
  func `what is not a number is refused with its reason`(_ typed: String, _ fault: PhoneNumberFault) {
    #expect(throws: fault) { try PhoneNumber(typed) }
  }

  @Test func `a number does not print itself`() throws {
    let number = try PhoneNumber("+37060000000")
    var dumped = ""
    dump(number, to: &dumped)
    #expect(!"\(number) \(String(reflecting: number)) \(dumped)".contains("600"))
  }
}
