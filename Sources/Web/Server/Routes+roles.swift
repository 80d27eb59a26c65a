import Booking
import HTTPTypes

extension Routes {
  /// Who may do what: roles, giving them, and what needs two people.
  static let roles: [Route] = [
    Route(.get, "/staff/:business/roles", .staff(.manageRoles), .page, StaffPages.roles),
    Route(.post, "/staff/:business/roles", .staff(.manageRoles), .page, StaffPages.makeRole),
    Route(.get, "/staff/:business/roles/new", .staff(.manageRoles), .page, StaffPages.newRole),
    Route(.get, "/staff/:business/roles/:id", .staff(.manageRoles), .page, StaffPages.role),
    Route(.post, "/staff/:business/roles/:id", .staff(.manageRoles), .page, StaffPages.saveRole),
    Route(.post, "/staff/:business/roles/:id/removal", .staff(.manageRoles), .page, StaffPages.removeRole),
    Route(.get, "/staff/:business/people/new", .staff(.manageRoles), .page, StaffPages.newPerson),
    Route(.post, "/staff/:business/people", .staff(.manageRoles), .page, StaffPages.addPerson),
    Route(.post, "/staff/:business/people/:id/role", .staff(.manageRoles), .page, StaffPages.giveRole),
    Route(.get, "/staff/:business/approvals", .staff(.approveAccess), .page, StaffPages.approvals),
    Route(
      .post,
      "/staff/:business/approvals/:id/approval",
      .staff(.approveAccess),
      .page,
      StaffPages.approve
    ),
    Route(
      .post,
      "/staff/:business/approvals/:id/refusal",
      .staff(.approveAccess),
      .page,
      StaffPages.refuseApproval
    ),
    Route(
      .post,
      "/staff/:business/approvals/:id/withdrawal",
      .signedIn,
      .page,
      StaffPages.withdrawApproval
    ),
    Route(.get, "/api/v1/:business/roles", .staff(.manageRoles), .api, RolesAPI.list),
    Route(.post, "/api/v1/:business/roles", .staff(.manageRoles), .api, RolesAPI.make),
    Route(.get, "/api/v1/:business/roles/:id", .staff(.manageRoles), .api, RolesAPI.show),
    Route(.put, "/api/v1/:business/roles/:id", .staff(.manageRoles), .api, RolesAPI.save),
    Route(.delete, "/api/v1/:business/roles/:id", .staff(.manageRoles), .api, RolesAPI.remove),
    Route(.put, "/api/v1/:business/people/:id/role", .staff(.manageRoles), .api, RolesAPI.give),
  ]
}
