package import Primitives

/// What a customer's link carries: which booking, and the proof that we wrote the link.
///
/// `base64url(booking, 16 bytes ‖ HMAC-SHA-256, 32 bytes)`, 64 characters. The proof covers business, booking
/// and link version; nothing of it is stored, so the same link can be printed again, and raising the version
/// revokes it.
package struct ManageCode: Sendable, Unprintable {
  package let booking: Identifier
  fileprivate let proof: [UInt8]

  /// Refuses (nil) what no code can be.
  ///
  /// What it returns is not yet checked: ask ``KeyRing/isGenuine(_:linkVersion:)``.
  package init?(_ text: some StringProtocol) {
    guard
      text.utf8.count == 64,
      let bytes = Base64.decodeURL(text),
      bytes.count == 48,
      let booking = Identifier(bytes: bytes[..<16])
    else { return nil }
    self.booking = booking
    proof = Array(bytes[16...])
  }
}

extension KeyRing {
  /// The code for one booking's link.
  ///
  /// A `mailed` code is another one than the code shown to whoever booked: only its holder reads the
  /// customer's mail.
  package func manageCode(booking: Identifier, linkVersion: Int, mailed: Bool = false) -> String {
    Base64.encodeURL(booking.bytes + proof(booking, linkVersion, mailed))
  }

  /// True when this business wrote the code for this version of the booking's link; in constant time.
  package func isGenuine(_ code: ManageCode, linkVersion: Int) -> Bool {
    let isShown = constantTimeEqual(proof(code.booking, linkVersion, false), code.proof)
    return isMailed(code, linkVersion: linkVersion) || isShown
  }

  /// True when the code is genuine and went out by mail.
  package func isMailed(_ code: ManageCode, linkVersion: Int) -> Bool {
    constantTimeEqual(proof(code.booking, linkVersion, true), code.proof)
  }

  private func proof(_ booking: Identifier, _ linkVersion: Int, _ mailed: Bool) -> [UInt8] {
    linkKey.code {
      $0.add(mailed ? "manage-link/v1/mailed" : "manage-link/v1")
      $0.add(business.text)
      $0.add(booking)
      $0.add(linkVersion)
    }
  }
}
