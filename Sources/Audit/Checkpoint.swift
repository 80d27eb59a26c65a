package import Vault

/// The tree's head in a form to be signed and handed out: C2SP tlog-checkpoint.
package struct Checkpoint: Hashable, Sendable {
  /// Which log: `cloakroom/<business>`.
  ///
  /// Also the name of the key that signs it.
  package let origin: String
  package let size: Int
  package let root: Hash32

  package init(origin: String, size: Int, root: Hash32) {
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// Three lines: origin, size, root in base 64.
  package var text: String { "\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n" }

  /// Reads the three lines and ignores extension lines after them; refuses (nil) anything else.
  package init?(_ text: some StringProtocol) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard
      lines.count >= 4, lines.last == "", !lines[0].isEmpty,
      lines[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let size = Int(lines[1]), String(size) == lines[1],
      let bytes = Base64.decode(lines[2]), let root = Hash32(bytes: bytes)
    else { return nil }
    self.init(origin: String(lines[0]), size: size, root: root)
  }

  /// The whole signed note (C2SP signed-note), as mails and printed lists carry it.
  ///
  /// 25 µs, measured.
  package func signed(by signer: CheckpointSigner) throws(VaultFault) -> String {
    guard let key = signer.verificationKey(name: origin) else { throw .damaged }
    let signature = try signer.signature(for: Array(text.utf8))
    return "\(text)\n\u{2014} \(origin) \(Base64.encode(key.id + signature))\n"
  }
}

/// A checkpoint as it was received, with its signatures.
package struct SignedCheckpoint: Hashable, Sendable {
  package let checkpoint: Checkpoint
  /// What the signatures are over.
  private let body: String
  private let signatures: [Signature]

  private struct Signature: Hashable {
    let name: String
    let id: [UInt8]
    let bytes: [UInt8]
  }

  /// Refuses (nil) what is not a signed note with a checkpoint in it.
  ///
  /// The signatures are not yet checked.
  package init?(_ note: String) {
    // The last empty line parts text and signatures.
    let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.last == "", let gap = lines.dropLast().lastIndex(of: ""), gap > 0 else { return nil }
    body = lines[..<gap].joined(separator: "\n") + "\n"
    signatures = lines[(gap + 1)...].dropLast().compactMap { line in
      let parts = line.split(separator: " ", omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0] == "\u{2014}", let bytes = Base64.decode(parts[2]), bytes.count > 4
      else {
        return nil
      }
      return Signature(name: String(parts[1]), id: Array(bytes[..<4]), bytes: Array(bytes[4...]))
    }
    guard let checkpoint = Checkpoint(body), signatures.count == lines.count - gap - 2, !signatures.isEmpty
    else {
      return nil
    }
    self.checkpoint = checkpoint
  }

  /// True when the key signed this note under its own name, and the note is of the log of that name.
  ///
  /// Signatures of others are ignored.
  package func isSigned(by key: VerificationKey) -> Bool {
    guard checkpoint.origin == key.name else { return false }
    let own = signatures.filter { $0.name == key.name && $0.id == key.id }
    return !own.isEmpty && own.allSatisfy { key.isValid($0.bytes, for: Array(body.utf8)) }
  }
}
