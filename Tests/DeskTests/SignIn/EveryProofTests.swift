import Audit
import Booking
import People
import Primitives
import Storage
import Synchronization
import Testing
import Vault

@testable import Desk

/// Two factors in one of three sets, whole and right, or nothing.
@Suite(.serialized, .onEachEngine) struct EveryProofTests {
  private enum Sent: CaseIterable { case absent, wrong, right }

  @Test
  func
    `of all subsets of password, code, recovery code and passkey, wrong, absent or right, three sign in (V1, V33)`()
    async throws
  {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let key = try await shop.passkey(for: "ona")
    let stranger = try SoftKey()
    let codes = try await shop.desk.makeRecoveryCodes(by: try await shop.person("ona"))
    var opened: [[Sent]] = []
    for password in Sent.allCases {
      for code in Sent.allCases {
        for recovery in Sent.allCases {
          for passkey in Sent.allCases {
            shop.clock.move(120)
            let now = shop.clock.now()
            let options = try await shop.desk.signInOptions()
            let proof = Proof(
              password: text(password, right: ona.password, wrong: "another-lantern-oak-43"),
              code: text(code, right: ona.totp.code(at: now), wrong: ona.totp.code(at: now + .hours(5))),
              recoveryCode: text(recovery, right: codes[0], wrong: RecoveryCode().text),
              passkey: text(passkey, right: try key.signed(options), wrong: try stranger.signed(options))
            )
            // From a network of its own and with what was counted forgotten, so that no delay answers in its stead.
            try await shop.tamper("DELETE FROM sign_in_failure")
            let before = try await shop.entries().count
            let refused = try await refusal {
              try await shop.desk.signIn(email: ona.email, proof, from: .at("\(now.seconds)"))
            }
            let sent = [password, code, recovery, passkey]
            if refused == nil {
              opened.append(sent)
            } else {
              #expect(refused?.code == .signInRefused, "\(sent)")
            }
            let entries = try await shop.entries(from: before).filter { $0.act == "session.started" }
            #expect(entries.count == 1)
            if refused != nil {
              #expect(entries[0].records == [], "a refusal does not say whose account it was")
            }
          }
        }
      }
    }
    #expect(
      opened == [
        [.absent, .absent, .absent, .right], [.right, .absent, .right, .absent],
        [.right, .right, .absent, .absent],
      ]
    )
  }

  @Test func `nobody is signed in by a factor of somebody else (V1, V2)`() async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let milda = try await shop.signIn(for: "milda")
    let codes = try await shop.desk.makeRecoveryCodes(by: try await shop.person("milda"))
    let now = shop.clock.now()
    let crossed: [(String, Proof)] = [
      (ona.email, .password(milda.password, .code(ona.totp.code(at: now)))),
      (ona.email, .password(ona.password, .code(milda.totp.code(at: now)))),
      (ona.email, .password(ona.password, .recoveryCode(codes[0]))),
      (milda.email, .password(ona.password, .recoveryCode(codes[0]))),
      ("nobody@example.test", ona.proof(at: now)), ("", ona.proof(at: now)),
    ]
    for (number, (email, proof)) in crossed.enumerated() {
      try await shop.leaves(.sessionStarted, .signInRefused) {
        try await shop.desk.signIn(email: email, proof, from: .at("network \(number)"))
      }
    }
    // The address beside a passkey means nothing: the key says whose it is.
    let key = try await shop.passkey(for: "milda")
    let signed = try key.signed(try await shop.desk.signInOptions())
    let signedIn = try await shop.desk.signIn(email: ona.email, .passkey(signed), from: .at())
    #expect(signedIn.person.id.text == "milda")
  }

  @Test func `an account without factors cannot be signed in to`() async throws {
    let shop = try await Shop()
    let proofs: [Proof] = [
      .password("", .code("")), .password("", .recoveryCode("")), .passkey(""), .passkey("{}"), .insufficient,
    ]
    for proof in proofs {
      try await shop.leaves(.sessionStarted, .signInRefused) {
        try await shop.desk.signIn(email: "ona@example.test", proof, from: .at("\(proof)"))
      }
    }
    #expect(try await shop.count("session") == 0)
  }

  @Test func `a code is taken once, at three sign-ins side by side too`() async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let now = shop.clock.now()
    let codes = try await shop.desk.makeRecoveryCodes(by: try await shop.person("ona"))
    for proof in [ona.proof(at: now), .password(ona.password, .recoveryCode(codes[3]))] {
      let count = try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<3 {
          group.addTask {
            try await refusal {
              try await shop.desk.signIn(email: ona.email, proof, from: .at("network \(number)"))
            } == nil
          }
        }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(count == 1)
    }
    // The step before it was spent by the invite, the one after is still good.
    for (step, refusal) in [(-1, RefusalCode.signInRefused), (0, .signInRefused), (1, nil)] {
      try await shop.tamper("DELETE FROM sign_in_failure")
      try await shop.leaves(.sessionStarted, refusal) {
        try await shop.desk.signIn(
          email: ona.email,
          ona.proof(at: now + step * TOTP.period),
          from: .at("network 0")
        )
      }
    }
  }

  @Test func `recovery codes are ten, typed as one likes, good once, and end when new ones are made (R48)`()
    async throws
  {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let person = try await shop.person("ona")
    let first = try await shop.leaves(.recoveryCodesMade) {
      try await shop.desk.makeRecoveryCodes(by: person)
    }
    let codes = try #require(first)
    #expect(Set(codes).count == 10 && codes.allSatisfy { $0.count == 29 })
    #expect(
      try await shop.blobs("SELECT code_hash FROM recovery_code").map(\.count)
        == Array(repeating: 32, count: 10)
    )
    let own = try #require(shop.browsers.withLock { $0["ona"]?.deviceToken })
    func signIn(_ code: String, _ refusal: RefusalCode? = nil) async throws {
      try await shop.leaves(.sessionStarted, refusal) {
        try await shop.desk.signIn(
          email: ona.email,
          .password(ona.password, .recoveryCode(code)),
          from: .at("192.0.2.0/24", own)
        )
      }
    }
    try await signIn(codes[0].lowercased().replacing("-", with: " ").replacing("0", with: "o"))
    #expect(
      try await shop.texts("SELECT method FROM session WHERE method <> 'password'") == ["recovery-code"]
    )
    try await signIn(codes[0], .signInRefused)
    try await signIn(codes[1])
    let access = try await shop.desk.openAccess(of: try slug("ona"), by: try await shop.person("ona"))
    #expect(access.recoveryCodesLeft == 8)
    let newer = try await shop.desk.makeRecoveryCodes(by: try await shop.person("ona"))
    try await signIn(codes[2], .signInRefused)
    try await signIn(newer[2])
    #expect(
      Set(try await shop.texts("SELECT detail FROM notice WHERE staff = 'ona'"))
        .isSuperset(of: ["recovery-codes-made", "recovery-code-used"])
    )
  }

  private func text(_ sent: Sent, right: String, wrong: String) -> String? {
    switch sent {
    case .absent: nil
    case .wrong: wrong
    case .right: right
    }
  }
}
