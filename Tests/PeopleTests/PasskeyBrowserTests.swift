import Foundation
import Testing

@testable import People

/// What Chromium answered, recorded by `Tests/Foreign/webauthn/record_chromium.py`.
struct PasskeyBrowserTests {
  @Test(arguments: [
    ("ES256, on this device", false, ["internal"]), ("ES256, synced", true, ["internal"]),
    ("EdDSA, on a stick", false, ["usb"]), ("RS256, on a stick", false, ["usb"]),
  ])
  func `what a browser answers is taken`(_ name: String, _ isSynced: Bool, _ transports: [String]) throws {
    let recorded = try Recorded.named(name)
    let site = try #require(RelyingParty(address: recorded.origin))
    let passkey = try PasskeyResponse(json: recorded.made.json)
      .registered(challenge: bytes(recorded.made.challenge), at: site)
    #expect(passkey.isSynced == isSynced && passkey.isSyncable == isSynced)
    #expect(passkey.transports == transports)

    let response = try PasskeyResponse(json: recorded.used.json)
    #expect(response.credential == passkey.credential)
    let use = try response.asserted(
      challenge: bytes(recorded.used.challenge),
      at: site,
      publicKey: passkey.publicKey,
      signCount: passkey.signCount,
      isSyncable: passkey.isSyncable
    )
    #expect(use.isSynced == isSynced)
    #expect(use.userHandle == Array("ona".utf8))
  }

  private struct Recorded: Decodable {
    struct Answer: Decodable {
      let challenge: String
      let json: String
    }

    let name: String
    let origin: String
    let made: Answer
    let used: Answer

    static func named(_ name: String) throws -> Recorded {
      struct File: Decodable { let answers: [Recorded] }
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Foreign/webauthn/chromium.json")
      let answers = try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).answers
      return try #require(answers.first { $0.name == name })
    }
  }
}
