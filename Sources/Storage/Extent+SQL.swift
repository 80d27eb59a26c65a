package import People
import Primitives

extension SQL.Interpolation {
  /// A condition on the row of `booking`: that it lies within. Written once; ``Extent/contains(_:)`` says the same of one
  /// booking.
  package mutating func appendInterpolation(_ extent: Extent) {
    appendLiteral("(")
    append(anyOf: extent.allowed, orNowhere: "1 = 0")
    if !extent.denied.isEmpty {
      appendLiteral(" AND NOT ")
      append(anyOf: extent.denied, orNowhere: "1 = 1")
    }
    appendLiteral(")")
  }

  /// - Parameter nowhere: what a part says that is bound to places and has none.
  private mutating func append(anyOf parts: [Extent.Part], orNowhere nowhere: String) {
    guard !parts.isEmpty else { return appendLiteral("1 = 0") }
    appendLiteral("(")
    for (index, part) in parts.enumerated() {
      if index > 0 { appendLiteral(" OR ") }
      append(part, orNowhere: nowhere)
    }
    appendLiteral(")")
  }

  private mutating func append(_ part: Extent.Part, orNowhere nowhere: String) {
    appendLiteral("(1 = 1")
    if let staff = part.staff {
      appendLiteral(" AND booking.staff IN (")
      appendInterpolation(list: staff.sorted().map { Value.text($0.text) })
      appendLiteral(")")
    }
    if part.locations?.isEmpty == true {
      appendLiteral(" AND " + nowhere)
    } else if let locations = part.locations {
      appendLiteral(" AND booking.location IN (")
      appendInterpolation(list: locations.sorted().map { Value.text($0.text) })
      appendLiteral(")")
    }
    if let startsBy = part.startsBy {
      appendLiteral(" AND booking.start <= ")
      appendInterpolation(startsBy)
    }
    if let endsAfter = part.endsAfter {
      appendLiteral(" AND booking.\"end\" > ")
      appendInterpolation(endsAfter)
    }
    appendLiteral(")")
  }
}
