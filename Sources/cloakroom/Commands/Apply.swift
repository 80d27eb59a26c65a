import ArgumentParser
import Booking
import BusinessFile
import Desk
import Foundation
import Primitives
import Vault

struct Apply: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Creates a business from a file, or changes it to what the file says; twice changes nothing.",
    discussion: """
      The format is described in docs/business-file.md. A mistake is refused and nothing is half applied.

      People who have been invited and roles of the business's own that the file lacks are taken out with --removing \
      alone: they may have been added on the pages since the file was written.
      """
  )

  @Argument(help: "The business file.")
  var file: String

  @Flag(help: "Also take out people and roles that the file lacks.")
  var removing = false

  @OptionGroup var store: StoreOptions

  func run() async throws {
    let read = try Apply.read(file)
    let address = try store.checkedURL()
    let stores = try store.stores()
    let keyFile = store.keyFile(for: stores)
    // A key is made outside the data alone; the demo's, which lies inside, is read as other commands read it.
    if !keyFile.exists { try keyFile.checkOutside(stores) }
    let root = try await keyFile.readOrMake(for: stores)
    try await Apply.apply(read, to: stores, root: root, address: address, removing: removing)
  }

  static func read(_ file: String) throws -> BusinessFile {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Complaint("\(file) cannot be read.")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw Complaint("\(file) is not UTF-8 text.")
    }
    let name = (file as NSString).lastPathComponent
    return try BusinessFileReader.read(text, file: name) { (try? ZoneLibrary.system.zone(named: $0)) != nil }
  }

  static func apply(
    _ read: BusinessFile,
    to stores: any BusinessStores,
    root: RootKey,
    address: String,
    removing: Bool = false
  ) async throws {
    let services = SharedServices()
    let business = read.business.id
    let isNew = try await !stores.holds(business)
    if isNew { try await stores.create(business, root: root, clock: services.clock) }
    do {
      let applied = try await stores.with(business, root: root, address: address, services: services) {
        desk in
        try await desk.apply(
          read.business,
          emails: read.emails,
          mailboxReasons: read.mailboxReasons,
          removing: removing,
          by: .commandLine
        )
      }
      print(
        isNew
          ? "Created \(business)."
          : applied.changed ? "Changed \(business)." : "\(business): nothing to change."
      )
      ApplyNotes(read.business, applied).tell()
    } catch let refused as RemovalRefused {
      throw Complaint(
        "Nothing was changed. These have coming bookings and cannot be removed:\n"
          + refused.reasons.map { "  " + $0 }.joined(separator: "\n")
      )
    } catch let refused as LackRefused {
      throw Complaint(
        "Nothing was changed. The business has what the file lacks:\n"
          + refused.lacking.map { "  " + $0 }.joined(separator: "\n")
          + "\nThey may have been added on the pages since the file was written. 'cloakroom export' writes the newest "
          + "state: put them into the file. Or take them out, sign-ins and all, by applying it with --removing."
      )
    }
  }
}
