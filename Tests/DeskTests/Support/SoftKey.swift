import Primitives
import Synchronization
import Vault

@testable import Desk

/// An authenticator in software: one Ed25519 key that signs what it is asked, and what a test makes it sign.
final class SoftKey: Sendable {
  let credential = randomBytes(32)
  private let signer: CheckpointSigner
  private let state: Mutex<(count: Int, userHandle: [UInt8])>
  /// Synced keys count nothing and can be backed up.
  private let isSynced: Bool
  private let origin: String

  init(isSynced: Bool = false, origin: String = "http://localhost:8080") throws {
    signer = try CheckpointSigner(seed: randomBytes(32))
    state = Mutex((0, []))
    self.isSynced = isSynced
    self.origin = origin
  }

  /// Sets what the counter said last, as a copy of the key has it.
  func setCount(_ count: Int) { state.withLock { $0.count = count } }

  /// Registers with a site: what `PublicKeyCredential.toJSON()` writes.
  func made(_ options: PasskeyOptions) -> String {
    if !options.userID.isEmpty {
      state.withLock { $0.userHandle = Base64.decodeURL(options.userID) ?? [] }
    }
    let key: [UInt8] = [0xA4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20] + signer.publicKey
    let attested = [UInt8](repeating: 0, count: 16) + [0, UInt8(credential.count)] + credential + key
    let data = head(options.rpID, flags: 0x45) + attested
    let object =
      [0xA3, 0x63] + Array("fmt".utf8) + [0x64] + Array("none".utf8) + [0x67] + Array("attStmt".utf8) + [0xA0]
      + [0x68] + Array("authData".utf8) + [0x58, UInt8(data.count)] + data
    return whole(
      """
      "clientDataJSON":"\(Base64.encodeURL(clientData("webauthn.create", options.challenge)))",\
      "attestationObject":"\(Base64.encodeURL(object))","transports":["internal"]
      """
    )
  }

  /// Signs a challenge.
  ///
  /// - Parameters:
  ///   - flags: user present and verified; without 0x04 nobody was verified.
  ///   - userHandle: nil: the one it was made with.
  func signed(_ options: PasskeyOptions, flags: UInt8 = 0x05, userHandle: [UInt8]? = nil) throws -> String {
    let handle = state.withLock { state in
      if !isSynced { state.count += 1 }
      return userHandle ?? state.userHandle
    }
    let data = head(options.rpID, flags: flags)
    let client = clientData("webauthn.get", options.challenge)
    let signature = try signer.signature(for: data + Hash32(of: client).bytes)
    return whole(
      """
      "clientDataJSON":"\(Base64.encodeURL(client))","authenticatorData":"\(Base64.encodeURL(data))",\
      "signature":"\(Base64.encodeURL(signature))","userHandle":"\(Base64.encodeURL(handle))"
      """
    )
  }

  private func head(_ site: String, flags: UInt8) -> [UInt8] {
    let count = state.withLock { $0.count }
    return Hash32(of: Array(site.utf8)).bytes + [flags | (isSynced ? 0x18 : 0)]
      + withUnsafeBytes(of: UInt32(count).bigEndian) { Array($0) }
  }

  private func clientData(_ type: String, _ challenge: String) -> [UInt8] {
    Array(
      #"{"type":"\#(type)","challenge":"\#(challenge)","origin":"\#(origin)","crossOrigin":false}"#.utf8
    )
  }

  private func whole(_ response: String) -> String {
    let id = Base64.encodeURL(credential)
    return
      #"{"id":"\#(id)","rawId":"\#(id)","type":"public-key","clientExtensionResults":{},"response":{\#(response)}}"#
  }
}

extension Shop {
  /// Gives somebody a passkey, through the door.
  @discardableResult
  func passkey(for staff: String, isSynced: Bool = false) async throws -> SoftKey {
    let person = try await person(staff)
    let key = try SoftKey(isSynced: isSynced)
    try await desk.addPasskey(key.made(try await desk.newPasskeyOptions(for: person)), label: "", by: person)
    return key
  }

  func signIn(by key: SoftKey, from client: Client = .at()) async throws -> SignedIn {
    try await desk.signIn(email: "", .passkey(try key.signed(try await desk.signInOptions())), from: client)
  }
}
