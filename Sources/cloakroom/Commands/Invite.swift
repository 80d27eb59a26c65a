import ArgumentParser
import Desk
import Primitives

struct Invite: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Prints a one-time link with which a member of staff sets password and second factor, within 24 hours."
  )

  @Argument(help: "The member of staff, by the id of the business file.")
  var staff: String

  @Option(help: "The business; may be left out when there is one.")
  var business: String?

  @OptionGroup var store: StoreOptions

  func run() async throws {
    guard let staff = Slug(staff) else { throw Complaint("'\(staff)' is not an id.") }
    let link = try await store.withDesk(business) { desk in
      do {
        return try await desk.invite(staff, by: .commandLine)
      } catch let refusal as Refusal where refusal.code == .unknown {
        throw Complaint("Nobody called '\(staff)' works at \(desk.business).")
      }
    }
    print(link)
  }
}
