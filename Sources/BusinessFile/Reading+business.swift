import Booking
import Primitives

extension Entry {
  /// A year in minutes: the longest notice that makes sense.
  static let year = 527_040

  /// BCP 47 by its looks: a language, then subtags; RFC 5646 §2.1.
  func locale() -> String? {
    guard let text = word() else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isLetter = { (byte: UInt8) in (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    guard let language = parts.first, [2, 3, 5, 6, 7, 8].contains(language.utf8.count),
      language.utf8.allSatisfy(isLetter), text.utf8.count <= 35,
      parts.dropFirst().allSatisfy({ part in
        (1...8).contains(part.utf8.count) && part.utf8.allSatisfy { isLetter($0) || isDigit($0) }
      })
    else {
      refuse("\(quoted(text)) is not a language tag (BCP 47); write it as en, lt or lt-LT")
      return nil
    }
    return text
  }

  func currency() -> String? {
    guard let text = word() else { return nil }
    guard Currency.isKnown(text) else {
      refuse("\(quoted(text)) is not a currency; write the three capital letters of ISO 4217, such as EUR")
      return nil
    }
    return text
  }

  func contact() -> PublicContact? {
    guard let block = Block(self, keys: ["email", "phone"], noun: "contact") else { return nil }
    return PublicContact(email: block["email"]?.mailAddress()?.text, phone: block["phone"]?.phone())
  }

  func policy() -> Policy? {
    guard let block = Block(self, keys: ["cancel", "reschedule", "reminder"], noun: "policy") else {
      return nil
    }
    var policy = Policy.usual
    if let minutes = block["cancel"]?.duration(0...Entry.year) { policy.cancelNotice = minutes }
    if let minutes = block["reschedule"]?.duration(0...Entry.year) { policy.rescheduleNotice = minutes }
    if let reminder = block["reminder"] {
      policy.reminder = reminder.isWord("none") ? nil : reminder.duration(1...43_200)
    }
    return policy
  }

  /// In days. A month at least: whoever must change more often writes the password down.
  func passwordCalendar() -> Int? {
    guard let block = Block(self, keys: ["change-passwords-every"], noun: "sign-in"),
      let every = block.required("change-passwords-every")
    else { return nil }
    return every.isWord("never") ? nil : every.days(30...1_095)
  }

  func locations(_ zoneIsKnown: (String) -> Bool) -> [Location]? {
    guard let items = list() else { return nil }
    if items.isEmpty {
      refuse("at least one location is needed, even for a business that only visits or phones")
    }
    var ids = UniqueIDs()
    return items.compactMap { item in
      guard let block = Block(item, keys: ["id", "name", "address", "zone", "holidays"], noun: "a location")
      else {
        return nil
      }
      let id = ids.take(block)
      let name = block.required("name")?.text(most: 80) ?? ""
      let address = block["address"]?.text(most: 200)
      let zone = block.required("zone")?.zone(zoneIsKnown) ?? ""
      let holidays = block["holidays"]?.holidays() ?? []
      return id.map { Location(id: $0, name: name, address: address, zone: zone, holidays: holidays) }
    }
  }

  private func zone(_ zoneIsKnown: (String) -> Bool) -> String? {
    guard let text = word() else { return nil }
    // The looks are checked here, because the name may become part of a path on the way to the zone's rules.
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let fits = parts.allSatisfy { part in
      !part.isEmpty && part.first != "-" && part.utf8.allSatisfy(Entry.isZoneByte)
    }
    guard fits, text.utf8.count <= 64, zoneIsKnown(text) else {
      refuse("there is no time zone \(quoted(text)); write its IANA name, such as Europe/Vilnius")
      return nil
    }
    return text
  }

  /// Letters, digits, `_`, `-`, `+`.
  private static func isZoneByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x2B: true
    default: false
    }
  }

  private func holidays() -> [Holiday]? {
    var lines: [CivilDay: Int] = [:]
    return list()?.compactMap { item in
      guard let block = Block(item, keys: ["day", "name"], noun: "a holiday") else { return nil }
      let name = block.required("name")?.text(most: 80) ?? ""
      guard let entry = block.required("day"), let day = entry.day() else { return nil }
      if let line = lines[day] {
        entry.refuse("\(day) is a holiday already: line \(line)")
        return nil
      }
      lines[day] = entry.line
      return Holiday(day: day, name: name)
    }
  }
}
