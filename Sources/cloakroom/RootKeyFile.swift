import Foundation
import Primitives
import Vault

/// Where the root key lies: a systemd credential, or a file of mode 0600 outside the data folder. Never a variable of the
/// environment, which children and crash reports inherit.
struct RootKeyFile {
  let path: String

  /// The file named, else the systemd credential `cloakroom-root-key`, else the usual place of this user.
  init(named path: String?) {
    if let path {
      self.path = path
    } else if let credentials = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"],
      FileManager.default.fileExists(atPath: credentials + "/cloakroom-root-key")
    {
      self.path = credentials + "/cloakroom-root-key"
    } else if geteuid() == 0 {
      self.path = "/etc/cloakroom/root.key"
    } else {
      self.path = NSHomeDirectory() + "/.config/cloakroom/root.key"
    }
  }

  /// The file named; else the demo's own, where the store is a demo's folder; else as ``init(named:)``.
  init(named path: String?, for stores: any BusinessStores) {
    if path == nil, let folder = stores.folder, RootKeyFile(named: folder + "/root.key").exists {
      self.init(named: folder + "/root.key")
    } else {
      self.init(named: path)
    }
  }

  private var isCredential: Bool {
    guard let folder = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"] else { return false }
    return path == folder + "/cloakroom-root-key"
  }

  var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// - Throws: a ``Complaint`` when the file is missing, damaged, or readable by others.
  func read() throws -> RootKey {
    guard exists else {
      throw Complaint(
        "There is no root key at \(path). Name it with --root-key, or make one with 'cloakroom apply'."
      )
    }
    var status = stat()
    guard stat(path, &status) == 0, let bytes = FileManager.default.contents(atPath: path) else {
      throw Complaint("The root key at \(path) cannot be read: \(String(cString: strerror(errno))).")
    }
    // systemd may give the service's own group a right to read its credentials.
    let others: mode_t = isCredential ? 0o007 : 0o077
    guard status.st_mode & others == 0 else {
      throw Complaint("Others can read the root key at \(path). Put it right with: chmod 600 \(path)")
    }
    let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    do {
      return try RootKey(recoveryCode: text)
    } catch {
      throw Complaint("The root key at \(path) is damaged. Restore it with 'cloakroom restore-root-key'.")
    }
  }

  /// Writes a key to a new file, durable before it returns.
  func write(_ key: RootKey) throws {
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty {
      try FileManager.default.createDirectory(
        atPath: folder,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
    }
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard file >= 0 else {
      throw Complaint("The root key cannot be written to \(path): \(String(cString: strerror(errno))).")
    }
    defer { close(file) }
    let bytes = Array((key.recoveryCode + "\n").utf8)
    guard Foundation.write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
      throw Complaint("The root key cannot be written to \(path).")
    }
  }

  /// - Throws: a ``Complaint`` when the key lies where its backups would lie beside the data's.
  func checkOutside(_ stores: any BusinessStores) throws {
    guard let data = stores.folder else { return }
    let key = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    let folder = URL(fileURLWithPath: data).standardizedFileURL.resolvingSymlinksInPath().path
    guard !key.hasPrefix(folder + "/") else {
      throw Complaint(
        "The root key must lie outside the data folder, so that a copy of the data does not hold its key."
      )
    }
  }

  /// What the operator prints and locks away; shown once.
  static func recoverySheet(_ key: RootKey) -> String {
    """
    ────────────────────────────────────────────────────────────────────────
    RECOVERY SHEET. This is shown once. Print it, check it, lock it away.

      \(key.recoveryCode)

    Without the root key nobody can read what customers handed in: not you,
    not us. If its file is ever lost, type this code into:
      cloakroom restore-root-key
    Whoever has this sheet and a copy of your data can read all of it.
    ────────────────────────────────────────────────────────────────────────
    """
  }
}
