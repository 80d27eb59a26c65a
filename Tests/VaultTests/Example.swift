import Foundation
import Primitives
import Testing

@testable import Vault

/// Spare Hands and its keys, made anew for each test.
struct Example {
  let root = RootKey.generate()
  let business: Slug
  let wrapped: WrappedBusinessKey
  let ring: KeyRing

  init(_ business: String = "spare-hands") throws {
    self.business = try #require(Slug(business))
    wrapped = try KeyRing.create(business: self.business, root: root)
    ring = try KeyRing(business: self.business, wrapped: wrapped, root: root)
  }
}

/// The keys and cells that `docs/formats/` prints, root key 000102…1f.
enum Printed {
  static let root = Array(UInt8(0)..<32)
  static let wrapped = """
    010100000000559c711fc6fd93a60a067302a5ae0aafe3c332f609c2cf3a92caec11e4801b9d351cb03d5121b0d3b092505b4d9a16fc\
    0129cce07108686f11430172
    """
  static let commitment = "cd3ebb9e8c3b9b8ae34260ef73099c7d33244a91bc0fc4d4f3c278fd1784854e"
  static let p1 = """
    01010000000194b6ba7dcf7e4e0bfcff593dd99f8e5e5dee6a0daa213b79bd2ea68943d26d797ec7e7fd92cb2164d389d198440a7371\
    6b559ba8699271c5f6964e7c
    """
  static let p2 = """
    010100000001b21212a01fbec921677a85cd92329d1205576744e66c24a68ebfea5e22ec3ab93d81d20b953d1d96ef82524072203e55\
    468389fbd305dd0cd6c6b574
    """
  static let name = "01010000000171f4d379dbbf00d5aafe54ceff79b69f6d7d2a99d91eb5f1b979dfb831618256"
  static let subject = "01a1ee56-6085-7a13-9b30-7a0c5ef2b962"

  static func ring() throws -> KeyRing {
    try KeyRing(
      business: #require(Slug("spare-hands")),
      wrapped: WrappedBusinessKey(version: 1, wrapped: bytes(wrapped), commitment: bytes(commitment)),
      root: #require(RootKey(bytes: root))
    )
  }
}

let noon = Instant(seconds: 1_795_348_800)

func hex(_ bytes: [UInt8]) -> String {
  bytes.map { String(format: "%02x", $0) }.joined()
}

func bytes(_ hex: String) -> [UInt8] {
  let digits = Array(hex.filter { !$0.isWhitespace })
  return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
    UInt8(String(digits[$0...$0 + 1]), radix: 16)
  }
}

func raw<Answer>(_ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) -> Answer) -> Answer {
  bytes.withUnsafeBytes(body)
}
