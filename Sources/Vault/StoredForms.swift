package import Primitives

extension KeyRing {
  /// What is stored of a device's token for one person; 32 bytes.
  ///
  /// It names the person, so that one browser's cookie serves all who sign in there, and no row tells that
  /// they share it.
  package func storedForm(of token: Token, deviceOf staff: Slug) -> [UInt8] {
    tokenKey.code {
      $0.add("device/v1")
      $0.add(staff.text)
      $0.add(token.text)
    }
  }

  /// What is stored of a recovery code; 32 bytes. It names the person, so that it is nobody else's.
  package func storedForm(ofRecoveryCode code: [UInt8], of staff: Slug) -> [UInt8] {
    tokenKey.code {
      $0.add("recovery-code/v1")
      $0.add(staff.text)
      $0.add(code)
    }
  }
}
