/// One table as a live database has it, in the words both engines share.
package struct TableShape: Sendable, Hashable {
  package let name: String
  package let columns: [ColumnShape]
  /// The columns of the primary key, in its order.
  package let key: [String]
  /// The tables its foreign keys name.
  package let refersTo: Set<String>

  package init(name: String, columns: [ColumnShape], key: [String], refersTo: Set<String>) {
    self.name = name
    self.columns = columns.sorted { $0.name < $1.name }
    self.key = key
    self.refersTo = refersTo
  }
}

package struct ColumnShape: Sendable, Hashable {
  package let name: String
  package let kind: Kind
  package let isNullable: Bool

  package enum Kind: Sendable, Hashable {
    case integer
    case text
    case blob
  }

  package init(name: String, kind: Kind, isNullable: Bool) {
    self.name = name
    self.kind = kind
    self.isNullable = isNullable
  }

  /// The value of this column in a row that was selected with it at `position`.
  ///
  /// - Throws: ``StorageFault/damaged(_:)`` for a null where the schema allows none, and for text that is not UTF-8.
  func value(in row: any Row, at position: Int) throws -> Value {
    switch kind {
    case .integer:
      if let integer = row.optionalInt(position) { return .integer(Int64(integer)) }
    case .blob:
      if let bytes = row.optionalBytes(position) { return .blob(bytes) }
    case .text:
      // Every engine hands out a text's bytes; there is no other way to ask for one that may be missing.
      if let bytes = row.optionalBytes(position) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw StorageFault.damaged(name) }
        return .text(text)
      }
    }
    guard isNullable else { throw StorageFault.damaged(name) }
    return .null
  }
}

extension [TableShape] {
  /// Each table after those its foreign keys name, otherwise by name.
  ///
  /// - Throws: ``StorageFault/schema(_:)`` when tables name each other in a circle.
  package func inOrderOfForeignKeys() throws -> [TableShape] {
    var waiting = sorted { $0.name < $1.name }
    var ordered: [TableShape] = []
    var placed: Set<String> = []
    while !waiting.isEmpty {
      let ready = waiting.firstIndex { $0.refersTo.subtracting([$0.name]).isSubset(of: placed) }
      guard let ready else { throw StorageFault.schema("foreign keys go in a circle") }
      let table = waiting.remove(at: ready)
      ordered.append(table)
      placed.insert(table.name)
    }
    return ordered
  }
}
