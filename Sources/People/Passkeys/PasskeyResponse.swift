/// What a browser answers when a passkey was made or used, as `PublicKeyCredential.toJSON()` writes it
/// (WebAuthn level 3, §5.1.1).
///
/// Only taken apart here; nothing of it is believed before ``registered(challenge:at:)`` or
/// ``asserted(challenge:at:publicKey:signCount:isSyncable:)``. What the browser repeats for convenience
/// (`publicKey`, `publicKeyAlgorithm`, `authenticatorData` beside an attestation object) and what extensions
/// answered is not read.
package struct PasskeyResponse: Sendable {
  /// In bytes of UTF-8: several times what browsers send.
  package static let longest = 16_384

  /// Which credential it is said to be, 1 to 1,023 bytes. For finding the key to check with.
  package let credential: [UInt8]
  let clientData: ClientData
  let content: Content

  enum Content: Sendable {
    case registration(attestation: [UInt8], transports: [String])
    case assertion(authenticatorData: [UInt8], signature: [UInt8], userHandle: [UInt8]?)
  }

  /// The challenge as the browser repeats it, not yet trusted: for finding out whether it was given out here,
  /// and for whom. Never empty.
  package var challenge: [UInt8] { clientData.challenge }

  /// - Throws: ``PasskeyFault/json``, ``PasskeyFault/credentialType``, ``PasskeyFault/credentialID``,
  ///   ``PasskeyFault/userHandle`` or ``PasskeyFault/clientData``.
  package init(json: String) throws(PasskeyFault) {
    guard
      json.utf8.count <= PasskeyResponse.longest, let whole = JSONValue(Array(json.utf8)), whole.isObject,
      let response = whole["response"], response.isObject,
      whole["clientExtensionResults"]?.isObject != false,
      let clientData = response["clientDataJSON"]?.base64
    else { throw .json }
    guard whole["type"]?.text?.elementsEqual("public-key".utf8) == true else { throw .credentialType }
    guard
      let id = whole["rawId"], id == whole["id"], let credential = id.base64,
      (1...1_023).contains(credential.count)
    else { throw .credentialID }
    self.credential = credential
    content = try PasskeyResponse.content(of: response)
    self.clientData = try ClientData(clientData)
  }

  /// An attestation object makes it a registration, a signature an assertion; both or neither make it
  /// nothing.
  private static func content(of response: JSONValue) throws(PasskeyFault) -> Content {
    switch (response["attestationObject"], response["signature"]) {
    case (let attestation?, nil):
      guard let attestation = attestation.base64 else { throw .json }
      return .registration(attestation: attestation, transports: try transports(response["transports"]))
    case (nil, let signature?):
      guard let signature = signature.base64, let data = response["authenticatorData"]?.base64 else {
        throw .json
      }
      let handle = try userHandle(response["userHandle"])
      return .assertion(authenticatorData: data, signature: signature, userHandle: handle)
    default: throw .json
    }
  }

  private static func transports(_ value: JSONValue?) throws(PasskeyFault) -> [String] {
    guard let value else { return [] }
    guard case .list(let items) = value else { throw .json }
    var known: Set<String> = []
    for item in items {
      guard let text = item.text else { throw .json }
      if let transport = NewPasskey.transports.first(where: { $0.utf8.elementsEqual(text) }) {
        known.insert(transport)
      }
    }
    return known.sorted()
  }

  private static func userHandle(_ value: JSONValue?) throws(PasskeyFault) -> [UInt8]? {
    guard let value else { return nil }
    guard let handle = value.base64, (1...64).contains(handle.count) else { throw .userHandle }
    return handle
  }
}
