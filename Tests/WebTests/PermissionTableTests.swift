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
    let methods = ["GET", "POST", "PUT", "DELETE"]
    let rows = PermissionTable().markdown.split(separator: "\n").filter { row in
      methods.contains { row.hasPrefix("| \($0) |") }
    }
    #expect(rows.count == Routes.all.count)
    for row in rows { #expect(!row.hasSuffix("|  |"), "\(row)") }
  }

  @Test func `pages take GET and POST alone, programs PUT and DELETE besides, and nothing takes more (V7)`() {
    for route in Routes.all {
      let taken = route.kind == .api ? ["GET", "POST", "PUT", "DELETE"] : ["GET", "POST"]
      #expect(taken.contains("\(route.method)"), "\(route.path)")
    }
  }

  @Test func `no two routes answer one request`() {
    let doors = Routes.all.map { "\($0.method) \($0.path)" }
    #expect(Set(doors).count == doors.count)
  }
}
