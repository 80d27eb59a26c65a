package import Audit
import Primitives

/// Makes the signed head for a tree that has grown.
package typealias CheckpointMaker = @Sendable (MerkleFrontier) throws -> AuditHead

extension Records {
  /// Nil before the first entry.
  package func auditHead() throws -> AuditHead? {
    try first("SELECT size, root, frontier, checkpoint FROM audit_head WHERE id = 1") { row in
      AuditHead(size: row.int(0), root: row.bytes(1), frontier: row.bytes(2), checkpoint: row.text(3))
    }
  }

  /// Calls `each` with every entry from `first` on, in order; never more than a thousand are in memory.
  package func auditEntries(from first: Int, _ each: (_ seq: Int, _ entry: [UInt8]) throws -> Void) throws {
    var next = first
    var count = 0
    repeat {
      count = 0
      try rows("SELECT seq, entry FROM audit_entry WHERE seq >= \(next) ORDER BY seq LIMIT 1000") { row in
        count += 1
        next = row.int(0) + 1
        try each(row.int(0), row.bytes(1))
      }
    } while count == 1_000
  }
}
