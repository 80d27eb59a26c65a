import Foundation
import Testing
import Vault

@testable import People

/// Genuine answers with a little damage: refused, or nothing that matters is changed.
struct PasskeyDamageTests {
  @Test func `a use with any signed bit flipped is refused`() throws {
    for answer in try ForeignAnswer.plain() where answer.ceremony == "get" {
      for member in ["clientDataJSON", "authenticatorData", "signature"] {
        let whole = try Parts(answer.json)
        let content = try whole.bytes(of: member)
        for position in content.indices {
          for bit in 0..<8 {
            var damaged = content
            damaged[position] ^= 1 << bit
            let json = try whole.with(member, damaged)
            #expect(throws: PasskeyFault.self, "\(answer.name): bit \(bit) of byte \(position) of \(member)")
            {
              try answer.asserted(json)
            }
          }
        }
      }
    }
  }

  /// With attestation `none` nobody signs a registration: what the authenticator says of itself may change,
  /// and must then be what was read. Who asked, for which site and under which id stays.
  @Test func `a registration with any bit flipped is refused, or is for the same question and credential`()
    throws
  {
    for answer in try ForeignAnswer.plain() where answer.ceremony == "create" {
      let genuine = try answer.registered()
      let whole = try Parts(answer.json)
      for member in ["clientDataJSON", "attestationObject"] {
        let content = try whole.bytes(of: member)
        for position in content.indices {
          for bit in 0..<8 {
            var damaged = content
            damaged[position] ^= 1 << bit
            guard let taken = try? answer.registered(try whole.with(member, damaged)) else { continue }
            let place = "\(answer.name): bit \(bit) of byte \(position) of \(member)"
            #expect(taken.credential == genuine.credential, "\(place)")
            #expect(taken.transports == genuine.transports, "\(place)")
            #expect(taken.isSyncable || !taken.isSynced, "\(place)")
            #expect(isRead(taken, in: damaged) || taken == genuine, "\(place)")
          }
        }
      }
    }
  }

  @Test func `an answer cut short anywhere is refused`() throws {
    for answer in try ForeignAnswer.plain() {
      let whole = try Parts(answer.json)
      let members =
        answer.ceremony == "create"
        ? ["clientDataJSON", "attestationObject"] : ["clientDataJSON", "authenticatorData", "signature"]
      for member in members {
        let content = try whole.bytes(of: member)
        for length in content.indices {
          let json = try whole.with(member, Array(content[..<length]))
          #expect(throws: PasskeyFault.self, "\(answer.name): \(member) of \(length) bytes") {
            if answer.ceremony == "create" {
              _ = try answer.registered(json)
            } else {
              _ = try answer.asserted(json)
            }
          }
        }
      }
      for length in 0..<answer.json.utf8.count {
        #expect(throws: PasskeyFault.self, "\(answer.name): JSON of \(length) bytes") {
          try PasskeyResponse(json: String(decoding: Array(answer.json.utf8)[..<length], as: UTF8.self))
        }
      }
    }
  }

  /// The user handle is the only thing that is read and not signed; the caller compares it.
  @Test func `a use with any character of its JSON changed is refused, or is the same use`() throws {
    for answer in try ForeignAnswer.plain() where answer.ceremony == "get" {
      let genuine = try answer.asserted()
      let credential = try PasskeyResponse(json: answer.json).credential
      let text = Array(answer.json.utf8)
      for position in text.indices {
        for flip: UInt8 in [0x01, 0x10, 0x20] {
          var damaged = text
          damaged[position] ^= flip
          let json = String(decoding: damaged, as: UTF8.self)
          guard let use = try? answer.asserted(json), let response = try? PasskeyResponse(json: json) else {
            continue
          }
          let place = "\(answer.name): character \(position)"
          #expect(response.credential == credential, "\(place)")
          #expect(use.signCount == genuine.signCount && use.isSynced == genuine.isSynced, "\(place)")
          #expect(use.isSyncable == genuine.isSyncable, "\(place)")
        }
      }
    }
  }

  /// The key and the make stand in the bytes as they were read.
  private func isRead(_ passkey: NewPasskey, in attestation: [UInt8]) -> Bool {
    let data = Data(attestation)
    return data.range(of: Data(passkey.publicKey)) != nil && data.range(of: Data(passkey.aaguid)) != nil
  }

  /// An answer's JSON, of which single members of the response are replaced.
  private struct Parts {
    private let credential: [String: Any]
    private let response: [String: Any]

    init(_ json: String) throws {
      let whole = try JSONSerialization.jsonObject(with: Data(json.utf8))
      credential = try #require(whole as? [String: Any])
      response = try #require(credential["response"] as? [String: Any])
    }

    func bytes(of member: String) throws -> [UInt8] {
      let text = try #require(response[member] as? String)
      return try #require(Base64.decodeURL(text))
    }

    func with(_ member: String, _ content: [UInt8]) throws -> String {
      var (credential, response) = (credential, response)
      response[member] = Base64.encodeURL(content)
      credential["response"] = response
      return String(decoding: try JSONSerialization.data(withJSONObject: credential), as: UTF8.self)
    }
  }
}
