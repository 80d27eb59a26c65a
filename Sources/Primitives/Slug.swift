/// A short name chosen by the writer of the business file and spoken by the API: `[a-z0-9]`, dashes between, 1 to 40 characters.
package struct Slug: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  package let text: String

  package init?(_ text: String) {
    guard Slug.isSlug(text.utf8) else { return nil }
    self.text = text
  }

  package init?(_ text: Substring) {
    guard Slug.isSlug(text.utf8) else { return nil }
    self.text = String(text)
  }

  /// Read for every row of every question: kept free of calls through a protocol.
  private static func isSlug(_ bytes: some Collection<UInt8>) -> Bool {
    guard (1...40).contains(bytes.count) else { return false }
    var previousWasDash = true
    for byte in bytes {
      switch byte {
      case 0x61...0x7A, 0x30...0x39: previousWasDash = false
      case 0x2D where !previousWasDash: previousWasDash = true
      default: return false
      }
    }
    return !previousWasDash
  }

  package var description: String { text }
  package static func < (one: Slug, other: Slug) -> Bool { one.text < other.text }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let slug = Slug(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a slug")
    }
    self = slug
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
