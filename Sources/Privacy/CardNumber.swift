/// Payment card numbers in free text, which are never stored (requirement R7, PCI DSS 3).
package enum CardNumber {
  /// True when the text holds a card number: 13 to 19 digits of any script, at most one space or dash between
  /// two of them, beginning and as long as a known network has it, with a right check digit (ISO/IEC 7812-1).
  ///
  /// Characters without width are looked through, and what stands beside the number does not hide it. A
  /// telephone number written with its `+` passes. Other numbers pass unless they begin and are as long as a
  /// card's *and* the check digit fits by chance, which is one in ten of those.
  package static func isPresent(in text: String) -> Bool {
    guard mayHoldCard(text.utf8) else { return false }
    var run = DigitRun()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars where !isWidthless(scalar) {
      if let digit = decimalDigit(scalar) {
        if run.digits.isEmpty { run.follows = previous }
        run.add(digit)
      } else if !run.isParted, !run.digits.isEmpty, isSpaceOrDash(scalar) {
        run.isParted = true
      } else {
        if run.holdsCard { return true }
        run = DigitRun()
      }
      previous = scalar
    }
    return run.holdsCard
  }

  /// Most texts are ASCII and have too few digits.
  private static func mayHoldCard(_ text: String.UTF8View) -> Bool {
    var digits = 0
    for byte in text {
      if byte >= 0x80 { return true }
      if byte >= 0x30, byte <= 0x39 { digits += 1 }
    }
    return digits >= 13
  }

  private static func decimalDigit(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar.value < 0x80 {
      return scalar.value >= 0x30 && scalar.value <= 0x39 ? UInt8(scalar.value - 0x30) : nil
    }
    guard scalar.properties.generalCategory == .decimalNumber, let value = scalar.properties.numericValue
    else {
      return nil
    }
    return UInt8(value)
  }

  private static func isSpaceOrDash(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar == " " || scalar == "\u{2212}" || scalar.properties.isWhitespace
      || scalar.properties.generalCategory == .dashPunctuation
  }

  /// Format characters, variation selectors, combining marks, and the carriage return of a form's line end.
  private static func isWidthless(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return scalar == "\r" }
    return scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.generalCategory == .format
      || scalar.properties.generalCategory == .nonspacingMark
  }
}

/// Digits with at most one space or dash between two of them.
private struct DigitRun {
  private(set) var digits: [UInt8] = []
  /// Where a group of digits begins.
  private var starts: [Int] = []
  /// The character before the first digit.
  var follows: Unicode.Scalar?
  /// A space or dash came after the last digit.
  var isParted = false

  mutating func add(_ digit: UInt8) {
    if isParted || digits.isEmpty { starts.append(digits.count) }
    isParted = false
    digits.append(digit)
  }

  /// Whether some whole groups side by side are a card number.
  var holdsCard: Bool {
    guard digits.count >= 13 else { return false }
    let ends = starts.dropFirst() + [digits.count]
    for start in starts {
      for end in ends where (13...19).contains(end - start) {
        if start == 0, end <= 15, follows == "+" || follows == "\u{FF0B}" { continue }
        if isCard(digits[start..<end]) { return true }
      }
    }
    return false
  }

  private func isCard(_ number: ArraySlice<UInt8>) -> Bool {
    let lead = number.prefix(4).reduce(0) { $0 * 10 + Int($1) }
    return CardNetwork.all.contains { $0.has(lead: lead, length: number.count) } && hasRightCheckDigit(number)
  }

  /// The Luhn sum, ISO/IEC 7812-1 annex B.
  private func hasRightCheckDigit(_ number: ArraySlice<UInt8>) -> Bool {
    var sum = 0
    for (position, digit) in number.reversed().enumerated() {
      let value = position % 2 == 1 ? Int(digit) * 2 : Int(digit)
      sum += value > 9 ? value - 9 : value
    }
    return sum % 10 == 0
  }
}

/// How a network's numbers begin and how long they are.
private struct CardNetwork {
  /// Ranges of the first four digits.
  let leads: [ClosedRange<Int>]
  let lengths: Set<Int>

  func has(lead: Int, length: Int) -> Bool {
    lengths.contains(length) && leads.contains { $0.contains(lead) }
  }

  static let all = [visa, mastercard, amex, discover, diners, jcb, unionPay, maestro]

  private static let visa = CardNetwork(leads: [4000...4999], lengths: [13, 16, 19])
  private static let mastercard = CardNetwork(leads: [5100...5599, 2221...2720], lengths: [16])
  private static let amex = CardNetwork(leads: [3400...3499, 3700...3799], lengths: [15])
  private static let discover = CardNetwork(leads: [6011...6011, 6440...6599], lengths: Set(16...19))
  private static let diners = CardNetwork(
    leads: [3000...3059, 3095...3095, 3600...3699, 3800...3999],
    lengths: Set(14...19)
  )
  private static let jcb = CardNetwork(leads: [3528...3589], lengths: Set(16...19))
  private static let unionPay = CardNetwork(leads: [6200...6299, 8100...8171], lengths: Set(16...19))
  private static let maestro = CardNetwork(
    leads: [5000...5099, 5600...5899, 6300...6399, 6700...6799],
    lengths: Set(13...19)
  )
}
