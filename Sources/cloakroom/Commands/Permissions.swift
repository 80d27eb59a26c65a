import ArgumentParser
import Booking
import BusinessFile
import Web

struct Permissions: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints who may what: every role, and every address with who comes through.",
    discussion:
      "docs/permissions.md is what it prints. Given a business file, the business's own roles stand beside the built-in ones."
  )

  @Argument(help: "A business file with roles of its own.")
  var file: String?

  @Flag(help: "For programs: each role's answers by verb, by whose it is and when, and every route.")
  var json = false

  func run() throws {
    let table = PermissionTable(own: try file.map { try Apply.read($0).business.roles } ?? [])
    print(json ? try table.json() : table.markdown, terminator: "")
  }
}
