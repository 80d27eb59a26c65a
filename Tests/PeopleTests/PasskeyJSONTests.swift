import Testing

@testable import People

struct PasskeyJSONTests {
  @Test(arguments: [
    "null", "true", " false ", "0", "-0", "10", "-1.5", "1e5", "1E-7", "0.0e+1", "\"\"", "[]", "{}",
    "\t[\n1 ,2\r]",
    #"{"a":{"a":[{}]},"b":""}"#, #""\u0000""#, "\"\u{7F}\u{2028}\"",
  ])
  func `JSON is read`(_ text: String) {
    #expect(JSONValue(Array(text.utf8)) != nil)
  }

  @Test(arguments: [
    "", " ", "nul", "nulll", "True", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "NaN", "Infinity", "\"",
    "\"\\\"",
    #""\x""#, #""\u12""#, #""\u123g""#, #""\u+123""#, #""\ud800""#, #""\udc00""#, #""\ud800\ud800""#,
    #""\ud800x""#,
    "\"\t\"", "\"\u{0}\"", "[1,]", "[,1]", "[1 2]", "[1", "]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}",
    "{1:1}",
    "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{", "}", "1 1", "[]]", "'a'", "// a\n1", "\u{FEFF}1", "\u{A0}1",
    #"{"a":1,"a":1}"#, #"{"a":1,"\u0061":1}"#,
  ])
  func `what is not strictly JSON is refused`(_ text: String) {
    #expect(JSONValue(Array(text.utf8)) == nil)
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
      [0x22, 0xC3, 0x22], [0xEF, 0xBB, 0xBF, 0x31],
    ] as [[UInt8]]
  )
  func `what is not UTF-8 is refused, and a byte order mark`(_ bytes: [UInt8]) {
    #expect(JSONValue(bytes) == nil)
  }

  @Test func `escapes stand for their characters`() {
    let text = JSONValue(Array(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\uDD11""#.utf8))?.text
    #expect(text == Array("\"\\/\u{8}\u{C}\n\r\t\u{E9}\u{1F511}".utf8))
  }

  @Test func `names are told apart byte by byte`() {
    // The Kelvin sign and the letter K are equal as Swift strings.
    let value = JSONValue(Array(#"{"\u212a":1,"K":true}"#.utf8))
    #expect(value?["K"] == .bool(true))
    #expect(value?["\u{212A}"] == .number)
  }

  @Test func `nesting is read as deep as it may be, and no deeper`() {
    for (depth, isRead) in [(JSONValue.deepest, true), (JSONValue.deepest + 1, false), (1_000_000, false)] {
      let lists = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      #expect((JSONValue(Array(lists.utf8)) != nil) == isRead)
    }
    #expect(JSONValue(Array(String(repeating: #"{"a":"#, count: 100_000).utf8)) == nil)
  }
}
