import CSodium

/// The one place where libsodium is prepared, and asked for randomness.
enum Sodium {
  /// Chooses libsodium's code for this processor; safe to repeat, done once.
  static let ready: Bool = sodium_init() >= 0

  /// Fills the buffer from the system's generator (getrandom(2)).
  static func fill(_ buffer: UnsafeMutableRawBufferPointer) {
    precondition(ready, "libsodium did not start")
    guard let start = buffer.baseAddress else { return }
    randombytes_buf(start, buffer.count)
  }

  static func randomBytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      fill(UnsafeMutableRawBufferPointer(buffer))
      filled = count
    }
  }
}
