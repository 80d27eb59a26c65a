package import Vault

/// Reads a whole audit tree from the first entry on and says what holds.
///
/// Feed it every entry in order of sequence, then ask for the report. It keeps no entries, so any length will
/// do.
package struct AuditVerifier: Sendable {
  private var frontier = MerkleFrontier()
  private var expectedSequence = 0
  private var findings: [AuditFinding] = []
  private var notes: [AuditNote] = []
  private var first: String?
  private var last: String?
  private let key: VerificationKey
  /// Signed checkpoints, the smallest size first; checked as the tree passes their size.
  private var awaited: [SignedCheckpoint]
  private var checkpointsMatched = 0

  /// - Parameters:
  ///   - key: the log's verification key; its name is the origin that every checkpoint must have.
  ///   - checkpoints: signed notes: the store's own newest one, and any that witnesses kept.
  package init(key: VerificationKey, checkpoints: [String]) {
    self.key = key
    awaited = []
    for note in checkpoints {
      guard let signed = SignedCheckpoint(note) else {
        findings.append(.checkpointUnreadable)
        continue
      }
      guard signed.isSigned(by: key) else {
        findings.append(.signatureWrong(size: signed.checkpoint.size))
        continue
      }
      awaited.append(signed)
    }
    awaited.sort { $0.checkpoint.size < $1.checkpoint.size }
    meetCheckpoints()
  }

  /// The next entry as it is stored.
  package mutating func feed(sequence: Int, entry: [UInt8]) {
    if sequence != expectedSequence {
      findings.append(.sequenceBroken(expected: expectedSequence, found: sequence))
    }
    expectedSequence = sequence + 1
    check(entry, sequence)
    frontier.append(entry: entry)
    meetCheckpoints()
  }

  /// What was checked and what did not hold.
  ///
  /// The head is what the store says beside the entries: how many there are, the root (nil when it is not 32
  /// bytes), and the frontier, which must be the one these entries give.
  package func report(size: Int, root: Hash32?, frontier stored: [UInt8]) -> AuditReport {
    var findings = findings
    if size != frontier.size { findings.append(.sizeDiffers(stored: size, counted: frontier.size)) }
    if root != frontier.root { findings.append(.rootDiffers) }
    if stored != frontier.bytes { findings.append(.frontierDiffers) }
    findings += awaited.map { .checkpointBeyondEnd(size: $0.checkpoint.size) }
    return AuditReport(
      entries: frontier.size,
      first: first,
      last: last,
      root: frontier.root,
      checkpointsMatched: checkpointsMatched,
      findings: findings,
      notes: notes
    )
  }

  private mutating func meetCheckpoints() {
    while let next = awaited.first, next.checkpoint.size == frontier.size {
      awaited.removeFirst()
      if next.checkpoint.root == frontier.root {
        checkpointsMatched += 1
      } else {
        findings.append(.checkpointDiffers(size: next.checkpoint.size))
      }
    }
  }

  private mutating func check(_ entry: [UInt8], _ sequence: Int) {
    guard let json = CanonicalJSON(entry) else {
      findings.append(.notCanonical(sequence: sequence))
      return
    }
    guard
      json["v"]?.integer == 1,
      let at = json["at"]?.string, at.utf8.count == 20,
      json["act"]?.string != nil, json["actor"]?.string != nil, json["outcome"]?.string != nil,
      json["purpose"]?.string != nil, json["records"]?.strings != nil, json["fields"]?.strings != nil
    else {
      findings.append(.incomplete(sequence: sequence))
      return
    }
    // Both are UTC of one length, so text order is time order.
    if let last, at < last { notes.append(.clockWentBack(sequence: sequence, from: last, to: at)) }
    if first == nil { first = at }
    last = at
  }
}
