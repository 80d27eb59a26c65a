/// A page model as templates see it: made once for each answer through `Encodable`, so that nothing is
/// reflected upon while a page is written.
enum Filling {
  /// An optional without a value.
  case nothing
  case text(String)
  case flag(Bool)
  case list(List)
  case record(Record)

  final class List {
    fileprivate(set) var items: [Filling] = []
  }

  final class Record {
    fileprivate(set) var fields: [(name: String, value: Filling)] = []

    fileprivate init() { fields.reserveCapacity(16) }

    subscript(_ name: String) -> Filling? {
      // A handful of short names: faster than hashing.
      for field in fields where field.name == name { return field.value }
      return nil
    }
  }

  init<Value: Encodable>(_ value: Value) throws {
    // Comparing types costs less than a cast that mostly fails.
    if Value.self == String.self, let text = value as? String {
      self = .text(text)
    } else if Value.self == Bool.self, let flag = value as? Bool {
      self = .flag(flag)
    } else {
      let encoder = FillingEncoder()
      try value.encode(to: encoder)
      self = encoder.filling
    }
  }
}

private final class FillingEncoder: Encoder {
  var filling = Filling.nothing
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    let record = Filling.Record()
    filling = .record(record)
    return KeyedEncodingContainer(RecordContainer(record: record))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    let list = Filling.List()
    filling = .list(list)
    return ListContainer(list: list)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { ValueContainer(encoder: self) }
}

/// Its generic methods stand for the many that the protocol names one by one; those for text and truth are
/// the fast ones.
private struct RecordContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let record: Filling.Record
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) { record.fields.append((key.stringValue, .nothing)) }
  func encode(_ value: String, forKey key: Key) { record.fields.append((key.stringValue, .text(value))) }
  func encode(_ value: Bool, forKey key: Key) { record.fields.append((key.stringValue, .flag(value))) }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    record.fields.append((key.stringValue, try Filling(value)))
  }

  /// Without these, names of empty optionals would be unknown.
  func encodeIfPresent(_ value: String?, forKey key: Key) {
    record.fields.append((key.stringValue, value.map { .text($0) } ?? .nothing))
  }

  func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
    record.fields.append((key.stringValue, try value.map { try Filling($0) } ?? .nothing))
  }

  func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type, forKey key: Key) -> KeyedEncodingContainer<
    Inner
  > {
    let inner = Filling.Record()
    record.fields.append((key.stringValue, .record(inner)))
    return KeyedEncodingContainer(RecordContainer<Inner>(record: inner))
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    let list = Filling.List()
    record.fields.append((key.stringValue, .list(list)))
    return ListContainer(list: list)
  }

  /// Models are structs and have no super.
  func superEncoder() -> any Encoder { FillingEncoder() }
  func superEncoder(forKey key: Key) -> any Encoder { FillingEncoder() }
}

private struct ListContainer: UnkeyedEncodingContainer {
  let list: Filling.List
  var codingPath: [any CodingKey] { [] }
  var count: Int { list.items.count }

  func encodeNil() { list.items.append(.nothing) }
  func encode<Value: Encodable>(_ value: Value) throws { list.items.append(try Filling(value)) }

  func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedEncodingContainer<Inner> {
    let inner = Filling.Record()
    list.items.append(.record(inner))
    return KeyedEncodingContainer(RecordContainer<Inner>(record: inner))
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    let inner = Filling.List()
    list.items.append(.list(inner))
    return ListContainer(list: inner)
  }

  func superEncoder() -> any Encoder { FillingEncoder() }
}

private struct ValueContainer: SingleValueEncodingContainer {
  let encoder: FillingEncoder
  var codingPath: [any CodingKey] { [] }

  func encodeNil() { encoder.filling = .nothing }

  /// Only what encodes itself as one plain value comes here: numbers, and wrappers of texts.
  func encode<Value: Encodable>(_ value: Value) throws {
    if let text = value as? String {
      encoder.filling = .text(text)
    } else if let number = value as? any FixedWidthInteger {
      encoder.filling = .text(String(number))
    } else {
      try value.encode(to: encoder)
    }
  }
}
