import Foundation
import Primitives
import Storage
import StorageSQLite
import Testing
import Vault

/// What lies in the folder of a business whose server has ended.
@Suite struct ClosingTests {
  @Test func `after a clean end the file alone holds everything, so that a copy of it is whole`() async throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "closing-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.path + "/keys.db"
    let store = try SQLiteStore(path: path, schema: .keys, checkpoint: nil)
    for number in 1...100 {
      try await store.change {
        try $0.write(
          """
          INSERT INTO business_key (version, wrapped, commitment, made_at)
          VALUES (\(number), \([UInt8](repeating: 7, count: 200)), \([UInt8](repeating: 8, count: 32)), \(1))
          """
        )
      }
      #expect(try await store.read { try $0.businessKey()?.version } == number)
    }
    try store.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["keys.db"])
    let copy = folder.path + "/copy.db"
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    let copied = try SQLiteStore(path: copy, schema: .keys, checkpoint: nil)
    #expect(try await copied.read { try $0.businessKey()?.version } == 100)
    try copied.close()
  }
}
