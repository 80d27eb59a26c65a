package import Primitives

/// The key for one class of cells, of the business itself or of one subject.
package struct CellKeys: Sendable, Unprintable {
  /// Nil for cells of the business itself.
  package let subject: Identifier?
  package let `class`: SealingClass
  /// The generation of the key: the business key's version for the business's own cells, 1 for a subject's.
  package let keyID: UInt32
  private let key: MACKey
  private let heading: [UInt8]

  /// `heading` is the parts that open every binding of this business, already written.
  init(subject: Identifier?, class: SealingClass, keyID: UInt32, key: MACKey, heading: [UInt8]) {
    self.subject = subject
    self.class = `class`
    self.keyID = keyID
    self.key = key
    self.heading = heading
  }

  /// Seals a text so that it opens only in the cell it was sealed for.
  ///
  /// AES-256-GCM with a random nonce under a key of the column; the cell is authenticated, not encrypted. For
  /// a short text 1.9 µs where libsodium uses the processor's AES instructions, measured on one core.
  ///
  /// - Throws: ``VaultFault/wrongPlace`` when the cell is of another class than these keys.
  /// - SeeAlso: `docs/formats/sealed-field.md`.
  package func seal(_ text: String, at cell: Cell) throws(VaultFault) -> Sealed {
    guard cell.class == self.class else { throw .wrongPlace }
    var text = text
    let result = withKey(at: cell) { fieldKey, binding in
      text.withUTF8 { plain in
        Result { () throws(VaultFault) in
          let plain = UnsafeRawBufferPointer(plain)
          return try Envelope.seal(plain, key: fieldKey, keyID: keyID, binding: binding)
        }
      }
    }
    return Sealed(bytes: try result.get())
  }

  /// Opens what ``seal(_:at:)`` sealed for exactly this cell; 1.3 µs for a short text, measured likewise.
  ///
  /// - Throws: ``VaultFault/damaged`` when it is not in the format, ``VaultFault/noKey`` when another
  ///   generation of the key sealed it, ``VaultFault/wrongPlace`` when it was altered, moved or belongs to
  ///   somebody else.
  package func open(_ sealed: Sealed, at cell: Cell) throws(VaultFault) -> String {
    guard cell.class == self.class else { throw .wrongPlace }
    guard try Envelope.keyID(sealed.bytes) == keyID else { throw .noKey }
    let text = withKey(at: cell) { fieldKey, binding in
      Envelope.open(sealed.bytes, key: fieldKey, binding: binding) { String(decoding: $0, as: UTF8.self) }
    }
    guard let text else { throw .wrongPlace }
    return text
  }

  /// Derives the key of the column and writes the binding of the cell, in one buffer on the stack.
  private func withKey<Answer>(
    at cell: Cell,
    _ body: (_ fieldKey: UnsafeRawBufferPointer, _ binding: UnsafeRawBufferPointer) -> Answer
  ) -> Answer {
    precondition(
      cell.table.utf8.count <= Binding.longestName && cell.column.utf8.count <= Binding.longestName,
      "a table's or column's name is too long"
    )
    return withUnsafeTemporaryAllocation(byteCount: MACKey.length + Binding.capacity, alignment: 16) {
      buffer in
      let fieldKey = UnsafeMutableRawBufferPointer(rebasing: buffer[..<MACKey.length])
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[MACKey.length...])

      var info = Binding(rest)
      info.add("field/v1")
      info.add(cell.table)
      info.add(cell.column)
      info.addByte(0x01)
      key.write(codeOf: info.written, to: fieldKey)

      var binding = Binding(rest)
      binding.addWritten(heading)
      binding.add(cell.table)
      binding.add(cell.column)
      binding.add(cell.row)
      binding.add(cell.rowVersion)
      if let subject { binding.add(subject) } else { binding.add("") }
      binding.add(cell.class.rawValue)
      binding.add(keyID: keyID)
      return body(UnsafeRawBufferPointer(fieldKey), binding.written)
    }
  }
}
