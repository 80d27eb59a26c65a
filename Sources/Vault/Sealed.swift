/// A sealed value: ciphertext with its header, safe to store and to copy, unreadable without its key and its
/// place.
///
/// Prints as `Sealed(28 bytes)` everywhere, so that a log line never holds even the ciphertext.
package struct Sealed: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }
}

extension Sealed: Unprintable {
  package var description: String { "Sealed(\(bytes.count) bytes)" }
}
