import Foundation
package import Privacy

/// One of a business's two databases: its migrations and the register its columns must stand in.
package struct Schema: Sendable {
  package let name: String
  package let register: Register

  package static let data = Schema(name: "data", register: .data)
  package static let keys = Schema(name: "keys", register: .keys)

  /// In order; a file named `0007_what.sql` serves both engines, `0007_what.sqlite.sql` one.
  ///
  /// - Throws: ``StorageFault/schema(_:)`` when the files beside the program are missing.
  package func migrations(engine: String) throws -> [Migration] {
    guard let folder = Bundle.module.resourceURL?.appendingPathComponent("Migrations/\(name)"),
      let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    else {
      throw StorageFault.schema("the migrations are missing beside the program")
    }
    return try files.filter { file in
      let parts = file.split(separator: ".")
      return parts.last == "sql" && (parts.count == 2 || parts[1] == engine)
    }
    .sorted()
    .map { file in
      Migration(
        name: file,
        text: try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      )
    }
  }
}

package struct Migration: Sendable {
  package let name: String
  package let text: String
}
