import Primitives

extension Entry {
  /// An address that mail can be sent to; never repeated in a refusal.
  func mailAddress() -> EmailAddress? {
    guard let text = word() else { return nil }
    guard let address = try? EmailAddress(text) else {
      refuse("is not an e-mail address; write it as ona@example.com, in plain ASCII")
      return nil
    }
    return address
  }

  /// A phone number as it was written, for people to read.
  func phone() -> String? {
    guard let text = word() else { return nil }
    guard (try? PhoneNumber(text)) != nil else {
      refuse("is not a phone number; write it as \"+370 5 200 0000\", 6 to 15 digits")
      return nil
    }
    return text
  }
}
