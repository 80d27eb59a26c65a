import Audit
import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// Password and code together or not at all, throttled, and sessions that end.
@Suite(.serialized, .onEachEngine) struct SignInTests {
  private let network = "192.0.2.0/24"

  @Test func `right is one session, every wrong subset is refused alike (V1)`() async throws {
    let shop = try await Shop()
    let right = try await shop.signIn(for: "ona")
    _ = try await shop.signIn(for: "milda")
    for wrong in 1..<8 {
      // Each try from a network of its own, half a minute later, so that no delay answers in its stead.
      shop.clock.move(30)
      let code = right.totp.code(at: shop.clock.now())
      try await shop.leaves(.sessionStarted, .signInRefused) {
        try await shop.desk.signIn(
          email: wrong & 1 == 0 ? right.email : "milda@example.test",
          password: wrong & 2 == 0 ? right.password : "another-lantern-oak-43",
          code: wrong & 4 == 0 ? code : right.totp.code(at: shop.clock.now() + .hours(5)),
          network: "network \(wrong)"
        )
      }
      #expect(
        try await shop.entries().last?.records == [],
        "a refusal does not say whether there is such an account"
      )
    }
    for (email, password, code) in [("", "", ""), ("nobody@example.test", right.password, "000000")] {
      shop.clock.move(30)
      try await shop.leaves(.sessionStarted, .signInRefused) {
        try await shop.desk.signIn(email: email, password: password, code: code, network: "\(email)")
      }
    }
    #expect(try await shop.count("session") == 0)
    shop.clock.move(30)
    let token = try await shop.leaves(.sessionStarted) {
      try await shop.desk.signIn(
        email: " ONA@example.test ",
        password: right.password,
        code: right.totp.code(at: shop.clock.now()),
        network: network
      )
    }
    let open = try #require(token)
    let person = try await shop.leavesNothing { try await shop.desk.person(token: open) }
    #expect(person?.id.text == "ona" && person?.role == .owner)
    #expect(try await shop.blobs("SELECT token_hash FROM session").map(\.count) == [32])
  }

  @Test func `an account without a password cannot be signed in to`() async throws {
    let shop = try await Shop()
    try await shop.leaves(.sessionStarted, .signInRefused) {
      try await shop.desk.signIn(email: "ona@example.test", password: "", code: "", network: network)
    }
  }

  @Test func `a code is taken once, at three sign-ins side by side too`() async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let code = ona.totp.code(at: shop.clock.now())
    let tokens = try await withThrowingTaskGroup(of: String?.self) { group in
      for number in 0..<3 {
        group.addTask {
          do {
            return try await shop.desk.signIn(
              email: ona.email,
              password: ona.password,
              code: code,
              network: "network \(number)"
            )
          } catch let refused as Refusal {
            #expect(refused.code == .signInRefused)
            return nil
          }
        }
      }
      return try await group.reduce(into: [String]()) { tokens, token in tokens += token.map { [$0] } ?? [] }
    }
    #expect(tokens.count == 1)
    #expect(try await shop.count("session") == 1)
    // The step before it was spent by the invite, the one after is still good.
    for (step, refusal) in [(-1, RefusalCode.signInRefused), (0, .signInRefused), (1, nil)] {
      let code = ona.totp.code(at: shop.clock.now() + step * TOTP.period)
      try await shop.leaves(.sessionStarted, refusal) {
        try await shop.desk.signIn(
          email: ona.email,
          password: ona.password,
          code: code,
          network: "step \(step)"
        )
      }
    }
  }

  @Test func `of twenty guesses at once three are heard, then even the right one waits`() async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let before = try await shop.entries().count
    let codes = try await withThrowingTaskGroup(of: RefusalCode?.self) { group in
      for number in 0..<20 {
        group.addTask {
          try await refusal {
            try await shop.desk.signIn(
              email: ona.email,
              password: "guess \(number)",
              code: "000000",
              network: network
            )
          }?.code
        }
      }
      return try await group.reduce(into: [RefusalCode?]()) { $0.append($1) }
    }
    #expect(codes.filter { $0 == .signInRefused }.count == 3)
    #expect(codes.filter { $0 == .tooMany }.count == 17)
    #expect(try await shop.entries().count == before + 20)
    try await shop.leaves(.sessionStarted, .tooMany) {
      try await shop.desk.signIn(
        email: ona.email,
        password: ona.password,
        code: ona.totp.code(at: shop.clock.now()),
        network: network
      )
    }
    shop.clock.move(2)
    try await shop.leaves(.sessionStarted) {
      try await shop.desk.signIn(
        email: ona.email,
        password: ona.password,
        code: ona.totp.code(at: shop.clock.now()),
        network: network
      )
    }
    #expect(try await shop.count("sign_in_failure") == 0, "success clears the counter")
  }

  @Test(arguments: [("ona", 30), ("tadas", 60)])
  func `a session ends when idle and after twelve hours whatever is done`(who: String, idle: Int) async throws
  {
    let shop = try await Shop()
    let person = try await shop.signIn(for: who)
    func signIn() async throws -> String {
      try await shop.desk.signIn(
        email: person.email,
        password: person.password,
        code: person.totp.code(at: shop.clock.now()),
        network: network
      )
    }
    let first = try await signIn()
    shop.clock.move(.minutes(idle) - 1)
    #expect(try await shop.desk.person(token: first) != nil)
    shop.clock.move(.minutes(idle))
    #expect(try await shop.desk.person(token: first) == nil)

    let second = try await signIn()
    let signedIn = shop.clock.now()
    while shop.clock.now() + .minutes(25) < signedIn + .hours(12) {
      shop.clock.move(.minutes(25))
      #expect(try await shop.desk.person(token: second) != nil)
    }
    shop.clock.set(signedIn + .hours(12) - 1)
    #expect(try await shop.desk.person(token: second) != nil)
    shop.clock.move(1)
    #expect(try await shop.desk.person(token: second) == nil)
  }

  @Test func `signing out ends one session here at once and elsewhere within half a second`() async throws {
    let shop = try await Shop()
    let other = try await shop.another()
    let ona = try await shop.signIn(for: "ona")
    var tokens: [String] = []
    for _ in 0..<2 {
      shop.clock.move(30)
      let code = ona.totp.code(at: shop.clock.now())
      tokens.append(
        try await shop.desk.signIn(email: ona.email, password: ona.password, code: code, network: network)
      )
    }
    let person = try #require(try await shop.desk.person(token: tokens[0]))
    #expect(try await other.person(token: tokens[0]) == person)
    try await shop.leaves(.sessionEnded) { try await shop.desk.signOut(person) }
    #expect(try await shop.desk.person(token: tokens[0]) == nil)
    #expect(try await shop.desk.person(token: tokens[1]) != nil)
    try await Task.sleep(for: .milliseconds(550))
    #expect(try await other.person(token: tokens[0]) == nil)
    #expect(try await shop.desk.person(token: String(tokens[1].reversed())) == nil)
    #expect(try await shop.desk.person(token: "") == nil)
    #expect(shop.desk.isCSRFTokenValid(shop.desk.csrfToken(for: tokens[0]), for: tokens[0]))
    #expect(!shop.desk.isCSRFTokenValid(shop.desk.csrfToken(for: tokens[0]), for: tokens[1]))
  }
}
