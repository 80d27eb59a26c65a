/// What proves, beside the password, that it is the person.
package enum SecondFactor: Sendable {
  /// From the authenticator app.
  case code(String)
  /// One of the ten, each good once.
  case recoveryCode(String)
}

/// What somebody proves who they are by: two factors always, in one of three sets.
package enum Proof: Sendable {
  /// The JSON of `PublicKeyCredential.toJSON()`. Two factors in one: the device, and its person's finger,
  /// face or PIN.
  case passkey(String)
  case password(String, SecondFactor)
  /// Any other set. Refused like a wrong proof, after the same work.
  case insufficient

  /// From the fields of a form: exactly one of the three sets, or ``insufficient``. What is sent beside it is
  /// not passed over in silence, so that no field that is right covers for one that is wrong (V1).
  package init(password: String?, code: String?, recoveryCode: String?, passkey: String?) {
    func filled(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
    switch (filled(password), filled(code), filled(recoveryCode), filled(passkey)) {
    case (nil, nil, nil, let passkey?): self = .passkey(passkey)
    case (let password?, let code?, nil, nil): self = .password(password, .code(code))
    case (let password?, nil, let recovery?, nil): self = .password(password, .recoveryCode(recovery))
    default: self = .insufficient
    }
  }
}
