/// A value of the CBOR that authenticators speak: RFC 8949 in the canonical form of CTAP 2.1 §8, of the kinds
/// that WebAuthn uses. No floats, no tags, no `undefined`.
indirect enum CBOR: Hashable, Sendable {
  case unsigned(UInt64)
  /// Stands for -1 minus the number.
  case negative(UInt64)
  case bytes([UInt8])
  /// UTF-8, as bytes: strings in Swift are equal when they only look alike.
  case text([UInt8])
  case list([CBOR])
  case map([Pair])
  case bool(Bool)
  case null

  struct Pair: Hashable, Sendable {
    let key: CBOR
    let value: CBOR
  }

  /// The deepest nesting that is read. CTAP allows 4; the attestation statement `compound` needs 5.
  static let deepest = 8

  init(_ number: Int) {
    self = number < 0 ? .negative(UInt64(-1 - number)) : .unsigned(UInt64(number))
  }

  init(_ text: String) { self = .text(Array(text.utf8)) }

  /// The value of a key of a map.
  subscript(key: CBOR) -> CBOR? {
    guard case .map(let pairs) = self else { return nil }
    return pairs.first { $0.key == key }?.value
  }

  var bytes: [UInt8]? {
    if case .bytes(let bytes) = self { bytes } else { nil }
  }

  /// The keys of a map, in their order.
  var keys: [CBOR]? {
    if case .map(let pairs) = self { pairs.map(\.key) } else { nil }
  }
}
