import Booking
import Primitives
import Testing

@testable import Desk

/// Which characters people may hand in.
@Suite struct TextRuleTests {
  private func reasons(name: String = "Rasa", address: String? = nil) throws -> [String: FieldReason] {
    var business = try SpareHands.business()
    let service = try #require(business.services.first { $0.id.text == "visit" })
    business.services = [service]
    let form = ContactForm(
      name: name,
      email: "rasa@example.com",
      address: address ?? "Tilto g. 9",
      answers: ["door": "green"]
    )
    do {
      _ = try CheckedContact(form, for: service, channel: .page)
      return [:]
    } catch {
      return Dictionary(uniqueKeysWithValues: error.fields.map { ($0.path, $0.reason) })
    }
  }

  @Test(arguments: [
    "Rasa Jankauskien\u{117}", "O\u{2019}Brien-Smith",
    "\u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645}",
    "\u{915}\u{94D}\u{200D}\u{937}", "Zoe\u{308}", "Nguye\u{302}\u{303}n", "\u{845B}\u{E0100}\u{57CE}",
    "J. R. Smith",
    "\u{1F469}\u{200D}\u{1F527}", "A. Smith/B. Jones", "\u{5F20}\u{4F1F}", "Dr.House", "Jan.Kowalski",
  ])
  func `names as people write them are taken`(name: String) throws {
    #expect(try reasons(name: name) == [:])
  }

  @Test(arguments: [
    "Rasa\u{202E}asaR", "Ra\u{200B}sa", "Rasa\u{2028}Bcc", "Rasa\u{2029}", "Rasa\u{E0041}\u{E0042}",
    "Rasa\u{E000}",
    "Rasa\u{378}", "\u{200D}Rasa", "Rasa\u{200D} B", "Rasa\u{FE0F}\u{FE0F}", "Ra\u{3164}sa", "Ra\u{AD}sa",
    "Rasa\u{FEFF}", "Rasa\u{7}", "Rasa\u{85}", "a" + String(repeating: "\u{301}", count: 5),
  ])
  func `invisible, turning and piled up characters are refused beside the field`(name: String) throws {
    #expect(try reasons(name: name) == ["customer/name": .controlCharacter])
    #expect(try reasons(address: name + " 9") == ["customer/address": .controlCharacter])
  }

  @Test(arguments: [
    "\u{200B}", "\u{3000}\u{A0}", "\u{2800}", "\u{301}\u{301}", "\u{3164}", "\u{202E}\u{202C}",
  ])
  func `what shows nothing is missing`(name: String) throws {
    #expect(try reasons(name: name) == ["customer/name": .missing])
  }

  @Test(arguments: [
    "Win at https://evil.example", "www.evil.example", "WWW.EVIL.EXAMPLE", "evil.example/x",
    "See evil.example/x now",
    "(evil.example/x)", "evil.example:8080", "evil.example?x=1", "ftp://x",
  ])
  func `a web address is no name`(name: String) throws {
    #expect(try reasons(name: name) == ["customer/name": .webAddress])
    #expect(try reasons(address: "Tilto g. 9, " + name) == [:], "in an address it goes into no mail")
  }
}
