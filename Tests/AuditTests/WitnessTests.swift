import Testing
import Vault

@testable import Audit

/// What people bring back from their mails.
@Suite struct WitnessTests {
  @Test func `a checkpoint is found in a mail however it was pasted`() throws {
    let log = try Log(7)
    let note = try log.note()
    let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
    let pasted = [
      note,
      String(note.dropLast()),
      note.replacing("\n", with: "\r\n"),
      "Hello Rasa,\n\nsee you.\n\n" + note + "\nBye\n",
      lines.map { "> " + $0 }.joined(separator: "\n"),
      lines.map { ">> " + $0 + "  " }.joined(separator: "\r\n"),
      lines.map { $0.isEmpty ? ">" : "> " + $0 }.joined(separator: "\n"),
    ]
    for text in pasted {
      #expect(Witness.find(in: text, key: log.key).map(\.note) == [note], "\(text)")
    }
    let earlier = try log.note(3)
    #expect(Witness.find(in: note + "\n" + earlier, key: log.key).map(\.note) == [note, earlier])
  }

  @Test func `what the log's key has not signed is no witness`() throws {
    let log = try Log(7)
    let note = try log.note()
    let stranger = try CheckpointSigner(seed: [UInt8](repeating: 8, count: 32))
    let forged = try Checkpoint(origin: log.origin, size: 9, root: log.frontier.root).signed(by: stranger)
    let others = [
      "", "junk", forged, note.replacing("\n7\n", with: "\n8\n"),
      note.replacing("spare-hands", with: "other-hands"),
      String(note.prefix(40)), note.replacing("\u{2014}", with: "-"),
    ]
    for text in others { #expect(Witness.find(in: text, key: log.key).isEmpty, "\(text)") }
  }
}
