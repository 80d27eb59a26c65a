import Foundation
import Testing
import Vault

@testable import People

/// The test vectors of WebAuthn level 3: fifteen credentials, each made and used once.
struct PasskeyVectorTests {
  /// What is wrong with a vector for us, who want the person verified and no page of another site around
  /// ours. Nil is for those that pass.
  @Test(arguments: [
    ("none-es256", PasskeyFault.userVerification, PasskeyFault.userVerification),
    ("packed-self-es256", nil, .userVerification),
    ("none-es256-crossOrigin", .crossOrigin, .crossOrigin),
    ("none-es256-topOrigin", .crossOrigin, .crossOrigin),
    ("none-es256-long-credential-id", .userVerification, nil),
    ("packed-es256", nil, nil),
    ("packed-es384", .publicKey, .publicKey),
    ("packed-es512", .publicKey, .userVerification),
    ("packed-rs256", nil, .userVerification),
    ("packed-eddsa", .userVerification, .userVerification),
    ("packed-ed448", .publicKey, .publicKey),
    ("tpm-es256", nil, nil),
    ("android-key-es256", nil, .userVerification),
    ("apple-es256", .userVerification, .userVerification),
    ("fido-u2f-es256", .userVerification, .userVerification),
  ])
  func `the vectors of the W3C pass, or fail for what we ask beyond them`(
    _ name: String,
    _ making: PasskeyFault?,
    _ using: PasskeyFault?
  ) throws {
    let vector = try Vector.named(name)
    let site = try #require(RelyingParty(address: "https://example.org"))
    let made = try PasskeyResponse(json: vector.registrationJSON)
    #expect(
      fault { _ = try made.registered(challenge: vector.registration.challenge.bytes, at: site) } == making
    )
    if making == nil {
      let passkey = try made.registered(challenge: vector.registration.challenge.bytes, at: site)
      #expect(passkey.credential == vector.registration.credentialID.bytes)
      #expect(passkey.aaguid == vector.registration.aaguid.bytes)
    }
    let used = try PasskeyResponse(json: vector.assertionJSON)
    let key = try vector.publicKey()
    let challenge = vector.assertion.challenge.bytes
    #expect(
      fault { _ = try used.asserted(challenge: challenge, at: site, publicKey: key, signCount: 0) } == using
    )
  }

  /// All that we read of them besides: whoever was verified or not, the signatures hold, and no others do.
  @Test(arguments: [
    "none-es256", "packed-self-es256", "none-es256-crossOrigin", "none-es256-topOrigin",
    "none-es256-long-credential-id", "packed-es256", "packed-rs256", "packed-eddsa", "tpm-es256",
    "android-key-es256", "apple-es256", "fido-u2f-es256",
  ])
  func `signatures of the vectors hold`(_ name: String) throws {
    let vector = try Vector.named(name)
    let attested = try AttestationObject(vector.registration.attestationObject.bytes).authenticatorData
      .attested
    let key = try #require(attested?.publicKey)
    let check = try #require(key.signatureCheck)
    let signed =
      vector.assertion.authenticatorData.bytes + Hash32(of: vector.assertion.clientDataJSON.bytes).bytes
    #expect(check.isValid(vector.assertion.signature.bytes, for: signed))
    #expect(!check.isValid(vector.assertion.signature.bytes, for: signed + [0]))
    #expect(try vector.publicKey() == key.encoded)
  }

  private func fault(_ body: () throws -> Void) -> PasskeyFault? {
    do { try body() } catch { return error as? PasskeyFault }
    return nil
  }
}

/// One pair of ceremonies, bytes in hexadecimal.
private struct Vector: Decodable {
  struct Registration: Decodable {
    let challenge: Hex
    let clientDataJSON: Hex
    let attestationObject: Hex
    let credentialID: Hex
    let aaguid: Hex
  }

  struct Assertion: Decodable {
    let challenge: Hex
    let clientDataJSON: Hex
    let authenticatorData: Hex
    let signature: Hex
  }

  struct Hex: Decodable {
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
      let text = Array(try decoder.singleValueContainer().decode(String.self).utf8)
      bytes = stride(from: 0, to: text.count, by: 2).compactMap {
        UInt8(String(decoding: text[$0..<$0 + 2], as: UTF8.self), radix: 16)
      }
    }
  }

  let name: String
  let registration: Registration
  let assertion: Assertion

  static func named(_ name: String) throws -> Vector {
    struct File: Decodable { let vectors: [Vector] }
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Foreign/webauthn/vectors.json")
    let vectors = try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).vectors
    return try #require(vectors.first { $0.name == name })
  }

  /// The COSE_Key as it stands in the attestation object: all that follows the credential's id.
  func publicKey() throws -> [UInt8] {
    let data = try #require(CBOR(registration.attestationObject.bytes)?[CBOR("authData")]?.bytes)
    return Array(data.dropFirst(37 + 18 + registration.credentialID.bytes.count))
  }

  var registrationJSON: String {
    json("attestationObject", registration.attestationObject, clientData: registration.clientDataJSON)
  }

  var assertionJSON: String {
    let signature = Base64.encodeURL(assertion.signature.bytes)
    return json(
      "authenticatorData",
      assertion.authenticatorData,
      clientData: assertion.clientDataJSON,
      more: #","signature":"\#(signature)""#
    )
  }

  private func json(_ member: String, _ content: Hex, clientData: Hex, more: String = "") -> String {
    let id = Base64.encodeURL(registration.credentialID.bytes)
    let clientData = Base64.encodeURL(clientData.bytes)
    let content = Base64.encodeURL(content.bytes)
    let response = #"{"clientDataJSON":"\#(clientData)","\#(member)":"\#(content)"\#(more)}"#
    return #"{"id":"\#(id)","rawId":"\#(id)","type":"public-key","response":\#(response)}"#
  }
}
