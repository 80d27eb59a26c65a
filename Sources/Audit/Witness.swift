package import Vault

/// A checkpoint that somebody outside kept, as it comes back: pasted from a mail, quoted, with other text around it.
package struct Witness: Sendable, Hashable {
  /// The signed note in its own form.
  package let note: String

  /// Finds the checkpoints of this log in a text.
  ///
  /// Line ends of either kind, quoting by `>` and text around it are taken away, and the encodings of a mail that was
  /// saved as it came (``MailText``); nothing in between is mended.
  ///
  /// - Returns: those that this log's key has signed. Empty for a text without any: it proves nothing, neither way, since
  ///   anybody can write a note.
  package static func find(in text: String, key: VerificationKey) -> [Witness] {
    var found: [Witness] = []
    for reading in [text] + MailText.parts(of: text) {
      for witness in notes(in: reading, key: key) where !found.contains(witness) { found.append(witness) }
    }
    return found
  }

  private static func notes(in text: String, key: VerificationKey) -> [Witness] {
    let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
      .map(unquoted)
    return lines.indices.compactMap { first -> Witness? in
      guard lines[first] == key.name,
        let last = lines[first...].prefix(12).firstIndex(where: { $0.hasPrefix("\u{2014} \(key.name) ") })
      else { return nil }
      let note = lines[first...last].joined(separator: "\n") + "\n"
      guard let signed = SignedCheckpoint(note), signed.isSigned(by: key) else { return nil }
      return Witness(note: note)
    }
  }

  private static func unquoted(_ line: Substring) -> String {
    var line = line
    while line.first == ">" {
      line.removeFirst()
      if line.first == " " { line.removeFirst() }
    }
    while line.last == " " || line.last == "\t" { line.removeLast() }
    return String(line)
  }
}
