import Storage

/// The values of one statement as libpq wants them; the room they take is used again for the next.
///
/// Integers go as decimal text, since the server then takes them for whatever integer the place wants; bytes go as they
/// are, texts end with a NUL.
struct PostgresParameters {
  private var bytes: [UInt8] = []
  private var starts: [Int] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []
  private var pointers: [UnsafePointer<CChar>?] = []

  /// - Throws: ``StorageFault/damaged(_:)`` for a text with a NUL, which PostgreSQL cannot hold, and for more values than
  ///   the protocol can count.
  mutating func bind(_ values: [Value]) throws {
    guard values.count <= UInt16.max else { throw StorageFault.damaged("more than 65535 values") }
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    lengths.removeAll(keepingCapacity: true)
    formats.removeAll(keepingCapacity: true)
    for value in values {
      starts.append(bytes.count)
      var format: Int32 = 0
      switch value {
      case .null: starts[starts.count - 1] = -1
      case .integer(let integer): append(integer)
      case .text(let text):
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        guard !bytes[start...].contains(0) else { throw StorageFault.damaged("a text with a NUL in it") }
        bytes.append(0)
      case .blob(let blob):
        bytes.append(contentsOf: blob)
        format = 1
      }
      lengths.append(Int32(clamping: bytes.count - max(0, starts[starts.count - 1])))
      formats.append(format)
    }
    // An empty blob at the very end still needs a place to point at.
    bytes.append(0)
  }

  mutating func withPointers<Answer>(
    _ body: (
      _ count: Int32, _ values: UnsafePointer<UnsafePointer<CChar>?>?, _ lengths: UnsafePointer<Int32>?,
      _ formats: UnsafePointer<Int32>?
    ) -> Answer
  ) -> Answer {
    bytes.withUnsafeBytes { bytes in
      pointers.removeAll(keepingCapacity: true)
      for start in starts {
        pointers.append(
          start < 0 ? nil : bytes.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
        )
      }
      return body(Int32(clamping: starts.count), pointers, lengths, formats)
    }
  }

  private mutating func append(_ integer: Int64) {
    if integer < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = integer.magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
    bytes.append(0)
  }
}
