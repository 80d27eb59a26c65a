import Audit
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// Guessing passwords and codes: slow for strangers, and no way to keep the owner out.
@Suite(.serialized, .onEachEngine) struct GuessingTests {
  @Test(arguments: [true, false])
  func `sixty-four guesses side by side count as sixty-four (R33)`(isOneNetwork: Bool) async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let before = try await shop.entries().count
    let codes = try await withThrowingTaskGroup(of: RefusalCode?.self) { group in
      for number in 0..<64 {
        group.addTask {
          try await refusal {
            try await shop.desk.signIn(
              email: ona.email,
              .password("guess \(number)", .code("000000")),
              from: .at(isOneNetwork ? "192.0.2.0/24" : "network \(number)")
            )
          }?.code
        }
      }
      return try await group.reduce(into: [RefusalCode?]()) { $0.append($1) }
    }
    let heard = isOneNetwork ? 3 : 5
    #expect(codes.filter { $0 == .signInRefused }.count == heard)
    #expect(codes.filter { $0 == .tooMany }.count == 64 - heard)
    #expect(try await shop.entries().count == before + 64)
    try await shop.leaves(.sessionStarted, .tooMany) {
      try await shop.desk.signIn(email: ona.email, ona.proof(at: shop.clock.now()), from: .at())
    }
    shop.clock.move(90)
    try await shop.leaves(.sessionStarted) {
      try await shop.desk.signIn(email: ona.email, ona.proof(at: shop.clock.now()), from: .at())
    }
  }

  @Test func `strangers who fail all day keep nobody out who has a known device or a passkey (R37)`()
    async throws
  {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let key = try await shop.passkey(for: "ona")
    let codes = try await shop.desk.makeRecoveryCodes(by: try await shop.person("ona"))
    let known = try await shop.desk.signIn(
      email: ona.email,
      ona.proof(at: shop.clock.now()),
      from: .at("home")
    ).deviceToken
    // Within a day, from everywhere.
    var heard = 0
    for number in 0..<2_000 {
      if number % 2 == 0 { shop.clock.move(86) }
      if try await shop.isHeard(ona.email, from: .at("network \(number % 500)")) { heard += 1 }
    }
    #expect(heard <= 5 + .hours(24) / 90, "one in ninety seconds")
    func signIn(_ proof: Proof, _ client: Client) async throws -> RefusalCode? {
      try await refusal { try await shop.desk.signIn(email: ona.email, proof, from: client) }?.code
    }
    let now = shop.clock.now()
    #expect(try await signIn(ona.proof(at: now), .at("network 1")) != nil, "the attacker's, though right")
    _ = try await shop.signIn(by: key, from: .at("elsewhere"))
    #expect(try await signIn(ona.proof(at: now), .at("home", known)) == nil, "at once")

    // It has succeeded, so that nothing has failed in a row; a hundred more, and strangers' devices need a recovery code.
    var left = 100
    while left > 0 {
      shop.clock.move(90)
      if try await shop.isHeard(ona.email, from: .at("network \(left)")) { left -= 1 }
    }
    shop.clock.move(.hours(25))
    #expect(try await signIn(ona.proof(at: shop.clock.now()), .at("new")) == .signInRefused)
    #expect(try await signIn(.password(ona.password, .recoveryCode(codes[0])), .at("new")) == nil)
    shop.clock.move(30)
    #expect(try await signIn(ona.proof(at: shop.clock.now()), .at("newer")) == nil, "success has cleared it")
  }

  @Test func `a known device is slowed by its own mistakes, and after a hundred it is a stranger's`()
    async throws
  {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let known = try await shop.desk.signIn(
      email: ona.email,
      ona.proof(at: shop.clock.now()),
      from: .at("home")
    ).deviceToken
    let home = Client.at("home", known)
    for _ in 0..<3 { #expect(try await shop.isHeard(ona.email, from: home)) }
    #expect(try await !shop.isHeard(ona.email, from: home))
    shop.clock.move(1)
    #expect(try await shop.isHeard(ona.email, from: home))
    var counted = 4
    while counted < 100 {
      shop.clock.move(.hours(1))
      if try await shop.isHeard(ona.email, from: home) { counted += 1 }
    }
    for number in 0..<10 { _ = try await shop.isHeard(ona.email, from: .at("network \(number)")) }
    #expect(try await !shop.isHeard(ona.email, from: home), "it waits as strangers do")
    // Nobody else's device is taken for it, nor for another person's.
    #expect(try await !shop.isHeard(ona.email, from: .at("home", String(known.reversed()))))
  }

  @Test func `known and unknown addresses cost the same statements and leave the same entry`() async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let device = try await shop.desk.signIn(
      email: ona.email,
      ona.proof(at: shop.clock.now()),
      from: .at("home")
    ).deviceToken
    _ = try await shop.person("ona")
    var said: [[String]] = []
    var texts: [String] = []
    for (email, password) in [
      (ona.email, "wrong"), ("nobody@example.test", "wrong"), (ona.email, ona.password),
      ("nobody@example.test", ona.password), ("", ""), (String(repeating: "x", count: 300), "y"),
    ] {
      for token in [nil, device] where token == nil || email != ona.email {
        shop.clock.move(.hours(1))
        try await shop.tamper("DELETE FROM sign_in_failure")
        let before = try await shop.entries().count
        said.append(
          try await shop.statements.during {
            _ = try await refusal {
              try await shop.desk.signIn(
                email: email,
                .password(password, .code("000000")),
                from: .at("somewhere", token)
              )
            }
          }
        )
        let entry = try #require(try await shop.entries(from: before).first)
        texts.append("\(entry.act) \(entry.outcome) \(entry.actor) \(entry.records) \(entry.text.utf8.count)")
      }
    }
    #expect(Set(texts).count == 1)
    let plain = said.map { $0.filter { !$0.contains("FROM device") } }
    #expect(Set(plain).count == 1, "\(Set(plain))")
  }

  @Test func `passkeys count on their own network alone`() async throws {
    let shop = try await Shop()
    let key = try await shop.passkey(for: "ona")
    for _ in 0..<20 {
      #expect(
        try await refusal { try await shop.desk.signIn(email: "", .passkey("{}"), from: .at("bad")) }?.code
          == .signInRefused
      )
    }
    #expect(try await refusal { try await shop.signIn(by: key, from: .at("bad")) }?.code == .tooMany)
    _ = try await shop.signIn(by: key, from: .at("good"))
    shop.clock.move(1)
    _ = try await shop.signIn(by: key, from: .at("bad"))
  }

  @Test func `made-up addresses leave nothing behind after a day`() async throws {
    let shop = try await Shop()
    for number in 0..<50 {
      _ = try await shop.isHeard("nobody\(number)@example.test", from: .at("network \(number)"))
    }
    _ = try await shop.isHeard("ona@example.test", from: .at("network"))
    shop.clock.move(.hours(25))
    _ = try await shop.isHeard("milda@example.test", from: .at("network"))
    let accounts = try await shop.blobs(
      "SELECT DISTINCT account FROM sign_in_failure WHERE length(account) = 16"
    )
    #expect(Set(accounts) == Set(["ona@example.test", "milda@example.test"].map(shop.desk.staffIndex)))
  }
}

extension Shop {
  /// Whether a try is looked at; it stays counted as failed. Without the password's work.
  fileprivate func isHeard(_ email: String, from client: Client) async throws -> Bool {
    try await refusal {
      try await desk.countTry(
        .password("", .code("")),
        account: desk.staffIndex(email),
        from: client,
        .sessionStarted,
        by: .stranger(network: "")
      )
    } == nil
  }
}
