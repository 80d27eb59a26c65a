/// A statement's text as PostgreSQL takes it: `?` becomes `$1`, `$2`, …, and tables are named with their schema.
///
/// A table is what stands after FROM, JOIN, INTO, UPDATE or TABLE, unless it is a function, a subquery, a name that WITH
/// has introduced or one that has a schema already. The connection's search path is empty, so a name that was missed
/// fails and finds nothing else.
struct PostgresStatement {
  let text: String

  /// - Parameter schema: of the business; `[a-z0-9_]` only, so that quoting it needs no escapes. Empty: tables stay as they are.
  init(_ text: String, schema: String) {
    let words = PostgresWords(text)
    let introduced = PostgresStatement.introduced(words)
    var translated: [UInt8] = []
    translated.reserveCapacity(words.bytes.count + 64)
    var parameters = 0
    for (place, word) in words.all.enumerated() {
      if word.kind == .parameter {
        parameters += 1
        translated += Array("$\(parameters)".utf8)
        continue
      }
      if word.kind == .name, !schema.isEmpty, PostgresStatement.isTable(words, place, introduced) {
        translated += Array("\"\(schema)\".".utf8)
      }
      translated += words.bytes[word.range]
    }
    self.text = String(decoding: translated, as: UTF8.self)
  }

  private static func isTable(_ words: PostgresWords, _ place: Int, _ introduced: Set<String>) -> Bool {
    guard let (before, keyword) = words.keyword(before: place) else { return false }
    let next = words.significant(after: place)
    if next == "." { return false }
    switch keyword {
    case "INTO": return true
    case "TABLE": return words.upper(place) != "IF"
    case "JOIN": return next != "(" && !introduced.contains(words.upper(place))
    case "FROM":
      // IS DISTINCT FROM compares values.
      return next != "(" && !introduced.contains(words.upper(place))
        && words.keyword(before: before)?.text != "DISTINCT"
    case "UPDATE":
      // FOR UPDATE locks rows; DO UPDATE SET and a trigger's UPDATE ON name no table.
      return !["SET", "ON", "OF"].contains(words.upper(place)) && words.keyword(before: before)?.text != "FOR"
    default: return false
    }
  }

  /// What WITH introduces: `name AS (`.
  private static func introduced(_ words: PostgresWords) -> Set<String> {
    var names: Set<String> = []
    for (place, word) in words.all.enumerated() where word.kind == .name && words.upper(place) == "AS" {
      guard words.significant(after: place) == "(", let (_, name) = words.keyword(before: place) else {
        continue
      }
      names.insert(name)
    }
    return names
  }
}

/// A statement's text cut into words, strings, comments and single characters.
struct PostgresWords {
  enum Kind { case name, parameter, space, other }
  struct Word {
    let kind: Kind
    let range: Range<Int>
  }

  let bytes: [UInt8]
  private(set) var all: [Word] = []

  init(_ text: String) {
    bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let (kind, end) = word(at: start)
      all.append(Word(kind: kind, range: start..<end))
      start = end
    }
  }

  func upper(_ place: Int) -> String {
    String(decoding: bytes[all[place].range], as: UTF8.self).uppercased()
  }

  /// The word before this one when only space is between them.
  func keyword(before place: Int) -> (place: Int, text: String)? {
    guard let before = all[..<place].lastIndex(where: { $0.kind != .space }), all[before].kind == .name else {
      return nil
    }
    return (before, upper(before))
  }

  /// The first character after this word that is no space.
  func significant(after place: Int) -> Character? {
    guard let next = all[(place + 1)...].first(where: { $0.kind != .space }) else { return nil }
    return Character(UnicodeScalar(bytes[next.range.lowerBound]))
  }

  private func word(at start: Int) -> (Kind, Int) {
    let byte = bytes[start]
    switch byte {
    case UInt8(ascii: "?"): return (.parameter, start + 1)
    case UInt8(ascii: "'"): return (.other, end(of: byte, from: start))
    case UInt8(ascii: "\""): return (.name, end(of: byte, from: start))
    case UInt8(ascii: "-") where start + 1 < bytes.count && bytes[start + 1] == byte:
      return (.space, bytes[start...].firstIndex(of: 0x0A) ?? bytes.count)
    case 0x09, 0x0A, 0x0D, 0x20: return (.space, start + 1)
    case _ where PostgresWords.isOfName(byte):
      return (.name, bytes[start...].firstIndex { !PostgresWords.isOfName($0) } ?? bytes.count)
    default: return (.other, start + 1)
    }
  }

  /// A doubled quote is one of the text.
  private func end(of quote: UInt8, from start: Int) -> Int {
    var place = start + 1
    while place < bytes.count {
      guard bytes[place] == quote else {
        place += 1
        continue
      }
      guard place + 1 < bytes.count, bytes[place + 1] == quote else { return place + 1 }
      place += 2
    }
    return bytes.count
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...0xFF: true
    default: false
    }
  }
}
