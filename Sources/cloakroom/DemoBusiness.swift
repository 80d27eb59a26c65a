import Booking
import BusinessFile
import Desk
import Foundation
import People
import Primitives
import Vault

/// Fills the demo's folder: the business file, everybody's sign-in, and a few days of bookings by invented people.
struct DemoBusiness {
  let stores: any BusinessStores
  /// Where the sheet with everybody's sign-in lies.
  let folder: String
  let root: RootKey
  let address: String

  /// Makes what is missing; an existing demo keeps its people and bookings.
  func prepare() async throws -> DemoSheet {
    let path = folder + "/demo.json"
    if let business = try await stores.businesses().first, let known = DemoSheet.read(path),
      !known.people.isEmpty
    {
      let sheet = DemoSheet(address: address, business: business, people: known.people)
      try sheet.write(to: path)
      return sheet
    }
    let services = SharedServices()
    let business = try await create(services)
    let people = try await stores.with(business, root: root, address: address, services: services) { desk in
      let (exported, emails, _) = try await desk.exportBusiness(by: .commandLine)
      var people: [DemoSheet.Person] = []
      for member in exported.staff {
        people.append(try await signIn(for: member, email: emails[member.id] ?? "", desk, services.clock))
      }
      return people
    }
    let sheet = DemoSheet(address: address, business: business, people: people)
    try sheet.write(to: path)
    return sheet
  }

  /// The business of the folder, made from the demo's file when there is none.
  private func create(_ services: SharedServices) async throws -> Slug {
    if let existing = try await stores.businesses().first { return existing }
    guard let file = Bundle.module.url(forResource: "business", withExtension: "yaml", subdirectory: "Demo")
    else {
      throw Complaint("The demo's business file is missing beside the program.")
    }
    let read = try Apply.read(file.path)
    try await Apply.apply(read, to: stores, root: root, address: address)
    try await stores.with(read.business.id, root: root, address: address, services: services) { desk in
      try await DemoBookings(desk: desk, clock: services.clock).make()
    }
    return read.business.id
  }

  /// Through the same door as everybody: an invite, taken up.
  private func signIn(
    for member: StaffMember,
    email: String,
    _ desk: Desk,
    _ clock: any TimeSource
  ) async throws -> DemoSheet.Person {
    let link = try await desk.invite(member.id, by: .commandLine)
    let code = String(link.split(separator: "#").last ?? "")
    let invite = try await desk.openInvite(code)
    let password = Token().text.prefix(20)
    guard let totp = TOTP(base32: invite.totpSecret) else { throw Complaint("The demo's invite is damaged.") }
    // The step before now, so that whoever signs in at once with the present code finds it unspent.
    let earlier = clock.now() - TOTP.period
    let taken = try await desk.takeInvite(
      code,
      .password(String(password), code: totp.code(at: earlier)),
      from: Client(network: "", deviceToken: nil, kind: BrowserKind(userAgent: nil))
    )
    // Nobody sits at the browser that this would be; its session ends with it.
    try await desk.forgetDevice(taken.person.device, of: member.id, by: taken.person)
    return DemoSheet.Person(
      role: member.role.rawValue,
      email: email,
      password: String(password),
      totpSecret: invite.totpSecret
    )
  }
}
