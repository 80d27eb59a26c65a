import Testing

@testable import Outgoing

/// Refusals that are about who sends, told from those that are about an address.
@Suite struct SMTPReplyTests {
  @Test(arguments: [
    "550 5.7.1 Unable to relay", "554-5.7.1 <x@example.com>: Relay access denied\r\n",
    "553 5.7.64 TenantAttribution",
    "551 5.7.0 no", "550 relay not permitted", "550 Relaying denied",
  ])
  func `policy and relaying are about who sends`(line: String) {
    #expect(SMTPReply.isOfPolicy(line))
  }

  @Test(arguments: [
    "550 5.1.1 <x@example.com> is nobody here", "550 5.2.2 mailbox full", "550 no such user", "550", "",
    "5.7.1",
    "550 5.17.1 x", "451 4.7.1 greylisted", "250 relay ready", "550 5.1.1 relay@example.com unknown",
  ])
  func `all else is not`(line: String) {
    #expect(!SMTPReply.isOfPolicy(line))
  }
}
