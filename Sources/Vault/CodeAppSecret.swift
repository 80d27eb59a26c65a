package import Primitives

extension KeyRing {
  /// The secret that is proposed to somebody's code app in one session; 20 bytes.
  ///
  /// Made anew from the same parts, so that nothing of it is stored before the app has shown that it holds it.
  ///
  /// - Parameter present: the sealed secret that it takes the place of; empty without one. Once it is replaced, another
  ///   one is proposed.
  package func codeAppSecret(session: Identifier, replacing present: [UInt8]) -> [UInt8] {
    let code = tokenKey.code {
      $0.add("code-app/v1")
      $0.add(session)
      $0.add(present)
    }
    return Array(code.prefix(20))
  }
}
