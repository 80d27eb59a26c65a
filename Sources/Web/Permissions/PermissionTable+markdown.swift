import Booking
import HTTPTypes
import Primitives

extension PermissionTable {
  /// For an owner to read: role by role what it may, then every address with who comes through.
  package var markdown: String {
    """
    # Who may what

    Written by `cloakroom permissions > docs/permissions.md` from the rules and the routes of the program itself; do not
    edit it. A test compares it with the program, and `Tests/Journeys/test_matrix.py` compares the program with what a
    running server answers.

    What no row allows is refused. "Their places" are those named for a person in the business file, or else where they
    work; "their team's" is the work of those with the same team. What is somebody else's looks like something that does not
    exist.

    ## Roles

    \(roleTable)

    A business can make roles of its own, rule by rule: [business-file.md](business-file.md#roles).

    ## Addresses

    Every address the server answers at. Any other method at one of them is refused (405), and so is any other address
    (404); HEAD is as GET, without the content. GET changes nothing.

    \(routeTable)

    """
  }

  private var roleTable: String {
    let head = ["May"] + roles.map(\.name)
    let rows = PermissionWords.rows.map { row in
      [row.what] + roles.map { PermissionWords.reach(extent($0, row.verb, row.level), row.verb) }
    }
    let limits = roles.map { "\($0.limit.perMinute) and \($0.limit.perDay)" }
    return PermissionTable.table(head, rows + [["at most so many customers a minute and a day"] + limits])
  }

  private var routeTable: String {
    let rows = routes.sorted { ($0.path, $0.method.rawValue) < ($1.path, $1.method.rawValue) }.map { route in
      [route.method.rawValue, "`\(PermissionTable.address(route.path))`", who(route.permit)]
    }
    return PermissionTable.table(["Method", "Address", "For whom"], rows)
  }

  private func who(_ permit: RoutePermit) -> String {
    guard let verb = permit.verb else { return PermissionWords.who(permit) ?? "" }
    let able = roles.filter { extent($0, verb) != nil }.map { $0.name.lowercased() }
    return "who may \(RoleWords.inSentence(verb)) (\(able.joined(separator: ", ")))"
  }

  /// `/book/{business}` for `/book/:business`.
  private static func address(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false)
      .map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
  }

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    ([head, head.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(
      separator: "\n"
    )
  }
}
