package import Primitives
package import Vault

extension Changes {
  /// Puts another secret in the place of the code app's; codes of the steps up to `step` count as used.
  package func setCodeApp(of staff: Slug, secret: Sealed, step: Int) throws {
    try write(
      "UPDATE staff SET totp_secret = \(secret.bytes), totp_step = \(step) WHERE id = \(staff) AND active = 1"
    )
  }
}
