import Vault

/// What the browser says it did, signed by the authenticator as a hash (WebAuthn §5.8.1).
struct ClientData: Sendable {
  enum Ceremony: String, Sendable {
    case registration = "webauthn.create"
    case assertion = "webauthn.get"
  }

  /// As the browser says it, trusted only after ``check(_:challenge:at:)``.
  let challenge: [UInt8]
  /// SHA-256 of the bytes as they came.
  let hash: [UInt8]
  private let ceremony: [UInt8]
  private let origin: [UInt8]
  private let isCrossOrigin: Bool

  /// Passes over a byte order mark at the beginning and members it does not know, as §5.8.1 asks.
  ///
  /// - Throws: ``PasskeyFault/clientData`` when it is not strict JSON in UTF-8, when `type`, `challenge` or
  ///   `origin` is missing or no text, or when `crossOrigin` is neither true nor false.
  init(_ bytes: [UInt8]) throws(PasskeyFault) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let json = JSONValue(bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes)
    guard
      let json, let type = json["type"]?.text, let origin = json["origin"]?.text,
      let challenge = json["challenge"]?.base64, !challenge.isEmpty
    else { throw .clientData }
    ceremony = type
    self.origin = origin
    self.challenge = challenge
    hash = Hash32(of: bytes).bytes
    switch json["crossOrigin"] {
    case nil: isCrossOrigin = json["topOrigin"] != nil
    case .bool(let value): isCrossOrigin = value || json["topOrigin"] != nil
    default: throw .clientData
    }
  }

  /// - Throws: ``PasskeyFault/ceremony``, ``PasskeyFault/challenge`` (compared in constant time),
  ///   ``PasskeyFault/origin`` unless it is exactly the site's, or ``PasskeyFault/crossOrigin`` when the page
  ///   was inside another site's.
  func check(
    _ ceremony: Ceremony,
    challenge: [UInt8],
    at site: RelyingParty
  ) throws(PasskeyFault) {
    guard self.ceremony.elementsEqual(ceremony.rawValue.utf8) else { throw .ceremony }
    guard constantTimeEqual(self.challenge, challenge) else { throw .challenge }
    guard origin.elementsEqual(site.origin.utf8) else { throw .origin }
    guard !isCrossOrigin else { throw .crossOrigin }
  }
}

extension JSONValue {
  /// The bytes of a text in base64url without padding; nil for any other spelling.
  var base64: [UInt8]? {
    text.flatMap { Base64.decodeURL(String(decoding: $0, as: UTF8.self)) }
  }
}
