package import Vault

/// What a walk through a whole audit tree found.
package struct AuditReport: Hashable, Sendable {
  /// Entries read.
  package let entries: Int
  /// Times of the first and last entry, RFC 3339 in UTC.
  package let first: String?
  package let last: String?
  /// The root computed from the entries.
  package let root: Hash32
  /// Signed checkpoints whose signature and root both hold.
  package let checkpointsMatched: Int
  /// Empty when everything holds.
  package let findings: [AuditFinding]
  /// Worth a look, no proof of anything.
  package let notes: [AuditNote]

  package var holds: Bool { findings.isEmpty }
}

/// Something that does not hold: the tree was altered, or damaged.
package enum AuditFinding: Hashable, Sendable {
  case sequenceBroken(expected: Int, found: Int)
  case notCanonical(sequence: Int)
  case incomplete(sequence: Int)
  case sizeDiffers(stored: Int, counted: Int)
  case rootDiffers
  case frontierDiffers
  case checkpointUnreadable
  case signatureWrong(size: Int)
  case checkpointDiffers(size: Int)
  case checkpointBeyondEnd(size: Int)
}

extension AuditFinding: CustomStringConvertible {
  package var description: String {
    switch self {
    case .sequenceBroken(let expected, let found):
      "entry \(expected) is missing or moved: entry \(found) came instead"
    case .notCanonical(let sequence): "entry \(sequence) is not canonical JSON"
    case .incomplete(let sequence): "entry \(sequence) lacks something every entry has"
    case .sizeDiffers(let stored, let counted): "the head says \(stored) entries, there are \(counted)"
    case .rootDiffers: "the head's root is not the root of the entries"
    case .frontierDiffers: "the head's frontier is not the frontier of the entries"
    case .checkpointUnreadable: "a checkpoint is not a signed note"
    case .signatureWrong(let size): "the checkpoint of \(size) entries is not signed by this log's key"
    case .checkpointDiffers(let size): "the first \(size) entries are not those that were signed for"
    case .checkpointBeyondEnd(let size): "a checkpoint was signed for \(size) entries, more than there are"
    }
  }
}

/// Something an honest tree can show too.
package enum AuditNote: Hashable, Sendable {
  /// The server's clock was set back, or two acts of one second were committed in the other order.
  case clockWentBack(sequence: Int, from: String, to: String)
}

extension AuditNote: CustomStringConvertible {
  package var description: String {
    switch self {
    case .clockWentBack(let sequence, let from, let to):
      "entry \(sequence): time went back from \(from) to \(to)"
    }
  }
}
