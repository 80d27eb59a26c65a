import Booking
import People
import Primitives
import Storage
import Synchronization
import Testing
import Vault

@testable import Desk

extension Client {
  /// A browser in some network; without a token nobody knows it.
  static func at(_ network: String = "192.0.2.0/24", _ deviceToken: String? = nil) -> Client {
    Client(network: network, deviceToken: deviceToken, kind: BrowserKind(browser: .firefox, system: .linux))
  }
}

/// What somebody signs in with.
struct Credentials: Sendable {
  let email: String
  let password: String
  let totp: TOTP

  func proof(at now: Instant) -> Proof { .password(password, .code(totp.code(at: now))) }
}

extension Shop {
  /// Somebody who has just signed in, without the password's work; always in the same browser.
  func person(_ id: String) async throws -> StaffPerson {
    let (now, staff) = (clock.now(), try slug(id))
    let known = browsers.withLock { $0[id] }
    if let known, known.person.provedAt == now { return known.person }
    let client = Client.at("192.0.2.0/24", known?.deviceToken)
    let begun = try await desk.store.change { [desk] in
      try desk.startSession(of: staff, method: .password, in: $0, from: client, now: now)
    }
    let person = try #require(try await desk.person(token: begun.token))
    browsers.withLock { $0[id] = (person, begun.deviceToken) }
    return person
  }

  /// Invites somebody and takes the invite up; what they sign in with.
  func signIn(for staff: String) async throws -> Credentials {
    let link = try await desk.invite(try slug(staff), by: .commandLine)
    let code = try fragment(of: link)
    let invite = try await desk.openInvite(code)
    let totp = try #require(TOTP(base32: invite.totpSecret))
    // Another one each time: none of the last ten is taken again.
    let password = "lantern-\(staff)-oak-\(Token().text.prefix(8))"
    let typed = totp.code(at: clock.now() - TOTP.period)
    let taken = try await desk.takeInvite(code, .password(password, code: typed), from: .at())
    // What follows begins as if nobody had signed in yet.
    try await raw.change { changes in
      try changes.run("DELETE FROM session WHERE id = \(taken.person.session)")
      try changes.run("DELETE FROM device WHERE id = \(taken.person.device)")
    }
    desk.sessions.forgetAll()
    return Credentials(email: invite.email, password: password, totp: totp)
  }

  /// By password and the next unspent code.
  func signIn(_ who: Credentials, from client: Client = .at("home")) async throws -> SignedIn {
    clock.move(TOTP.period)
    return try await desk.signIn(email: who.email, who.proof(at: clock.now()), from: client)
  }
}

extension Desk {
  /// By password and code, in a browser that nobody knows; the session's token.
  func signIn(email: String, password: String, code: String, network: String) async throws -> String {
    try await signIn(email: email, .password(password, .code(code)), from: .at(network)).token
  }
}
