import Vault

/// What libFuzzer calls, over and over: the first byte picks a reader, the rest is what it reads.
///
/// Besides not crashing, what was read must be written again byte for byte.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPasskeys(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = UnsafeBufferPointer(start: start, count: count)
  guard let choice = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  switch choice {
  case UInt8(ascii: "j"): _ = JSONValue(bytes)
  case UInt8(ascii: "c"):
    guard let value = CBOR(bytes) else { return 0 }
    precondition(value.encoded == bytes, "CBOR has two spellings")
  case UInt8(ascii: "k"):
    guard let value = CBOR(bytes), let key = COSEKey(value) else { return 0 }
    precondition(key.encoded == bytes, "a key has two spellings")
  case UInt8(ascii: "a"): _ = try? AuthenticatorData(bytes)
  case UInt8(ascii: "o"): _ = try? AttestationObject(bytes)
  case UInt8(ascii: "d"): _ = try? ClientData(bytes)
  case UInt8(ascii: "w"): check(String(decoding: bytes, as: UTF8.self))
  case UInt8(ascii: "r"): check(registration(bytes))
  case UInt8(ascii: "g"): check(assertion(bytes))
  case UInt8(ascii: "u"): _ = RelyingParty(address: String(decoding: bytes, as: UTF8.self))
  default: break
  }
  return 0
}

private let site = RelyingParty(address: "https://example.org")
private let key = COSEKey.edDSA([UInt8](repeating: 1, count: 32)).encoded

/// Both ceremonies over the same answer: one of them has to refuse it.
private func check(_ json: String) {
  guard let site, let response = try? PasskeyResponse(json: json) else { return }
  let made = try? response.registered(challenge: response.challenge, at: site)
  let used = try? response.asserted(challenge: response.challenge, at: site, publicKey: key, signCount: 0)
  precondition(made == nil || used == nil, "one answer to two questions")
  if let made {
    precondition((16...1_023).contains(made.credential.count), "the id's length")
    precondition(CBOR(made.publicKey).flatMap(COSEKey.init)?.encoded == made.publicKey, "the key stored")
    precondition(made.isSyncable || !made.isSynced, "backed up without being able to be")
  }
  precondition((0...Int(UInt32.max)).contains(used?.signCount ?? made?.signCount ?? 0), "the counter")
}

/// An attestation object, in an answer around it that is in order.
private func registration(_ attestation: [UInt8]) -> String {
  let id = (try? AttestationObject(attestation))?.authenticatorData.attested?.credential ?? []
  return answer(
    id: id,
    clientData: #"{"type":"webauthn.create","challenge":"AAAA","origin":"https://example.org"}"#,
    rest: #""attestationObject":"\#(Base64.encodeURL(attestation))""#
  )
}

/// Authenticator data, likewise.
private func assertion(_ data: [UInt8]) -> String {
  answer(
    id: [1],
    clientData: #"{"type":"webauthn.get","challenge":"AAAA","origin":"https://example.org"}"#,
    rest: #""signature":"AAAA","authenticatorData":"\#(Base64.encodeURL(data))""#
  )
}

private func answer(id: [UInt8], clientData: String, rest: String) -> String {
  let id = Base64.encodeURL(id)
  let clientData = Base64.encodeURL(Array(clientData.utf8))
  let response = #"{"clientDataJSON":"\#(clientData)",\#(rest)}"#
  return #"{"id":"\#(id)","rawId":"\#(id)","type":"public-key","response":\#(response)}"#
}
