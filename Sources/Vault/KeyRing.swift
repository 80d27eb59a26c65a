package import Primitives

/// The opened keys of one business.
///
/// Nothing sealed by one ring opens with another's.
///
/// Every key but the subjects' is derived from the business key, by HKDF-Expand under a label of its own,
/// when the ring is made; the ring is then immutable and shared by all threads.
///
/// - SeeAlso: `docs/formats/keys.md`.
package final class KeyRing: Sendable {
  package let business: Slug
  /// Version of the business key, and key id of what it seals; from 1.
  package let version: Int
  /// Signs checkpoints of this business's audit tree.
  package let checkpointSigner: CheckpointSigner

  private let classKeys: [SealingClass: ClassKey]
  private let indexKey: MACKey
  private let networkKey: MACKey
  private let formKey: MACKey
  let tokenKey: MACKey
  let passkeyKey: MACKey
  let linkKey: MACKey
  private let heading: [UInt8]

  /// A new random business key, version 1, wrapped under the root key.
  package static func create(business: Slug, root: RootKey) throws(VaultFault) -> WrappedBusinessKey {
    try WrappedBusinessKey(
      wrapping: Sodium.randomBytes(MACKey.length),
      business: business,
      version: 1,
      root: root
    )
  }

  /// Opens a business's keys.
  ///
  /// - Throws: ``VaultFault/wrongPlace`` when the root key, the business or the version is another, or the
  ///   commitment does not match; ``VaultFault/damaged`` when it is not in the format.
  package init(business: Slug, wrapped: WrappedBusinessKey, root: RootKey) throws(VaultFault) {
    let businessKey = try wrapped.open(business: business, root: root)
    let key = MACKey(businessKey)
    self.business = business
    version = wrapped.version
    heading = Binding.bytes {
      $0.add("field/v1")
      $0.add(business.text)
    }
    var classKeys: [SealingClass: ClassKey] = [:]
    for sealingClass in SealingClass.allCases {
      let bytes = key.expanded {
        $0.add("class/v1")
        $0.add(sealingClass.rawValue)
      }
      classKeys[sealingClass] = ClassKey(bytes: bytes, mac: MACKey(bytes))
    }
    self.classKeys = classKeys
    indexKey = MACKey(key.expanded { $0.add("blind-index/v1") })
    linkKey = MACKey(key.expanded { $0.add("manage-link/v1") })
    networkKey = MACKey(key.expanded { $0.add("network/v1") })
    formKey = MACKey(key.expanded { $0.add("form-token/v1") })
    tokenKey = MACKey(key.expanded { $0.add("stored-token/v1") })
    passkeyKey = MACKey(key.expanded { $0.add("passkey/v1") })
    checkpointSigner = try CheckpointSigner(seed: key.expanded { $0.add("checkpoint-signing/v1") })
  }

  /// Random keys for one subject, wrapped; to be stored before anything is sealed under them.
  package func makeSubjectKeys(for subject: Identifier) throws(VaultFault) -> WrappedSubjectKeys {
    WrappedSubjectKeys(
      subject: subject,
      p1: try wrap(Sodium.randomBytes(MACKey.length), subject: subject, class: .p1),
      p2: try wrap(Sodium.randomBytes(MACKey.length), subject: subject, class: .p2)
    )
  }

  /// Opens one subject's keys; with `only`, that class alone.
  ///
  /// 1.3 µs for each class, measured.
  package func open(
    _ wrapped: WrappedSubjectKeys,
    only: SealingClass? = nil
  ) throws(VaultFault) -> SubjectKeys {
    SubjectKeys(
      subject: wrapped.subject,
      p1: only == .p2 ? nil : try unwrap(wrapped.p1, subject: wrapped.subject, class: .p1),
      p2: only == .p1 ? nil : try unwrap(wrapped.p2, subject: wrapped.subject, class: .p2)
    )
  }

  /// Keys for cells that belong to the business itself: credentials, integrations, audit detail.
  package func businessCells(_ sealingClass: SealingClass) -> CellKeys {
    precondition(!sealingClass.belongsToSubject, "\(sealingClass.rawValue) belongs to a subject")
    return CellKeys(
      subject: nil,
      class: sealingClass,
      keyID: UInt32(truncatingIfNeeded: version),
      key: classKey(sealingClass).mac,
      heading: heading
    )
  }

  /// Sixteen bytes that are equal for equal values of one column of this business, and tell nothing else
  /// without the key.
  ///
  /// The value comes from ``Normalised``, so that spellings of one address meet. 2.6 µs, measured.
  package func blindIndex(_ normalised: String, table: String, column: String) -> [UInt8] {
    let columnKey = MACKey(
      indexKey.expanded {
        $0.add("blind-index/v1")
        $0.add(table)
        $0.add(column)
      }
    )
    var normalised = normalised
    return normalised.withUTF8 { columnKey.code(of: UnsafeRawBufferPointer($0), length: 16) }
  }

  /// What is stored of a token that was handed out, and looked up; 32 bytes.
  ///
  /// Keyed, so that who can write to the database but has no root key cannot make a row that a token of their own opens.
  /// A look-up by it tells an attacker nothing useful by time, since the code of a guess cannot be steered.
  package func storedForm(of token: Token) -> [UInt8] {
    var text = token.text
    return text.withUTF8 { tokenKey.code(of: UnsafeRawBufferPointer($0), length: 32) }
  }

  /// What limits count a network by, so that no address is stored.
  package func networkPseudonym(_ network: String) -> [UInt8] {
    var network = network
    return network.withUTF8 { networkKey.code(of: UnsafeRawBufferPointer($0), length: 16) }
  }

  /// What the forms of one session carry, so that no other site can send them; 22 characters of the URL alphabet.
  ///
  /// Tells nothing of the session's own token.
  package func formToken(session: String) -> String {
    var session = session
    return session.withUTF8 { Base64.encodeURL(formKey.code(of: UnsafeRawBufferPointer($0), length: 16)) }
  }

  /// Whether a form carries its session's token; in constant time.
  package func isFormToken(_ text: String, session: String) -> Bool {
    constantTimeEqual(Array(formToken(session: session).utf8), Array(text.utf8))
  }

  private func wrap(
    _ key: [UInt8],
    subject: Identifier,
    class sealingClass: SealingClass
  ) throws(VaultFault) -> [UInt8] {
    let keyID = UInt32(truncatingIfNeeded: version)
    let binding = subjectBinding(subject, sealingClass)
    let classKey = classKey(sealingClass).bytes
    let result = key.withUnsafeBytes { key in
      classKey.withUnsafeBytes { classKey in
        binding.withUnsafeBytes { binding in
          Result { () throws(VaultFault) in
            try Envelope.seal(key, key: classKey, keyID: keyID, binding: binding)
          }
        }
      }
    }
    return try result.get()
  }

  private func unwrap(
    _ wrapped: [UInt8],
    subject: Identifier,
    class sealingClass: SealingClass
  ) throws(VaultFault) -> CellKeys {
    guard try Envelope.keyID(wrapped) == UInt32(truncatingIfNeeded: version) else { throw .noKey }
    guard wrapped.count == MACKey.length + Envelope.overhead else { throw .damaged }
    let key = withUnsafeTemporaryAllocation(byteCount: Binding.capacity, alignment: 16) { buffer in
      var binding = Binding(buffer)
      fillSubjectBinding(&binding, subject, sealingClass)
      return classKey(sealingClass).bytes.withUnsafeBytes { classKey in
        Envelope.open(wrapped, key: classKey, binding: binding.written) { MACKey($0) }
      }
    }
    guard let key else { throw .wrongPlace }
    return CellKeys(subject: subject, class: sealingClass, keyID: 1, key: key, heading: heading)
  }

  private func subjectBinding(_ subject: Identifier, _ sealingClass: SealingClass) -> [UInt8] {
    Binding.bytes { fillSubjectBinding(&$0, subject, sealingClass) }
  }

  private func fillSubjectBinding(
    _ binding: inout Binding,
    _ subject: Identifier,
    _ sealingClass: SealingClass
  ) {
    binding.add("subject-key/v1")
    binding.add(business.text)
    binding.add(subject)
    binding.add(sealingClass.rawValue)
    binding.add(keyID: UInt32(truncatingIfNeeded: version))
  }

  private func classKey(_ sealingClass: SealingClass) -> ClassKey {
    guard let key = classKeys[sealingClass] else { preconditionFailure("every class has a key") }
    return key
  }
}

extension KeyRing: Unprintable {}

/// A class key as bytes, for wrapping subjects' keys, and prepared for deriving column keys.
private struct ClassKey: Sendable, Unprintable {
  let bytes: [UInt8]
  let mac: MACKey
}
