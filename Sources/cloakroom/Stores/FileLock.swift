import Foundation

/// A lock on a file that ends with ``release()`` or with the process, however it ends.
struct FileLock {
  private let file: Int32

  /// Waits until nobody else holds it.
  ///
  /// - Throws: a ``Complaint`` when the file cannot be made, and after half a minute.
  init(_ path: String) async throws {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw Complaint("\(path) cannot be written: \(String(cString: strerror(errno))).")
    }
    self.file = file
    for _ in 0..<600 {
      if flock(file, LOCK_EX | LOCK_NB) == 0 { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    close(file)
    throw Complaint("\(path) is held by another process.")
  }

  func release() { close(file) }
}
