package import Primitives

/// One SQL statement whose values are always bound: an interpolation becomes a parameter, never text.
///
/// ```swift
/// let sql: SQL = "SELECT start FROM occupancy WHERE unit = \(unit) AND start < \(end)"
/// ```
package struct SQL: ExpressibleByStringInterpolation, Sendable {
  package private(set) var text: String
  package private(set) var values: [Value]

  package init(stringLiteral text: String) {
    self.text = text
    values = []
  }

  package init(stringInterpolation: Interpolation) {
    text = stringInterpolation.text
    values = stringInterpolation.values
  }

  /// Text that did not come from a literal: migrations only.
  package init(unchecked text: String) {
    self.text = text
    values = []
  }

  package static func += (sql: inout SQL, other: SQL) {
    sql.text += other.text
    sql.values += other.values
  }

  package struct Interpolation: StringInterpolationProtocol {
    var text: String
    var values: [Value]

    package init(literalCapacity: Int, interpolationCount: Int) {
      text = ""
      text.reserveCapacity(literalCapacity + 2 * interpolationCount)
      values = []
      values.reserveCapacity(interpolationCount)
    }

    package mutating func appendLiteral(_ literal: String) { text += literal }

    package mutating func appendInterpolation(_ value: Value) {
      text += "?"
      values.append(value)
    }
    package mutating func appendInterpolation(_ value: Int) { appendInterpolation(.integer(Int64(value))) }
    package mutating func appendInterpolation(_ value: Int?) {
      appendInterpolation(value.map { .integer(Int64($0)) } ?? .null)
    }
    package mutating func appendInterpolation(_ value: Bool) { appendInterpolation(.integer(value ? 1 : 0)) }
    package mutating func appendInterpolation(_ value: Instant) {
      appendInterpolation(.integer(value.seconds))
    }
    package mutating func appendInterpolation(_ value: Instant?) {
      appendInterpolation(value.map { .integer($0.seconds) } ?? .null)
    }
    package mutating func appendInterpolation(_ value: String) { appendInterpolation(.text(value)) }
    package mutating func appendInterpolation(_ value: Slug) { appendInterpolation(.text(value.text)) }
    package mutating func appendInterpolation(_ value: Identifier) { appendInterpolation(.blob(value.bytes)) }
    package mutating func appendInterpolation(_ value: Identifier?) {
      appendInterpolation(value.map { .blob($0.bytes) } ?? .null)
    }
    package mutating func appendInterpolation(_ value: [UInt8]) { appendInterpolation(.blob(value)) }
    package mutating func appendInterpolation(_ value: [UInt8]?) {
      appendInterpolation(value.map { .blob($0) } ?? .null)
    }
    /// A fixed piece of statement text, such as a list of columns.
    package mutating func appendInterpolation(_ piece: SQLText) { text += piece.text }
    /// `IN (\(list: …))`: one parameter each; the statement's text depends on how many there are. Nothing equals an
    /// empty list.
    package mutating func appendInterpolation(list: some Collection<Value>) {
      // PostgreSQL takes no empty list, and nothing equals NULL.
      text += list.isEmpty ? "NULL" : repeatElement("?", count: list.count).joined(separator: ", ")
      values += list
    }
  }
}

/// What a statement binds and a row holds: the types both engines share.
package enum Value: Sendable, Hashable {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])
}

/// Statement text written once and used in several statements; a literal, never made from data.
package struct SQLText: Sendable {
  let text: String
  package init(_ text: StaticString) { self.text = "\(text)" }
}
