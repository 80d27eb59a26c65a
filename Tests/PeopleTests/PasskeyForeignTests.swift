import Testing

@testable import People

/// Answers of an authenticator that is not ours (`Tests/Journeys/authenticator.py`), genuine ones and lies.
struct PasskeyForeignTests {
  @Test func `every genuine answer is taken, and what was meant is read`() throws {
    let genuine = try ForeignAnswer.all.get().filter { $0.forged == nil }
    #expect(genuine.count >= 100)
    for answer in genuine {
      let read = try #require(answer.read, "\(answer.name)")
      do {
        #expect(try PasskeyResponse(json: answer.json).challenge == bytes(answer.challenge), "\(answer.name)")
        if answer.ceremony == "create" {
          let passkey = try answer.registered()
          #expect(passkey == expected(read), "\(answer.name)")
        } else {
          #expect(
            try PasskeyResponse(json: answer.json).credential == bytes(read.credential),
            "\(answer.name)"
          )
          #expect(try answer.asserted() == expectedUse(read), "\(answer.name)")
        }
      } catch {
        Issue.record("refused for \(error) although genuine: \(answer.name)")
      }
    }
  }

  @Test func `every forged field is refused, for the reason that it is forged`() throws {
    let forged = try ForeignAnswer.all.get().filter { $0.forged != nil }
    let fields = Set(forged.map { "\($0.ceremony) \($0.forged ?? "")" })
    #expect(fields.count >= 40)
    for answer in forged {
      do {
        if answer.ceremony == "create" { _ = try answer.registered() } else { _ = try answer.asserted() }
        Issue.record("taken although forged: \(answer.name)")
      } catch let fault as PasskeyFault {
        #expect(fault.rawValue == answer.fault, "\(answer.name)")
      }
    }
  }

  @Test func `each reason to refuse is met by some forgery`() throws {
    let met = Set(try ForeignAnswer.all.get().compactMap(\.fault))
    #expect(met == Set(PasskeyFault.allCases.map(\.rawValue)))
  }

  @Test func `an answer to one question is none to another`() throws {
    for answer in try ForeignAnswer.plain() {
      #expect(throws: PasskeyFault.ceremony) {
        if answer.ceremony == "create" { _ = try answer.asserted() } else { _ = try answer.registered() }
      }
    }
  }

  @Test func `the same answer counts once`() throws {
    for answer in try ForeignAnswer.plain() where answer.ceremony == "get" {
      let response = try PasskeyResponse(json: answer.json)
      let site = try #require(RelyingParty(address: answer.address))
      let use = try answer.asserted()
      #expect(throws: PasskeyFault.counter) {
        try response.asserted(
          challenge: bytes(answer.challenge),
          at: site,
          publicKey: bytes(answer.publicKey ?? ""),
          signCount: use.signCount
        )
      }
    }
  }

  @Test func `a passkey of another site is refused`() throws {
    let other = try #require(RelyingParty(address: "https://booking.example.test"))
    for answer in try ForeignAnswer.plain() {
      let response = try PasskeyResponse(json: answer.json)
      let challenge = bytes(answer.challenge)
      #expect(throws: PasskeyFault.origin) {
        if answer.ceremony == "create" {
          _ = try response.registered(challenge: challenge, at: other)
        } else {
          _ = try response.asserted(
            challenge: challenge,
            at: other,
            publicKey: bytes(answer.publicKey ?? ""),
            signCount: 0
          )
        }
      }
    }
  }

  private func expected(_ read: ForeignAnswer.Read) -> NewPasskey {
    NewPasskey(
      credential: bytes(read.credential),
      publicKey: bytes(read.publicKey),
      signCount: read.signCount,
      isSyncable: read.isSyncable,
      isSynced: read.isSynced,
      transports: read.transports,
      aaguid: bytes(read.aaguid)
    )
  }

  private func expectedUse(_ read: ForeignAnswer.Read) -> PasskeyUse {
    PasskeyUse(
      signCount: read.signCount,
      isSyncable: read.isSyncable,
      isSynced: read.isSynced,
      userHandle: read.userHandle.map(bytes)
    )
  }
}
