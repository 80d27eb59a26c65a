import Primitives
import Testing

@testable import People

@Suite struct `An address that belongs to a role` {
  @Test(arguments: [
    "info@example.com", "reception@example.com", "front-desk@example.com", "Front.Desk@example.com",
    "frontdesk2@example.com", "info+shop@example.com", "info.vilnius@example.com", "rezeption@example.com",
    "registratura@example.com", "segreteria@example.com", "biuro@example.com", "no-reply@example.com",
    "accueil@example.com", "recepcja@example.com",
  ])
  func `is known in several languages and spellings`(address: String) throws {
    #expect(RoleMailbox.isOne(try EmailAddress(address)))
  }

  @Test(arguments: [
    "ona@example.com", "ona.petrauske@example.com", "o.petrauske@example.com", "tadas42@example.com",
    "infante@example.com", "officer.milda@example.com", "helpful.jonas@example.com", "42@example.com",
  ])
  func `is not taken for a person's`(address: String) throws {
    #expect(!RoleMailbox.isOne(try EmailAddress(address)))
  }
}
