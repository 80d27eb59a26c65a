import Vault

extension RootKeyFile {
  /// The key; a new one with its recovery sheet on the terminal where there is neither a key nor any data.
  ///
  /// - Throws: a ``Complaint`` when there is data that only the missing key opens, and as ``read()``.
  func readOrMake(for stores: any BusinessStores) async throws -> RootKey {
    guard !exists else { return try read() }
    guard try await stores.businesses().isEmpty else {
      throw Complaint("There is data in \(stores.place) but no root key at \(path). Name it with --root-key.")
    }
    let root = RootKey.generate()
    try write(root)
    say("A new root key was written to \(path).")
    say(RootKeyFile.recoverySheet(root))
    return try read()
  }
}
