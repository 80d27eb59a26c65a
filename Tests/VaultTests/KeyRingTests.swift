import Primitives
import Testing

@testable import Vault

struct KeyRingTests {
  @Test func `business keys open with their own root key, business and version only`() throws {
    let example = try Example()
    let other = try #require(Slug("other-hands"))
    #expect(throws: VaultFault.wrongPlace) {
      try KeyRing(business: example.business, wrapped: example.wrapped, root: .generate())
    }
    #expect(throws: VaultFault.wrongPlace) {
      try KeyRing(business: other, wrapped: example.wrapped, root: example.root)
    }
    let newer = WrappedBusinessKey(
      version: 2,
      wrapped: example.wrapped.wrapped,
      commitment: example.wrapped.commitment
    )
    #expect(throws: VaultFault.wrongPlace) {
      try KeyRing(business: example.business, wrapped: newer, root: example.root)
    }
  }

  @Test func `a business key whose commitment does not match is refused`() throws {
    let example = try Example()
    for position in 0..<32 {
      var commitment = example.wrapped.commitment
      commitment[position] ^= 1
      let forged = WrappedBusinessKey(version: 1, wrapped: example.wrapped.wrapped, commitment: commitment)
      #expect(throws: VaultFault.wrongPlace) {
        try KeyRing(business: example.business, wrapped: forged, root: example.root)
      }
    }
  }

  @Test func `a subject's keys open as that subject's and in their class only`() throws {
    let example = try Example()
    let ring = example.ring
    let rasa = try ring.makeSubjectKeys(for: Identifier(at: noon))
    let asMarius = WrappedSubjectKeys(subject: Identifier(at: noon), p1: rasa.p1, p2: rasa.p2)
    let swapped = WrappedSubjectKeys(subject: rasa.subject, p1: rasa.p2, p2: rasa.p1)
    #expect(throws: VaultFault.wrongPlace) { try ring.open(asMarius) }
    #expect(throws: VaultFault.wrongPlace) { try ring.open(swapped) }
    let elsewhere = try Example("other-hands").ring
    #expect(throws: VaultFault.wrongPlace) { try elsewhere.open(rasa) }
    #expect(try ring.makeSubjectKeys(for: rasa.subject).p1 != rasa.p1, "keys are random, not derived")
  }

  @Test func `equal addresses meet in a blind index of one column of one business, and nowhere else`() throws
  {
    let ring = try Example().ring
    let elsewhere = try Example("other-hands").ring
    let index = ring.blindIndex("rasa@example.test", table: "subject", column: "email")
    #expect(index.count == 16)
    #expect(index == ring.blindIndex("rasa@example.test", table: "subject", column: "email"))
    #expect(index != ring.blindIndex("rasa@example.test", table: "subject", column: "phone"))
    #expect(index != ring.blindIndex("rasa@example.test", table: "staff", column: "email"))
    #expect(index != ring.blindIndex("rasa@example.com", table: "subject", column: "email"))
    #expect(index != elsewhere.blindIndex("rasa@example.test", table: "subject", column: "email"))
    let network = ring.networkPseudonym("192.0.2.0/24")
    #expect(network == ring.networkPseudonym("192.0.2.0/24"))
    #expect(network != elsewhere.networkPseudonym("192.0.2.0/24"))
  }

  @Test func `a token is stored in a form that takes the business's key to make`() throws {
    let (ring, elsewhere) = (try Example().ring, try Example().ring)
    let token = Token()
    #expect(ring.storedForm(of: token).count == 32)
    #expect(ring.storedForm(of: token) == ring.storedForm(of: try #require(Token(token.text))))
    #expect(ring.storedForm(of: token) != ring.storedForm(of: Token()))
    #expect(ring.storedForm(of: token) != elsewhere.storedForm(of: token))
    #expect(ring.storedForm(of: token) != Hash32(of: Array(token.text.utf8)).bytes)
  }

  @Test func `a manage code works for its booking, version and business`() throws {
    let ring = try Example().ring
    let booking = Identifier(at: noon)
    let text = ring.manageCode(booking: booking, linkVersion: 1)
    #expect(text.utf8.count == 64)
    #expect(text == ring.manageCode(booking: booking, linkVersion: 1), "the same link can be printed again")
    let code = try #require(ManageCode(text))
    #expect(code.booking == booking)
    #expect(ring.isGenuine(code, linkVersion: 1))
    #expect(!ring.isGenuine(code, linkVersion: 2), "a raised version revokes it")
    #expect(!(try Example("other-hands").ring.isGenuine(code, linkVersion: 1)))
    let bytes = try #require(Base64.decodeURL(text))
    for bit in 0..<bytes.count * 8 {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      let forged = try #require(ManageCode(Base64.encodeURL(changed)))
      #expect(!ring.isGenuine(forged, linkVersion: 1))
    }
  }

  @Test(arguments: ["", "x", String(repeating: "A", count: 63), String(repeating: "=", count: 64)])
  func `what is no manage code is refused before anything is looked up`(_ text: String) {
    #expect(ManageCode(text) == nil)
    #expect(ManageCode(text + "é") == nil)
  }

  @Test func `the keys printed in the format pages still open the printed cell`() throws {
    let ring = try Printed.ring()
    let subject = try #require(Identifier(Printed.subject))
    let keys = try ring.open(
      WrappedSubjectKeys(subject: subject, p1: bytes(Printed.p1), p2: bytes(Printed.p2))
    )
    let cell = Cell(table: "subject", column: "name", row: subject, rowVersion: 1, class: .p1)
    #expect(try keys.open(Sealed(bytes: bytes(Printed.name)), at: cell) == "Rasa")
    let index = ring.blindIndex("rasa@example.test", table: "subject", column: "email")
    #expect(hex(index) == "56aa736a5dfce8ed5a1117dd2672b328")
    #expect(
      ring.manageCode(booking: subject, linkVersion: 3)
        == "AaHuVmCFehObMHoMXvK5Yt_bbUT9x6Ua7PHiX45n7mJQO0bU2wv7Lo-9GiDkiXBR"
    )
    #expect(
      ring.checkpointSigner.verificationKey(name: "cloakroom/spare-hands")?.description
        == "cloakroom/spare-hands+778e7d75+AWpZgP+6AhPC+Vqxlq8rwVm9z3lu2IfIJ5ec5tZ2Z+j2"
    )
  }
}
