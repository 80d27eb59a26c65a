import ArgumentParser
import Foundation
import Primitives

struct Move: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Moves businesses from one store to another, such as from SQLite to PostgreSQL or back.",
    discussion: """
      The source is held against writers meanwhile: what customers do waits, or is told to try again. Before the move \
      says that it is done, it has counted the rows, opened a sample of what is sealed and checked the whole audit \
      record at the target. Interrupted, it leaves the source as it was and can be run again. \
      docs/operate/postgres.md has the whole of it.
      """
  )

  @Option(help: "Where the businesses are: sqlite:FOLDER or postgres://user@host/database.")
  var from: String

  @Option(help: "Where they go, likewise.")
  var to: String

  @Option(help: "The PostgreSQL database of the keys they have, as --keys-store of 'serve'.")
  var fromKeys: String?

  @Option(help: "The PostgreSQL database of the keys they get.")
  var toKeys: String?

  @Option(help: "The business; all, one after the other, when left out.")
  var business: String?

  @Option(help: "The file of the root key; it stays the same.")
  var rootKey: String?

  @Flag(help: "Moves again what was moved away before: the copy made then is lost.")
  var again = false

  func run() async throws {
    let source = try StoreAddress(from).businesses(keys: fromKeys)
    let target = try StoreAddress(to).businesses(keys: toKeys)
    guard source.place != target.place else { throw Complaint("--from and --to name the same place.") }
    let keyFile = RootKeyFile(named: rootKey, for: source)
    try keyFile.checkOutside(target)
    let root = try keyFile.read()
    for business in try await businesses(source) {
      say("\(business): moving from \(source.place) to \(target.place).")
      let move = BusinessMove(business: business, source: source, target: target, root: root, again: again)
      let (check, remains) = try await move.run()
      if let check { say(check.summary) }
      say("\(business): done. \(remains)")
    }
    say(next)
  }

  private func businesses(_ source: any BusinessStores) async throws -> [Slug] {
    if let business { return [try await source.business(named: business)] }
    let all = try await source.businesses()
    guard !all.isEmpty else { throw Complaint("There is no business in \(source.place).") }
    return all
  }

  private var next: String {
    """
    Next:
      1. Stop every server of the old place. Start them again with --store as you gave --to here\
    \(toKeys == nil ? "" : ", and --keys-store as you gave --to-keys").
      2. Look at a day and find a customer there.
      3. Take a new backup, then destroy the old place as its backups are destroyed.
    Never serve both: what was moved away takes no more bookings, and must not be made to.
    """
  }
}
