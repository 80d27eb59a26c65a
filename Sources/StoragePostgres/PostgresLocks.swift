import Storage

/// What an act holds, as advisory locks that end with its transaction.
struct PostgresLocks {
  private let locks: [(key: Int64, isShared: Bool)]

  /// In one order for everybody, each thing once; alone outweighs shared.
  init(_ things: [Held], schema: String) {
    var wanted: [Int64: Bool] = [:]
    for thing in things {
      let key = PostgresLocks.key(schema, thing.name)
      wanted[key] = thing.isShared && wanted[key] ?? true
    }
    locks = wanted.sorted { $0.key < $1.key }.map { (key: $0.key, isShared: $0.value) }
  }

  var statement: SQL {
    var sql: SQL = "SELECT"
    for (place, lock) in locks.enumerated() {
      if place > 0 { sql += "," }
      sql +=
        lock.isShared
        ? " pg_advisory_xact_lock_shared(\(Int(lock.key)))" : " pg_advisory_xact_lock(\(Int(lock.key)))"
    }
    return sql
  }

  /// Alike in every server process of every version: FNV-1a, 64 bits. Two names that share a number only wait for each
  /// other without need.
  static func key(_ schema: String, _ name: String) -> Int64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in schema.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ UInt64(UInt8(ascii: "|"))) &* 0x100_0000_01B3
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int64(bitPattern: hash)
  }
}
