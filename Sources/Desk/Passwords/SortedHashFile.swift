import Glibc

/// A file of `HASH:COUNT` lines in the order of their hashes, 40 hexadecimal digits each; searched by bisection.
struct SortedHashFile {
  /// Longer than any line: 40 digits, a colon, a count, CR and LF.
  private static let longestLine = 80

  private let path: String

  init(_ path: String) { self.path = path }

  /// Looks at lines over the whole file: their format and their order.
  func check() throws(BreachedPasswordsFault) {
    try withFile { file, size throws(BreachedPasswordsFault) in
      guard size > 0 else { throw .otherFormat }
      var previous = ""
      for place in 0...64 {
        guard let line = try line(from: (size - 1) / 64 * place, in: file, size) else { continue }
        guard line.hash >= previous else { throw .notSorted }
        previous = line.hash
      }
      guard !previous.isEmpty else { throw .otherFormat }
    }
  }

  /// - Parameter hash: in upper case.
  func holds(_ hash: String) throws(BreachedPasswordsFault) -> Bool {
    try withFile { file, size throws(BreachedPasswordsFault) in
      // Whatever begins before `low` is smaller; what begins at or after `high` is not.
      var (low, high) = (0, size)
      while low < high {
        let middle = low + (high - low) / 2
        guard let line = try line(from: middle, in: file, size), line.start < high else {
          high = middle
          continue
        }
        if line.hash == hash { return line.isCounted }
        if line.hash < hash { low = line.end } else { high = middle }
      }
      return false
    }
  }

  /// The first line that begins at or after `offset`; nil behind the last.
  private func line(from offset: Int, in file: Int32, _ size: Int) throws(BreachedPasswordsFault) -> HashLine?
  {
    // One byte earlier, to see whether a line begins at the offset itself.
    let start = max(0, offset - 1)
    let bytes = try read(file, at: start, count: min(2 * SortedHashFile.longestLine, size - start))
    var first = 0
    if offset > 0 {
      guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
        guard start + bytes.count == size, bytes.count <= SortedHashFile.longestLine else {
          throw .otherFormat
        }
        return nil
      }
      first = end + 1
    }
    guard first < bytes.count else { return nil }
    let rest = bytes[first...]
    let end = rest.firstIndex(of: UInt8(ascii: "\n"))
    guard end != nil || start + bytes.count == size else { throw .otherFormat }
    let text = String(decoding: rest[..<(end ?? rest.endIndex)], as: UTF8.self)
    let next = start + (end.map { $0 + 1 } ?? bytes.count)
    guard let line = HashLine(text, start: start + first, end: next) else { throw .otherFormat }
    return line
  }

  private func read(_ file: Int32, at offset: Int, count: Int) throws(BreachedPasswordsFault) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        pread(file, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { throw .unreadable }
      filled += got
    }
    return bytes
  }

  private func withFile<Answer>(
    _ body: (_ file: Int32, _ size: Int) throws(BreachedPasswordsFault) -> Answer
  ) throws(BreachedPasswordsFault) -> Answer {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable }
    defer { close(file) }
    let size = lseek(file, 0, SEEK_END)
    guard size >= 0 else { throw .unreadable }
    return try body(file, Int(size))
  }
}

/// One line: a hash, perhaps how often it was seen.
struct HashLine {
  /// 40 digits in upper case.
  let hash: String
  let isCounted: Bool
  /// Where it begins in its file, and where the next one does.
  let start: Int
  let end: Int

  /// Refuses (nil) what does not begin with 40 hexadecimal digits and goes on with other things than a count.
  init?(_ text: String, start: Int, end: Int) {
    let hash = text.prefix(40)
    let count = text.dropFirst(40)
    guard hash.utf8.count == 40, HashLine.isHash(hash), HashLine.isCount(count) else { return nil }
    self.hash = hash.uppercased()
    isCounted = HashLine.isCounted(count)
    self.start = start
    self.end = end
  }

  static func isHash(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }

  /// A count of zero is padding, which some downloads have.
  static func isCounted(_ count: Substring) -> Bool {
    let digits = count.filter(\.isNumber)
    return digits.isEmpty || digits.contains { $0 != "0" }
  }

  private static func isCount(_ text: Substring) -> Bool {
    let text = text.last == "\r" ? text.dropLast() : text
    return text.isEmpty || (text.first == ":" && text.dropFirst().allSatisfy { $0.isASCII && $0.isNumber })
  }
}
