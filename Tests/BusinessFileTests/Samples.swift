import Booking
import BusinessFile
import Primitives

/// Files to read in tests.
enum Samples {
  /// The least that is a business; lines are counted from 1 in the tests.
  static let small = """
    business: spare-hands
    name: Spare Hands
    locations:
      - id: workshop
        name: The workshop
        zone: Europe/Vilnius
    staff:
      - id: ona
        name: Ona Petrauskė
        email: ona@example.com
        role: owner
        services: [visit]
        hours:
          - {days: mon-fri, hours: "08:00-17:00"}
    services:
      - id: visit
        name: A visit
        minutes: 60

    """

  static let question = """
        questions:
          - id: fault
            label: What is broken?
            reason: To bring the parts.
            basis: contract
            retention: 90 d

    """

  static let zones: Set<String> = ["Europe/Vilnius", "America/New_York"]

  static func read(_ text: String) throws(BusinessFileProblems) -> BusinessFile {
    try BusinessFileReader.read(text, file: "business.yaml", zoneIsKnown: zones.contains)
  }

  /// What is wrong with a text; empty when nothing is.
  static func problems(_ text: String) -> [FileProblem] {
    do {
      _ = try read(text)
      return []
    } catch {
      return error.problems
    }
  }

  /// A text of this repository.
  static func file(_ path: String, from source: String = #filePath) throws -> String {
    let root = source.split(separator: "/").dropLast(3).joined(separator: "/")
    return try text(at: "/\(root)/\(path)")
  }
}
