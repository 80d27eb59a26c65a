package import Booking
import Foundation
import Primitives

extension Records {
  /// The business as last applied, with the version that rises with every apply; nil before the first.
  package func business() throws -> (version: Int, business: Business)? {
    try first("SELECT version, document FROM business WHERE id = 1") { row in
      let document = Data(row.text(1).utf8)
      guard let business = try? JSONDecoder().decode(Business.self, from: document) else {
        throw StorageFault.damaged("business.document")
      }
      return (row.int(0), business)
    }
  }
}

extension Records {
  package func businessVersion() throws -> Int? {
    try first("SELECT version FROM business WHERE id = 1") { $0.int(0) }
  }
}

extension Changes {
  package func replace(_ business: Business, version: Int) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let document = String(decoding: try encoder.encode(business), as: UTF8.self)
    try write(
      """
      INSERT INTO business (id, version, document) VALUES (1, \(version), \(document))
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, document = excluded.document
      """
    )
  }
}
