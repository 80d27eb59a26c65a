import ArgumentParser
import Foundation
import Primitives

/// The executable: the only place that reads flags, paths and the environment.
@main
struct Cloakroom: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cloakroom",
    abstract: "Takes bookings, and looks after what customers hand in with them.",
    version: "0.1.0",
    subcommands: [
      Serve.self, Demo.self, Apply.self, Export.self, Invite.self, Mail.self, VerifyAudit.self,
      ExportAudit.self, Permissions.self, Move.self, RestoreRootKey.self, BenchData.self,
    ]
  )

  static func main() async {
    // Whatever this program writes is nobody else's to read, whoever calls it and with what habits.
    umask(0o077)
    await main(nil)
  }
}

/// Something the operator has to put right; printed as it is, without a trace.
struct Complaint: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
