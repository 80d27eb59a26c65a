import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/roles`
  @Sendable static func roles(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      let roles = try await staff.desk.listRoles(by: staff.person)
      func rows(_ areBuiltIn: Bool) -> [StaffRolesPage.Role] {
        roles.filter { Role.builtIn.contains($0.role.id) == areBuiltIn }.map { role, holders in
          StaffRolesPage.Role(
            name: role.name,
            url: staff.base + "/roles/" + role.id.rawValue,
            people: RolePages.people(holders) ?? "Nobody"
          )
        }
      }
      return try visit.page(
        StaffRolesPage(
          layout: staff.layout("Roles", .roles),
          notice: Said(visit.query)?.sentence,
          own: rows(false),
          builtIn: rows(true),
          newURL: staff.base + "/roles/new",
          copies: roles.filter { RoleSheet($0.role) != nil }.map { role, _ in
            Option(value: role.id.rawValue, label: role.name, isChosen: role.id == .receptionist)
          },
          approvals: try await staff.waiting()
        )
      )
    }
  }

  /// `GET /staff/{business}/roles/new?like=`: the questions, answered as in another role.
  @Sendable static func newRole(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      _ = try await staff.desk.listRoles(by: staff.person)
      let pages = RolePages(staff, like: visit.query.filled("like"))
      guard let sheet = pages.sheet(named: "") else { throw Refusal(.unknown) }
      return try await pages.form(sheet, FormErrors([]))
    }
  }

  /// `POST /staff/{business}/roles`
  @Sendable static func makeRole(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      try await RolePages(staff, like: form.filled("like")).save(form)
    }
  }

  /// `GET /staff/{business}/roles/{id}`
  @Sendable static func role(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      _ = try await staff.desk.listRoles(by: staff.person)
      let pages = try RolePages(staff, named: visit.parameter("id"))
      guard let sheet = pages.editable else { return try await pages.fixed() }
      return try await pages.form(sheet, FormErrors([]))
    }
  }

  /// `POST /staff/{business}/roles/{id}`
  @Sendable static func saveRole(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in try await RolePages(staff, named: visit.parameter("id")).save(form)
    }
  }

  /// `POST /staff/{business}/roles/{id}/removal`
  @Sendable static func removeRole(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      let pages = try RolePages(staff, named: visit.parameter("id"))
      guard let role = pages.role else { throw Refusal(.unknown) }
      try await staff.desk.removeRole(role.id, version: form["version"].flatMap { Int($0) }, by: staff.person)
      return seeOther(staff.base + "/roles?said=" + Said.roleRemoved.rawValue)
    }
  }
}

extension StaffVisit {
  /// How much waits for a second person; nil when nothing does, or when it is none of the reader's business.
  func waiting() async throws -> StaffRolesPage.Waiting? {
    guard mayAny(.approveAccess) || mayAny(.manageRoles) else { return nil }
    let count = try await desk.listApprovals(by: person).count
    guard count > 0 else { return nil }
    return StaffRolesPage.Waiting(
      text: PageWords.count(count, "change") + (count == 1 ? " waits" : " wait") + " for a second person",
      url: base + "/approvals"
    )
  }
}
