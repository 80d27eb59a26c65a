import Foundation
import NIOCore
import Testing

@testable import Web

@Suite struct `JSON text` {
  @Test(arguments: [
    "plain", "quote \" and \\ slash", "line\nbreak\ttab\u{0}\u{1F}", "</script>", "Kalnė 🦊", "\u{7F}\u{2028}",
    "",
  ])
  func `every text reads back the same`(text: String) throws {
    var json = JSONText()
    json.object { json in
      json.field("text", text)
      json.array("list", [text, text]) { $0.item($1) }
    }
    let bytes = Data(json.buffer.readableBytesView)
    let object = try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    #expect(object["text"] as? String == text)
    #expect(object["list"] as? [String] == [text, text])
    #expect(!bytes.contains(UInt8(ascii: "<")))
  }

  @Test func `commas stand between members and nowhere else`() {
    var json = JSONText()
    json.object { json in
      json.field("a", 1)
      json.field("none", nil as String?)
      json.array("b", [1, 2]) { json, item in json.object { $0.field("c", item == 1) } }
      json.array("d", [Int]()) { $0.item($1) }
      json.field("e", plain: "x".utf8)
    }
    #expect(String(buffer: json.buffer) == #"{"a":1,"b":[{"c":true},{"c":false}],"d":[],"e":"x"}"#)
  }
}
