package import Audit
import Primitives
package import Vault

/// Makes the signed head for a tree that has grown.
package typealias CheckpointMaker = @Sendable (MerkleFrontier) throws -> AuditHead

extension AuditHead {
  /// The head of this tree, signed.
  package init(of tree: MerkleFrontier, origin: String, signer: CheckpointSigner) throws {
    let root = tree.root
    let checkpoint = Checkpoint(origin: origin, size: tree.size, root: root)
    self.init(
      size: tree.size,
      root: root.bytes,
      frontier: tree.bytes,
      checkpoint: try checkpoint.signed(by: signer)
    )
  }

  /// The statement that stores it in place of the one before.
  package var storing: SQL {
    """
    INSERT INTO audit_head (id, size, root, frontier, checkpoint)
    VALUES (1, \(size), \(root), \(frontier), \(checkpoint))
    ON CONFLICT (id) DO UPDATE SET size = excluded.size, root = excluded.root, frontier = excluded.frontier,
      checkpoint = excluded.checkpoint
    """
  }
}

extension MerkleFrontier {
  /// A tree as it is stored with its head.
  ///
  /// - Throws: ``StorageFault/damaged(_:)`` when the two do not fit.
  package init(stored bytes: [UInt8], size: Int) throws {
    guard let tree = MerkleFrontier(bytes: bytes), tree.size == size else {
      throw StorageFault.damaged("audit_head.frontier")
    }
    self = tree
  }
}

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
