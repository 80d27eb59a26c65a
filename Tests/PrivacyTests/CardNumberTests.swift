import Testing

@testable import Privacy

struct CardNumberTests {
  /// Test numbers that payment companies publish, one or more for each network.
  static let numbers = [
    "4242424242424242", "4111111111111111", "4012888888881881", "4222222222222", "4000056655665556",
    "5555555555554444", "5105105105105100", "2223003122003222", "2720990000000007", "378282246310005",
    "371449635398431", "6011111111111117", "6011000990139424", "3056930009020004", "30569309025904",
    "36227206271667", "38520000023237", "3566002020360505", "3530111333300000", "6200000000000005",
    "6205500000000000004", "6759649826438453", "5018000000000009",
  ]

  @Test(arguments: numbers)
  func `a card number is found however it is written`(_ number: String) {
    let digits = number.map(String.init)
    for separator in [
      "", " ", "-", "\u{A0}", "\u{2009}", "\u{2013}", "\u{2212}", "\u{200B}", "\u{2060}", "\n", "\r\n",
    ] {
      #expect(
        CardNumber.isPresent(in: digits.joined(separator: separator)),
        "parted by \(separator.debugDescription)"
      )
    }
    #expect(CardNumber.isPresent(in: inGroups(number)))
    #expect(CardNumber.isPresent(in: "card: \(inGroups(number)), thanks"))
    #expect(CardNumber.isPresent(in: "2 visits, \(number). 12/28 123"))
    #expect(CardNumber.isPresent(in: "order 17 \(inGroups(number)) 1228 123"))
    #expect(CardNumber.isPresent(in: "x\(number)x"))
  }

  @Test(arguments: numbers)
  func `a card number is found in the digits of any script`(_ number: String) {
    for zero in [0x0660, 0x06F0, 0x0966, 0x0E50, 0xFF10, 0x1D7CE, 0x1E950] {
      let scalars = number.unicodeScalars.compactMap { Unicode.Scalar(UInt32(zero) + $0.value - 0x30) }
      var text = ""
      for scalar in scalars { text.unicodeScalars.append(scalar) }
      #expect(CardNumber.isPresent(in: text), "\(text)")
    }
  }

  @Test(arguments: numbers)
  func `a number with one wrong digit is not a card's`(_ number: String) {
    // The last digit alone decides the sum, so that changing it always breaks it.
    guard let last = number.last?.wholeNumberValue else { return }
    #expect(!CardNumber.isPresent(in: number.dropLast() + "\((last + 1) % 10)"))
  }

  @Test(arguments: [
    "+370 612 34567", "+49 1512 3456786", "+44 20 7946 0958", "+1 (555) 010-9999", "8 612 34567",
    "2026-11-22 14:30", "order 1234567890123456", "01a1ee56-6085-74f4-ad73-c1d1c3efb961",
    "LT12 1000 0111 0100 1000",
    "Pilies g. 4, Vilnius 01123", "door 4242, floor 42, bell 4242", "0000 0000 0000 0000", "9780306406157",
    "4242 4242 4242", "4242  4242  4242  4242", "42424242/42424242", "", "42424242424242424242424242424242",
  ])
  func `phone numbers, order numbers, dates and addresses pass`(_ text: String) {
    #expect(!CardNumber.isPresent(in: text))
  }

  private func inGroups(_ number: String) -> String {
    stride(from: 0, to: number.count, by: 4).map { start in
      String(number.dropFirst(start).prefix(4))
    }.joined(separator: " ")
  }
}
