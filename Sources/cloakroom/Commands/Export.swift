import ArgumentParser
import BusinessFile
import Desk
import Primitives

struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Writes a business back as a file that can be applied again; comments of the first file are not kept."
  )

  @Argument(help: "The business; may be left out when there is one.")
  var business: String?

  @OptionGroup var store: StoreOptions

  func run() async throws {
    let (exported, emails, reasons) = try await store.withDesk(business) {
      try await $0.exportBusiness(by: .commandLine)
    }
    print(
      BusinessFileWriter.write(BusinessFile(business: exported, emails: emails, mailboxReasons: reasons)),
      terminator: ""
    )
  }
}
