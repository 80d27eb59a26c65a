import Foundation
import Testing

@testable import Web

@Suite struct `The table of permits` {
  @Test func `docs/permissions.md is what the program prints`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let kept = try String(contentsOf: root.appending(path: "docs/permissions.md"), encoding: .utf8)
    #expect(kept == PermissionTable().markdown, "cloakroom permissions > docs/permissions.md")
  }

  @Test func `every route has its row, and says for whom it is`() {
    let rows = PermissionTable().markdown.split(separator: "\n").filter {
      $0.hasPrefix("| GET") || $0.hasPrefix("| POST")
    }
    #expect(rows.count == Routes.all.count)
    for row in rows { #expect(!row.hasSuffix("|  |"), "\(row)") }
  }

  @Test func `only GET and POST are taken, so that no other method can change anything (V7)`() {
    for route in Routes.all { #expect(["GET", "POST"].contains("\(route.method)"), "\(route.path)") }
  }

  @Test func `no two routes answer one request`() {
    let doors = Routes.all.map { "\($0.method) \($0.path)" }
    #expect(Set(doors).count == doors.count)
  }
}
