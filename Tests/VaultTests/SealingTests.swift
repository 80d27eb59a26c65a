import Primitives
import Testing

@testable import Vault

struct SealingTests {
  @Test func `what is sealed opens in its own cell, also when it is empty or long`() throws {
    let example = try Example()
    let subject = Identifier(at: noon)
    let keys = try example.ring.open(example.ring.makeSubjectKeys(for: subject))
    let cell = Cell(table: "subject", column: "name", row: subject, rowVersion: 1, class: .p1)
    for text in ["", "Rasa", "Rasa Žąsė 🪡", String(repeating: "ž", count: 5_000)] {
      let sealed = try keys.seal(text, at: cell)
      #expect(try keys.open(sealed, at: cell) == text)
      #expect(sealed.bytes.count == text.utf8.count + 34)
      #expect(try keys.seal(text, at: cell) != sealed, "the nonce is drawn anew")
    }
  }

  /// One cell for every way in which two places can differ, each with keys of its own.
  private struct Place {
    let business: Int
    let subject: Identifier?
    let cell: Cell
  }

  @Test func `no cell opens in any other cell's place`() throws {
    let examples = [try Example("spare-hands"), try Example("other-hands")]
    let subjects = [Identifier(at: noon), Identifier(at: noon)]
    let rows = [subjects[0], Identifier(at: noon)]
    var places: [Place] = []
    var keys: [[SubjectKeys]] = []
    for business in 0..<2 {
      let ring = examples[business].ring
      keys.append(try subjects.map { try ring.open(ring.makeSubjectKeys(for: $0)) })
      for table in ["subject", "booking"] {
        for column in ["name", "email"] {
          for row in rows {
            for rowVersion in [1, 2] {
              let cell = { Cell(table: table, column: column, row: row, rowVersion: rowVersion, class: $0) }
              for sealingClass in [SealingClass.p1, .p2] {
                places += subjects.map { Place(business: business, subject: $0, cell: cell(sealingClass)) }
              }
              for sealingClass in [SealingClass.credentials, .integrations, .auditDetail] {
                places.append(Place(business: business, subject: nil, cell: cell(sealingClass)))
              }
            }
          }
        }
      }
    }
    func seal(_ place: Place) throws -> Sealed {
      guard let subject = place.subject.flatMap({ subjects.firstIndex(of: $0) }) else {
        return try examples[place.business].ring.businessCells(place.cell.class).seal("Rasa", at: place.cell)
      }
      return try keys[place.business][subject].seal("Rasa", at: place.cell)
    }
    func open(_ sealed: Sealed, _ place: Place) throws -> String {
      guard let subject = place.subject.flatMap({ subjects.firstIndex(of: $0) }) else {
        return try examples[place.business].ring.businessCells(place.cell.class).open(sealed, at: place.cell)
      }
      return try keys[place.business][subject].open(sealed, at: place.cell)
    }
    let sealed = try places.map(seal)
    var opened = 0
    for from in places.indices {
      for to in places.indices where (try? open(sealed[from], places[to])) != nil {
        opened += 1
        #expect(from == to, "\(places[from]) opened at \(places[to])")
      }
    }
    #expect(opened == places.count, "each opens in its own place, and nowhere else")
  }

  @Test func `a cell with any bit changed, or cut short, does not open`() throws {
    let example = try Example()
    let keys = example.ring.businessCells(.credentials)
    let cell = Cell(
      table: "staff",
      column: "totp",
      row: Identifier(at: noon),
      rowVersion: 1,
      class: .credentials
    )
    let sealed = try keys.seal("JBSWY3DPEHPK3PXP", at: cell)
    for bit in 0..<sealed.bytes.count * 8 {
      var bytes = sealed.bytes
      bytes[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: VaultFault.self) { try keys.open(Sealed(bytes: bytes), at: cell) }
    }
    for length in 0..<sealed.bytes.count {
      #expect(throws: VaultFault.self) {
        try keys.open(Sealed(bytes: Array(sealed.bytes.prefix(length))), at: cell)
      }
    }
  }

  @Test func `another generation of a key is told from tampering`() throws {
    let keys = try Example().ring.businessCells(.credentials)
    let cell = Cell(
      table: "staff",
      column: "totp",
      row: Identifier(at: noon),
      rowVersion: 1,
      class: .credentials
    )
    var bytes = try keys.seal("x", at: cell).bytes
    bytes[5] = 2
    #expect(throws: VaultFault.noKey) { try keys.open(Sealed(bytes: bytes), at: cell) }
    #expect(throws: VaultFault.damaged) { try keys.open(Sealed(bytes: []), at: cell) }
  }

  @Test func `keys seal and open cells of their own class only`() throws {
    let example = try Example()
    let subject = Identifier(at: noon)
    let wrapped = try example.ring.makeSubjectKeys(for: subject)
    let both = try example.ring.open(wrapped)
    let contact = try example.ring.open(wrapped, only: .p1)
    let address = Cell(table: "booking", column: "address", row: subject, rowVersion: 1, class: .p2)
    let password = Cell(table: "staff", column: "password", row: subject, rowVersion: 1, class: .credentials)
    let sealed = try both.seal("Pilies 1", at: address)
    #expect(throws: VaultFault.noKey) { try contact.open(sealed, at: address) }
    #expect(throws: VaultFault.wrongPlace) { try both.seal("x", at: password) }
    #expect(throws: VaultFault.wrongPlace) {
      try example.ring.businessCells(.integrations).seal("x", at: password)
    }
  }

  @Test func `no way of printing shows what is sealed, or a key`() throws {
    let example = try Example()
    let subject = Identifier(at: noon)
    let wrapped = try example.ring.makeSubjectKeys(for: subject)
    let keys = try example.ring.open(wrapped)
    let cell = Cell(table: "subject", column: "name", row: subject, rowVersion: 1, class: .p1)
    let sealed = try keys.seal("Rasa", at: cell)
    #expect(everyWayOfPrinting(sealed).allSatisfy { $0.contains("Sealed(38 bytes)") })
    let secrets: [Any] = [
      example.root, example.wrapped, example.ring, wrapped, keys, example.ring.businessCells(.credentials),
      example.ring.checkpointSigner, Token(), [sealed], Optional(keys) as Any,
    ]
    for secret in secrets {
      for text in everyWayOfPrinting(secret) {
        #expect(text.utf8.count < 120, "\(text)")
        #expect(!text.contains("bytes:") && !text.contains("UInt8"), "\(text)")
        #expect(!text.contains("\(example.root.bytes[0]), \(example.root.bytes[1])"))
      }
    }
  }

  private func everyWayOfPrinting(_ value: Any) -> [String] {
    var dumped = ""
    dump(value, to: &dumped)
    return ["\(value)", String(describing: value), String(reflecting: value), dumped]
  }
}
