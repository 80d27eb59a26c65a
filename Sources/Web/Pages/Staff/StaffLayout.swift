import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

/// The pages a signed-in person can turn to, in the order of the tabs.
enum StaffTab: String, CaseIterable, Sendable {
  case day = "Day"
  case week = "Week"
  case newBooking = "New booking"
  case timeOff = "Time off"
  case customers = "Customers"
  case money = "Money"
  case people = "People"
  case roles = "Roles"
  case mail = "Mail"
  case record = "Record"
  case leave = "More access"

  var path: String {
    switch self {
    case .day: "day"
    case .week: "week"
    case .newBooking: "bookings/new"
    case .timeOff: "time-off"
    case .customers: "customers"
    case .money: "money"
    case .people: "people"
    case .roles: "roles"
    case .mail: "mail"
    case .record: "record"
    case .leave: "leave"
    }
  }

  /// What one must be allowed to do for the page to be of any use; nil where everybody may.
  private var verb: Verb? {
    switch self {
    case .day, .week: .viewDay
    case .newBooking: .makeBooking
    case .timeOff: .blockTimeOff
    case .customers: .searchCustomers
    case .money: .viewMoney
    case .people: .viewPeople
    case .roles: .manageRoles
    case .mail: .viewMail
    case .record: .viewAudit
    case .leave: nil
    }
  }

  /// A tab is there for whoever may do it at all; the act asks again.
  func isFor(_ staff: StaffVisit) -> Bool {
    guard let verb else { return true }
    return staff.visit.side.serves(verb) && staff.mayAny(verb)
  }
}

extension StaffVisit {
  /// Where they begin: the first page that is of any use to them, else their own sign-in.
  var homeURL: String { base + "/" + (StaffTab.allCases.first { $0.isFor(self) }?.path ?? "account") }

  /// What surrounds a page of theirs.
  ///
  /// - Parameters:
  ///   - hasProblem: whether the page shows errors, which its title then says first.
  ///   - locks: whether the lock screen may cover it; not where the page itself asks who is there.
  func layout(
    _ title: String,
    _ tab: StaffTab? = nil,
    hasProblem: Bool = false,
    isAccount: Bool = false,
    locks: Bool = true
  ) -> Layout {
    Layout(
      lang: PageLanguage.of(business.locale),
      title: (hasProblem ? "Problem: " : "") + title + " · " + business.name,
      businessName: business.name,
      homeURL: homeURL,
      contact: nil,
      assets: visit.web.look.assets,
      staff: Layout.StaffBar(
        name: person.name,
        role: roleName,
        accountURL: base + "/account",
        isAccount: isAccount,
        signOutURL: base + "/sign-out",
        lock: locks ? lock : nil,
        links: StaffTab.allCases.filter { $0.isFor(self) }.map {
          Layout.Link(label: $0.rawValue, url: base + "/" + $0.path, isCurrent: $0 == tab)
        },
        extra: extra
      ),
      csrf: csrf
    )
  }

  /// "owner"; a role of the business's own as they named it.
  private var roleName: String {
    let role = person.holder.role
    return Role.builtIn.contains(role.id) ? role.name.lowercased() : role.name
  }

  private var lock: Layout.Lock {
    let isPage = visit.request.method == .get
    return Layout.Lock(
      url: base + "/lock",
      standing: base + "/sessions/\(person.session)/standing",
      ended: base + "/sign-in",
      after: String(SessionRule.longestIdle(person.holder.role)),
      here: isPage ? OwnPath(visit.request.uri.string, of: desk.business)?.text : nil,
      proof: proof(.unlocking),
      carried: []
    )
  }

  /// Answers a refusal that no form of the page can show.
  func refused(_ refusal: Refusal) throws -> Response {
    let heading = RefusalWords.heading(of: refusal.code.status)
    return try visit.page(
      ProblemPage(
        layout: layout(heading),
        heading: heading,
        paragraphs: [refusal.code.sentence] + refusal.fields.map(RefusalWords.sentence(of:)),
        reference: nil,
        links: [LinkOption(label: seesDays ? "To the day" : "To your pages", url: homeURL, isChosen: true)]
          + ([.notAllowed, .outsideHours].contains(refusal.code)
            ? [LinkOption(label: "Ask for more access", url: base + "/leave", isChosen: false)] : [])
      ),
      status: refusal.code.status
    )
  }
}
