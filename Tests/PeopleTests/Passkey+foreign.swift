import Foundation
import TestKit
import Vault

@testable import People

/// An answer that `Tests/Foreign/webauthn` made, genuine or forged, and what a server knows beside
/// it.
struct ForeignAnswer: Decodable, Sendable {
  struct Read: Decodable, Sendable {
    let credential: String
    let publicKey: String
    let signCount: Int
    let isSyncable: Bool
    let isSynced: Bool
    let aaguid: String
    let transports: [String]
    let userHandle: String?
  }

  let ceremony: String
  let name: String
  let forged: String?
  let fault: String?
  let address: String
  let challenge: String
  let json: String
  let publicKey: String?
  let signCount: Int?
  let isSyncable: Bool?
  let read: Read?

  /// Two thousand lines at most; made once. A Python that is missing or fails is thrown.
  static let all = Result { () throws -> [ForeignAnswer] in
    let program = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Foreign/webauthn")
    let answer = try Programs.run([Programs.python, program.path()])
    guard answer.status == 0 else { throw Failed(status: answer.status) }
    return try answer.output.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(ForeignAnswer.self, from: $0)
    }
  }

  struct Failed: Error {
    let status: Int32
  }

  /// As it comes, one for each ceremony and algorithm.
  static func plain() throws -> [ForeignAnswer] { try all.get().filter { $0.name.hasSuffix("as it comes") } }

  func registered() throws -> NewPasskey { try registered(json) }
  func asserted() throws -> PasskeyUse { try asserted(json) }

  /// Another answer, checked as this one is.
  func registered(_ json: String) throws -> NewPasskey {
    try PasskeyResponse(json: json).registered(challenge: bytes(challenge), at: try site())
  }

  func asserted(_ json: String) throws -> PasskeyUse {
    try PasskeyResponse(json: json).asserted(
      challenge: bytes(challenge),
      at: try site(),
      publicKey: bytes(publicKey ?? ""),
      signCount: signCount ?? 0,
      isSyncable: isSyncable
    )
  }

  private func site() throws -> RelyingParty {
    guard let site = RelyingParty(address: address) else { throw PasskeyFault.relyingParty }
    return site
  }
}

/// Of base64url; empty for anything else.
func bytes(_ text: String) -> [UInt8] { Base64.decodeURL(text) ?? [] }
