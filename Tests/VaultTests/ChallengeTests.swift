import Primitives
import Testing

@testable import Vault

struct ChallengeTests {
  private let now = Instant(seconds: 1_795_348_800)

  private func ring(_ business: String = "spare-hands") throws -> KeyRing {
    let root = RootKey.generate()
    let slug = try #require(Slug(business))
    return try KeyRing(business: slug, wrapped: try KeyRing.create(business: slug, root: root), root: root)
  }

  @Test func `a challenge is good for its purpose, its row and five minutes`() throws {
    let ring = try ring()
    let (row, other) = (Identifier(at: now), Identifier(at: now))
    for purpose in ChallengePurpose.allCases {
      for about in [nil, row] {
        let made = ring.challenge(purpose, about: about, now: now)
        #expect(ring.challenge(made.bytes, for: purpose, about: about, now: now + 299) == made)
        #expect(ring.challenge(made.bytes, for: purpose, about: about, now: now + 300) == nil)
        #expect(ring.challenge(made.bytes, for: purpose, about: other, now: now) == nil)
        #expect(ring.challenge(made.bytes, for: purpose, about: about == nil ? row : nil, now: now) == nil)
        for wrong in ChallengePurpose.allCases where wrong != purpose {
          #expect(ring.challenge(made.bytes, for: wrong, about: about, now: now) == nil)
        }
        #expect(try self.ring().challenge(made.bytes, for: purpose, about: about, now: now) == nil)
        #expect(made.text.utf8.count == 75)
      }
    }
  }

  @Test func `no byte of a challenge can be changed`() throws {
    let ring = try ring()
    let made = ring.challenge(.signIn, now: now).bytes
    for position in made.indices {
      var wrong = made
      wrong[position] ^= 1
      #expect(ring.challenge(wrong, for: .signIn, now: now) == nil)
    }
    #expect(ring.challenge(Array(made.dropLast()), for: .signIn, now: now) == nil)
    #expect(ring.challenge(made + [0], for: .signIn, now: now) == nil)
    #expect(ring.challenge([], for: .signIn, now: now) == nil)
  }

  @Test func `what is stored of tokens and codes names the person`() throws {
    let ring = try ring()
    let token = Token()
    let (ona, milda) = (try #require(Slug("ona")), try #require(Slug("milda")))
    let forms = [
      ring.storedForm(of: token), ring.storedForm(of: token, deviceOf: ona),
      ring.storedForm(of: token, deviceOf: milda),
      ring.storedForm(ofRecoveryCode: Array(token.text.utf8), of: ona),
      ring.storedForm(ofRecoveryCode: Array(token.text.utf8), of: milda),
    ]
    #expect(Set(forms).count == 5 && forms.allSatisfy { $0.count == 32 })
    let row = Identifier(at: now)
    #expect(ring.userHandle(of: row).count == 32 && ring.userHandle(of: row) == ring.userHandle(of: row))
    #expect(try self.ring().userHandle(of: row) != ring.userHandle(of: row))
  }
}
