import Foundation

extension Blocklist {
  /// The one that comes with the program; read once.
  ///
  /// - Throws: ``BlocklistFault`` when it is missing beside the program or damaged: nothing may run without it.
  package static func shipped() throws(BlocklistFault) -> Blocklist { try read.get() }

  private static let read = Result { () throws(BlocklistFault) in
    guard
      let file = Bundle.module.url(
        forResource: "passwords",
        withExtension: "blocklist",
        subdirectory: "Blocklist"
      ),
      let data = try? Data(contentsOf: file)
    else { throw .missing }
    return try Blocklist(bytes: [UInt8](data))
  }
}
