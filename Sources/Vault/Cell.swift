package import Primitives

/// The one place where a sealed value opens.
package struct Cell: Hashable, Sendable {
  /// At most 100 bytes each; a longer name is a programmer's mistake and stops the program.
  package let table: String
  package let column: String
  package let row: Identifier
  /// Raised with each change of the row, so that an older value of the same cell does not open in its place.
  package let rowVersion: Int
  package let `class`: SealingClass

  package init(table: String, column: String, row: Identifier, rowVersion: Int, class: SealingClass) {
    self.table = table
    self.column = column
    self.row = row
    self.rowVersion = rowVersion
    self.class = `class`
  }
}
