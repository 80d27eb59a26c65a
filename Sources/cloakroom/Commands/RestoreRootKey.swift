import ArgumentParser
import Foundation
import Vault

struct RestoreRootKey: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Writes the root key's file again from the recovery sheet; the code is read from standard input."
  )

  @Option(help: "Where to write it.")
  var rootKey: String?

  func run() throws {
    let file = RootKeyFile(named: rootKey)
    guard !file.exists else {
      throw Complaint("There is a root key at \(file.path) already; it is left alone.")
    }
    print("Type the code of the recovery sheet, then Enter:")
    guard let line = readLine(), let key = try? RootKey(recoveryCode: line) else {
      throw Complaint(
        "That is not a recovery code. Its last group checks the others: look for a mistyped letter."
      )
    }
    try file.write(key)
    print("The root key was written to \(file.path).")
  }
}
