import Foundation
import Primitives
import TestKit
import Testing

@testable import Vault

/// A Python program written from `docs/formats/` opens what we seal.
struct ForeignTests {
  private struct Question: Encodable {
    let business: String
    let version: Int
    let root: String
    let wrapped: String
    let commitment: String
    var cells: [ForeignCell] = []
  }

  private struct ForeignCell: Encodable {
    let table: String
    let column: String
    let row: String
    let rowVersion: Int
    let `class`: String
    let sealed: String
    let subject: String?
    let key: String?

    enum CodingKeys: String, CodingKey {
      case table
      case column
      case row
      case rowVersion = "row_version"
      case `class`
      case sealed
      case subject
      case key
    }
  }

  private struct Answer: Decodable {
    let texts: [String?]
  }

  @Test func `a foreign program opens every cell in its place, and none elsewhere`() throws {
    let example = try Example()
    var question = Question(
      business: example.business.text,
      version: example.wrapped.version,
      root: hex(example.root.bytes),
      wrapped: hex(example.wrapped.wrapped),
      commitment: hex(example.wrapped.commitment)
    )
    var expected: [String?] = []
    for number in 0..<20 {
      let subject = Identifier(at: noon + number)
      let wrapped = try example.ring.makeSubjectKeys(for: subject)
      let keys = try example.ring.open(wrapped)
      for sealingClass in SealingClass.allCases {
        let text = number == 0 ? "" : "Rasa \(number) žąsis 🪡"
        let cell = Cell(
          table: "subject",
          column: "name",
          row: subject,
          rowVersion: number,
          class: sealingClass
        )
        let isSubjects = sealingClass.belongsToSubject
        let sealed =
          isSubjects
          ? try keys.seal(text, at: cell) : try example.ring.businessCells(sealingClass).seal(text, at: cell)
        for (column, answer) in [("name", text), ("email", nil)] {
          question.cells.append(
            ForeignCell(
              table: "subject",
              column: column,
              row: subject.description,
              rowVersion: number,
              class: sealingClass.rawValue,
              sealed: hex(sealed.bytes),
              subject: isSubjects ? subject.description : nil,
              key: isSubjects ? hex(sealingClass == .p1 ? wrapped.p1 : wrapped.p2) : nil
            )
          )
          expected.append(answer)
        }
      }
    }
    let answer: Answer = try Foreign.ask("open_sealed.py", question)
    #expect(answer.texts == expected)
  }
}

/// The programs in `Tests/Foreign`.
///
/// A missing Python fails the test; it is not passed over.
enum Foreign {
  static func ask<Question: Encodable, Answer: Decodable>(
    _ program: String,
    _ question: Question
  ) throws -> Answer {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Foreign/\(program)")
    let answer = try Programs.run([Programs.python, file.path()], input: try JSONEncoder().encode(question))
    try #require(answer.status == 0, "the foreign program failed")
    return try JSONDecoder().decode(Answer.self, from: answer.output)
  }
}
