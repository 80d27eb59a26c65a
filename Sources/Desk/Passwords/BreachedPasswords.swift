import Dispatch
import Foundation
import Vault

/// A download of Have I Been Pwned's passwords: SHA-1 hashes, searched on disk and never loaded whole.
///
/// Either one file, `HASH:COUNT` on each line, ordered by hash; or a folder with one file for each of the 1,048,576
/// first five digits, `00000.txt` to `FFFFF.txt`, which hold the other 35. Opened anew for each question, so that a newer
/// download can take its place.
///
/// - SeeAlso: `docs/operate/start.md`.
package struct BreachedPasswords: Sendable {
  private let path: String
  private let isFolder: Bool
  // Reading a disk may take its time; the threads that serve must not wait for it.
  private let queue = DispatchQueue(label: "breached passwords", attributes: .concurrent)

  /// Takes the download at `path` after a look at a few of its places.
  ///
  /// - Throws: ``BreachedPasswordsFault`` for what cannot be read, is in another format or in another order.
  package init(at path: String) throws(BreachedPasswordsFault) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw .missing }
    self.path = path
    self.isFolder = isFolder.boolValue
    if self.isFolder {
      for prefix in ["00000", "5BAA6", "FFFFF"] where try lines(of: prefix).isEmpty { throw .otherFormat }
    } else {
      try SortedHashFile(path).check()
    }
  }

  /// Whether the password is in the download. One on the list with a count of zero is padding and is not.
  ///
  /// - Throws: ``BreachedPasswordsFault`` when it cannot be read any more.
  package func holds(_ password: String) async throws(BreachedPasswordsFault) -> Bool {
    let hash = BreachDigest.sha1(of: password)
    let found: Result<Bool, BreachedPasswordsFault> = await withCheckedContinuation { continuation in
      queue.async {
        continuation.resume(returning: Result { () throws(BreachedPasswordsFault) in try find(hash) })
      }
    }
    return try found.get()
  }

  private func find(_ hash: String) throws(BreachedPasswordsFault) -> Bool {
    guard isFolder else { return try SortedHashFile(path).holds(hash) }
    let rest = hash.dropFirst(5)
    let line = try lines(of: String(hash.prefix(5))).first { $0.prefix(35).uppercased() == rest }
    return line.map { HashLine.isCounted($0.dropFirst(35)) } ?? false
  }

  private func lines(of prefix: String) throws(BreachedPasswordsFault) -> [Substring] {
    for name in ["\(prefix).txt", prefix, "\(prefix.lowercased()).txt", prefix.lowercased()] {
      guard let text = try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) else { continue }
      let lines = text.split(whereSeparator: \.isNewline)
      guard lines.allSatisfy({ HashLine.isHash($0.prefix(35)) && $0.utf8.count >= 35 }) else {
        throw .otherFormat
      }
      return lines
    }
    throw .unreadable
  }
}

/// Why a list of breached passwords cannot be used.
package enum BreachedPasswordsFault: Error, Hashable {
  /// Nothing is there.
  case missing
  case unreadable
  /// Not `SHA1:COUNT`, or a folder without the files of the ranges.
  case otherFormat
  /// Ordered by something else, such as the count.
  case notSorted
}
