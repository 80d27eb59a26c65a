import Primitives
import Testing

@testable import Web

@Suite struct `A page to come back to` {
  static let house = Slug("spare-hands")

  @Test(arguments: [
    "/staff/spare-hands/day", "/staff/spare-hands/day?day=2026-11-24&staff=tadas",
    "/staff/spare-hands/bookings/new",
    "/staff/spare-hands/account",
  ])
  func `is one of the staff's own`(text: String) throws {
    let house = try #require(`A page to come back to`.house)
    #expect(OwnPath(text, of: house)?.text == text)
  }

  @Test(arguments: [
    "", "/", "https://evil.example/", "//evil.example/staff/spare-hands/day", "/\\evil.example",
    "/book/spare-hands",
    "/staff/other-house/day", "/staff/spare-hands/../other-house/day", "/staff/spare-hands//day",
    "/staff/spare-hands/%2e%2e/day", "/staff/spare-hands/day#x", "/staff/spare-hands/day\r\nX: y",
    "/staff/spare-hands/sign-out", "/staff/spare-hands/nowhere", "/staff/spare-hands/day?x=\"><b>",
    "/staff/spare-hands/account/passkeys/options", "staff/spare-hands/day", " /staff/spare-hands/day",
  ])
  func `is nothing else, however it looks (V17)`(text: String) throws {
    let house = try #require(`A page to come back to`.house)
    #expect(OwnPath(text, of: house) == nil)
  }

  @Test func `is not longer than an address should be`() throws {
    let house = try #require(`A page to come back to`.house)
    #expect(OwnPath("/staff/spare-hands/day?day=" + String(repeating: "a", count: 600), of: house) == nil)
  }
}
