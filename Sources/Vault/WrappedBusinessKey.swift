import Primitives

/// A business key as it is stored: sealed under the root key, bound to its business and version.
package struct WrappedBusinessKey: Hashable, Sendable, Unprintable {
  /// From 1; raised by rotation.
  package let version: Int
  package let wrapped: [UInt8]
  /// A value that only this one key gives.
  ///
  /// AES-GCM alone would let a forger make bytes that open under two keys.
  package let commitment: [UInt8]

  package init(version: Int, wrapped: [UInt8], commitment: [UInt8]) {
    self.version = version
    self.wrapped = wrapped
    self.commitment = commitment
  }

  init(wrapping key: [UInt8], business: Slug, version: Int, root: RootKey) throws(VaultFault) {
    let binding = WrappedBusinessKey.binding(business: business, version: version)
    let sealed = key.withUnsafeBytes { key in
      root.bytes.withUnsafeBytes { rootKey in
        binding.withUnsafeBytes { binding in
          Result { () throws(VaultFault) in
            try Envelope.seal(key, key: rootKey, keyID: WrappedBusinessKey.rootKeyID, binding: binding)
          }
        }
      }
    }
    self.init(version: version, wrapped: try sealed.get(), commitment: WrappedBusinessKey.commitment(to: key))
  }

  func open(business: Slug, root: RootKey) throws(VaultFault) -> [UInt8] {
    guard try Envelope.keyID(wrapped) == WrappedBusinessKey.rootKeyID else { throw .noKey }
    guard wrapped.count == MACKey.length + Envelope.overhead else { throw .damaged }
    let binding = WrappedBusinessKey.binding(business: business, version: version)
    let key = root.bytes.withUnsafeBytes { rootKey in
      binding.withUnsafeBytes { binding in
        Envelope.open(wrapped, key: rootKey, binding: binding) { Array($0) }
      }
    }
    guard let key, constantTimeEqual(WrappedBusinessKey.commitment(to: key), commitment) else {
      throw .wrongPlace
    }
    return key
  }

  /// Root keys have no versions: a new root key re-wraps every business key.
  private static let rootKeyID: UInt32 = 0

  private static func binding(business: Slug, version: Int) -> [UInt8] {
    Binding.bytes {
      $0.add("business-key/v1")
      $0.add(business.text)
      $0.add(version)
    }
  }

  private static func commitment(to key: [UInt8]) -> [UInt8] {
    MACKey(key).expanded { $0.add("commit/v1") }
  }
}
