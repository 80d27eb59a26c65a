import Testing
import Vault

@testable import Audit

struct AuditVerifierTests {
  @Test func `an honest log holds, with every checkpoint ever given out`() throws {
    for count in [0, 1, 2, 7, 100] {
      let log = try Log(count)
      let notes = try (0...count).map { try log.note($0) }
      let report = log.report(on: Array(log.entries.enumerated()).map { ($0, $1) }, notes: notes)
      #expect(report.holds, "\(report.findings)")
      #expect(report.entries == count)
      #expect(report.checkpointsMatched == count + 1)
      #expect(report.notes.isEmpty)
      if count > 0 { #expect(report.first == "2026-11-22T12:00:00Z") }
    }
  }

  @Test func `every kind of tampering is found, wherever it is done`() throws {
    let log = try Log(33)
    let honest = log.entries.enumerated().map { ($0, $1) }
    let note = try log.note()
    for place in 0..<33 {
      var edited = honest
      edited[place].1 = Log.entry(1_000)
      var deleted = honest
      deleted.remove(at: place)
      let renumbered = deleted.enumerated().map { ($0, $1.1) }
      let inserted = (honest[..<place].map(\.1) + [Log.entry(1_000)] + honest[place...].map(\.1)).enumerated()
      var swapped = honest.map(\.1)
      swapped.swapAt(place, (place + 1) % 33)
      let cut = Array(honest.prefix(place))
      let tampered: [[(Int, [UInt8])]] = [
        edited, deleted, renumbered, inserted.map { ($0, $1) }, swapped.enumerated().map { ($0, $1) }, cut,
      ]
      for (kind, entries) in tampered.enumerated() {
        #expect(!log.report(on: entries, notes: [note]).holds, "kind \(kind) at \(place)")
      }
    }
  }

  @Test func `a log written anew is found by a checkpoint kept outside`() throws {
    let log = try Log(20)
    let kept = try log.note(10)
    var forged = try Log(20)
    forged.entries[3] = Log.entry(1_000)
    let entries = forged.entries.enumerated().map { ($0, $1) }
    let alone = forged.report(on: entries, notes: [try forged.note()])
    #expect(alone.holds, "without a witness it cannot be seen")
    let witnessed = forged.report(on: entries, notes: [try forged.note(), kept])
    #expect(witnessed.findings == [.checkpointDiffers(size: 10)])
    let short = try Log(5)
    let rolledBack = short.report(
      on: short.entries.enumerated().map { ($0, $1) },
      notes: [try short.note(), kept]
    )
    #expect(rolledBack.findings == [.checkpointBeyondEnd(size: 10)])
  }

  @Test func `a signature by somebody else is found`() throws {
    let log = try Log(3)
    let stranger = try CheckpointSigner(seed: [UInt8](repeating: 9, count: 32))
    let note = try Checkpoint(origin: log.origin, size: 3, root: log.frontier.root).signed(by: stranger)
    let report = log.report(on: log.entries.enumerated().map { ($0, $1) }, notes: [note, "nonsense"])
    #expect(Set(report.findings) == [.signatureWrong(size: 3), .checkpointUnreadable])
  }

  @Test func `an entry that is not canonical is found, a clock that went back is noted`() throws {
    var log = try Log(3)
    log.entries[1] = Array(#"{"v": 1}"#.utf8)
    log.entries[2] = Log.entry(-60)
    let report = log.report(on: log.entries.enumerated().map { ($0, $1) }, notes: [try log.note()])
    #expect(report.findings == [.notCanonical(sequence: 1)])
    #expect(
      report.notes == [.clockWentBack(sequence: 2, from: "2026-11-22T12:00:00Z", to: "2026-11-22T11:59:00Z")]
    )
  }
}
