package import Primitives

/// What a mailed or shown link is for. A code made for one purpose opens nothing else.
package enum LinkPurpose: String, Sendable, CaseIterable {
  /// Setting up one's sign-in.
  case invite = "invite"
  /// "This was not me": ends everything of the person who signed in.
  case disown = "disown"
  /// "I did not ask for this": ends a recovery, and nothing else.
  case stopRecovery = "stop-recovery"
  /// A customer's own bookings.
  case customer = "customer"
}

/// The code in a link's fragment: which row it is about, and the proof that we wrote it.
///
/// `base64url(row, 16 bytes ‖ HMAC-SHA-256, 32 bytes)`, 64 characters, as ``ManageCode``. Nothing of the proof is stored, so
/// the mail with the link can be written when it is sent, and no row in the database makes a code.
package struct LinkCode: Sendable, Unprintable {
  package let row: Identifier
  fileprivate let proof: [UInt8]

  /// Refuses (nil) what no code can be.
  ///
  /// What it returns is not yet checked: ask ``KeyRing/isGenuine(_:for:)``.
  package init?(_ text: some StringProtocol) {
    guard
      text.utf8.count == 64,
      let bytes = Base64.decodeURL(text),
      bytes.count == 48,
      let row = Identifier(bytes: bytes[..<16])
    else { return nil }
    self.row = row
    proof = Array(bytes[16...])
  }
}

extension KeyRing {
  /// The code that opens this row for this purpose; the row says until when and how often.
  package func linkCode(_ purpose: LinkPurpose, row: Identifier) -> String {
    Base64.encodeURL(row.bytes + proof(purpose, row))
  }

  /// True when this business wrote the code for this purpose; in constant time.
  package func isGenuine(_ code: LinkCode, for purpose: LinkPurpose) -> Bool {
    constantTimeEqual(proof(purpose, code.row), code.proof)
  }

  private func proof(_ purpose: LinkPurpose, _ row: Identifier) -> [UInt8] {
    linkKey.code {
      $0.add("link/v1")
      $0.add(purpose.rawValue)
      $0.add(business.text)
      $0.add(row)
    }
  }
}
