import Foundation
import NIOCore
import Primitives

/// A JSON object handed in, read strictly: unknown fields are refused, every problem is named by its pointer.
struct JSONBody {
  private let object: [String: Any]
  private let path: String
  private(set) var problems: [FieldProblem] = []
  private var read: Set<String> = []

  /// - Throws: `.invalid` when the body is no JSON, or JSON but no object.
  init(_ buffer: ByteBuffer) throws {
    let data = Data(buffer.readableBytesView)
    guard let value = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) else {
      throw Refusal.invalid("", .malformedJSON)
    }
    guard let object = value as? [String: Any] else { throw Refusal.invalid("", .wrongType) }
    self.init(object, path: "")
  }

  private init(_ object: [String: Any], path: String) {
    self.object = object
    self.path = path
  }

  /// Whether a media type is JSON in UTF-8, the only one that is read (RFC 8259 §8.1).
  static func isNamed(by contentType: String?) -> Bool {
    let parts = (contentType ?? "").lowercased().split(separator: ";").map { $0.filter { !$0.isWhitespace } }
    guard parts.first == "application/json" else { return false }
    return parts.dropFirst().allSatisfy { ["charset=utf-8", "charset=\"utf-8\""].contains($0) }
  }

  mutating func text(_ name: String, required: Bool = false) -> String? {
    read.insert(name)
    guard let value = object[name], !(value is NSNull) else {
      if required { add(name, .missing) }
      return nil
    }
    guard let text = value as? String else {
      add(name, .wrongType)
      return nil
    }
    return text
  }

  mutating func integer(_ name: String, required: Bool = false) -> Int? {
    read.insert(name)
    guard let value = object[name], !(value is NSNull) else {
      if required { add(name, .missing) }
      return nil
    }
    // `value is Bool` is true for the numbers 0 and 1 as well; only what the number was made from tells them apart.
    guard let number = value as? NSNumber, !JSONBody.booleanTypes.contains(number.objCType.pointee) else {
      add(name, .wrongType)
      return nil
    }
    guard let integer = Int(exactly: number.doubleValue), abs(number.doubleValue) <= JSONBody.mostInteger
    else {
      add(name, .notANumber)
      return nil
    }
    return integer
  }

  /// Far beyond whatever is counted here, in seconds too.
  private static let mostInteger = 1e9

  /// `c` and `B`, as Objective-C encodes `char` and `bool`.
  private static let booleanTypes: [CChar] = [0x63, 0x42]

  mutating func slug(_ name: String, required: Bool = false) -> Slug? {
    guard let text = text(name, required: required) else { return nil }
    guard let slug = Slug(text) else {
      add(name, .notAChoice)
      return nil
    }
    return slug
  }

  mutating func instant(_ name: String) -> Instant? {
    guard let text = text(name, required: true) else { return nil }
    guard let instant = Instant(rfc3339: text) else {
      add(name, .notATime)
      return nil
    }
    return instant
  }

  /// A nested object; its problems become this one's.
  mutating func nested(_ name: String, required: Bool, _ body: (inout JSONBody) -> Void) {
    read.insert(name)
    guard let value = object[name] else {
      if required { add(name, .missing) }
      return
    }
    guard let inner = value as? [String: Any] else {
      add(name, .wrongType)
      return
    }
    var nested = JSONBody(inner, path: path + name + "/")
    body(&nested)
    nested.refuseUnknown()
    problems += nested.problems
  }

  /// A list of objects; their problems become this one's.
  mutating func objects(_ name: String, required: Bool, _ body: (inout JSONBody) -> Void) {
    read.insert(name)
    guard let value = object[name] else {
      if required { add(name, .missing) }
      return
    }
    guard let items = value as? [[String: Any]] else {
      add(name, .wrongType)
      return
    }
    for (number, item) in items.enumerated() {
      var nested = JSONBody(item, path: path + name + "/\(number)/")
      body(&nested)
      nested.refuseUnknown()
      problems += nested.problems
    }
  }

  /// A list of text; empty when it is not there.
  mutating func texts(_ name: String) -> [String] {
    read.insert(name)
    guard let value = object[name], !(value is NSNull) else { return [] }
    guard let items = value as? [String] else {
      add(name, .wrongType)
      return []
    }
    return items
  }

  /// A word of a closed set.
  mutating func choice<Word: RawRepresentable>(_ name: String, of words: Word.Type, required: Bool) -> Word?
  where Word.RawValue == String {
    guard let text = text(name, required: required) else { return nil }
    guard let word = Word(rawValue: text) else {
      add(name, .notAChoice)
      return nil
    }
    return word
  }

  /// All members of this object, which must be text.
  mutating func texts() -> [String: String] {
    var texts: [String: String] = [:]
    for name in object.keys {
      if let text = text(name) { texts[name] = text }
    }
    return texts
  }

  mutating func add(_ name: String, _ reason: FieldReason) {
    problems.append(FieldProblem(path: path + name, reason: reason))
  }

  /// - Throws: `.invalid` with every problem found, unknown fields among them.
  mutating func finish() throws {
    refuseUnknown()
    guard problems.isEmpty else { throw Refusal.invalid(problems) }
  }

  private mutating func refuseUnknown() {
    for name in object.keys.sorted() where !read.contains(name) {
      // The client's own spelling is not repeated beyond what a pointer can hold.
      add(Slug(name) == nil ? "" : name, .unknownField)
    }
  }
}
