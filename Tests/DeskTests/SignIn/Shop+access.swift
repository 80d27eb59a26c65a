import Booking
import People
import Primitives
import Storage
import Testing
import Vault

@testable import Desk

extension Shop {
  /// Everything that people do about their access, each act once.
  func accessDay() async throws {
    let tadas = try await signIn(for: "tadas")
    var first = try await signIn(tadas, from: .at("192.0.2.0/24"))
    let second = try await signIn(tadas, from: .at("203.0.113.0/24"))
    clock.move(.minutes(1))
    _ = try await desk.person(token: first.token)
    let ona = try await person("ona")
    let finding = try #require(try await desk.openFindings(by: ona).first)
    try await desk.settleFinding(finding.id, as: .explained, by: ona)

    try await desk.lock(first.person)
    let locked = try #require(try await desk.person(token: first.token))
    for person in [locked, first.person] {
      clock.move(TOTP.period)
      first = try await desk.prove(
        person,
        token: first.token,
        tadas.proof(at: clock.now()),
        from: .at("192.0.2.0/24", first.deviceToken)
      )
    }
    let key = try SoftKey()
    let options = try await desk.newPasskeyOptions(for: first.person)
    try await desk.addPasskey(key.made(options), label: "lantern", by: first.person)
    _ = try await desk.makeRecoveryCodes(by: first.person)
    let access = try await desk.openAccess(of: first.person.id, by: first.person)
    try await desk.removePasskey(try #require(access.passkeys.first).id, by: first.person)
    try await desk.endSessions(of: first.person.id, sparing: first.person.session, by: first.person)
    try await desk.forgetDevice(second.person.device, of: first.person.id, by: first.person)
    let app = try #require(TOTP(base32: try await desk.newCodeApp(for: first.person).secret))
    try await desk.setCodeApp(code: app.code(at: clock.now()), by: first.person)
    try await desk.changePassword(current: tadas.password, new: "quiet-heron-umbrella-9", by: first.person)
    try await desk.disown(desk.ring.linkCode(.disown, row: second.person.session))
    try await recoveryDay()
    try await leavingDay()
  }

  /// A sign-in is to be set up anew, and is not after all.
  private func recoveryDay() async throws {
    let tadas = try slug("tadas")
    let ona = try await person("ona")
    if try await !desk.isMailSet() { try await sendMail(port: 2_525) }
    _ = try await desk.invite(tadas, by: ona)
    let waiting = try await desk.listPeople(by: ona).first { $0.person.id == tadas }?.recovery
    let recovery = try #require(waiting).id
    _ = try await refusal { try await desk.openRecovery(recovery, of: tadas, by: ona) }
    try await desk.endRecovery(recovery, of: tadas, by: ona)
  }

  /// A login becomes two, somebody is asked for a new password and leaves.
  private func leavingDay() async throws {
    let milda = try slug("milda")
    _ = try await signIn(for: "milda")
    let finding = Finding(
      id: Identifier(at: clock.now()),
      staff: milda,
      signs: [.twoPlaces],
      foundAt: clock.now()
    )
    try await raw.change { try $0.add(finding) }
    let ona = try await person("ona")
    let second = SecondPerson(name: "Greta", email: "greta@example.test", mailboxReason: nil)
    _ = try await desk.splitLogin(finding.id, giving: second, by: ona)
    try await desk.askForPassword(of: milda, by: ona)
    _ = try await desk.leave(milda, by: ona)
    let business = try await desk.timetable().business
    var check = FieldCheck()
    let named = NewPerson(name: "Greta", email: "greta@example.test", mailboxReason: nil, &check)
    let founder = try #require(named)
    #expect(try await refusal { try await desk.setUp(business, owner: founder) }?.code == .alreadySetUp)
  }
}

extension Shop {
  /// A booking to act on.
  func aVisit() async throws -> Identifier {
    if let id = try await blobs("SELECT id FROM booking LIMIT 1").first.flatMap(Identifier.init(bytes:)) {
      return id
    }
    return try await book(at: try at(2, "10:00"), with: "tadas").booking.id
  }

  func aTimeOff() async throws -> Identifier {
    if let id = try await blobs("SELECT id FROM time_off LIMIT 1").first.flatMap(Identifier.init(bytes:)) {
      return id
    }
    return try await desk.blockTimeOff(
      staff: try slug("milda"),
      from: try at(4, "09:00"),
      to: try at(4, "10:00"),
      by: try await person("milda")
    ).timeOff.id
  }
}
