import Primitives

/// Writes what a seal is bound to: each part with its length before it, so that two different lists of parts
/// never give the same bytes.
///
/// A part is two bytes of length, big-endian, then its bytes. Numbers are eight bytes and key ids four,
/// big-endian; identifiers are their sixteen bytes; text is UTF-8.
struct Binding {
  /// Enough for every binding of this room: nine parts of which table and column are bounded by
  /// ``longestName``.
  static let capacity = 512
  static let longestName = 100

  private let buffer: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  /// The buffer must hold what will be added; overrunning it is a programmer's mistake and stops the program.
  init(_ buffer: UnsafeMutableRawBufferPointer) { self.buffer = buffer }

  var written: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[..<count]) }

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

  mutating func add(_ part: UnsafeRawBufferPointer) {
    precondition(
      part.count <= Int(UInt16.max) && count + 2 + part.count <= buffer.count,
      "a binding is too long"
    )
    addLength(part.count)
    UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).copyMemory(from: part)
    count += part.count
  }

  mutating func add(_ identifier: Identifier) {
    addLength(16)
    addRaw(identifier.high)
    addRaw(identifier.low)
  }

  mutating func add(_ number: Int) {
    addLength(8)
    addRaw(UInt64(bitPattern: Int64(number)))
  }

  mutating func add(keyID: UInt32) {
    addLength(4)
    addRaw(keyID)
  }

  /// Bytes as they are, without a length: parts written earlier.
  mutating func addWritten(_ parts: [UInt8]) {
    precondition(count + parts.count <= buffer.count, "a binding is too long")
    parts.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).copyMemory(from: $0) }
    count += parts.count
  }

  /// A single byte without a length.
  mutating func addByte(_ byte: UInt8) {
    buffer[count] = byte
    count += 1
  }

  private mutating func addLength(_ length: Int) {
    buffer[count] = UInt8(truncatingIfNeeded: length >> 8)
    buffer[count + 1] = UInt8(truncatingIfNeeded: length)
    count += 2
  }

  private mutating func addRaw(_ number: some FixedWidthInteger & UnsignedInteger) {
    buffer.storeBytes(of: number.bigEndian, toByteOffset: count, as: type(of: number).self)
    count += number.bitWidth / 8
  }

  /// The bytes of a binding, for places where speed does not matter.
  static func bytes(_ fill: (inout Binding) -> Void) -> [UInt8] {
    withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 16) { buffer in
      var binding = Binding(buffer)
      fill(&binding)
      return Array(binding.written)
    }
  }
}
