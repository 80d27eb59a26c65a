/// What one template shows: ready strings and booleans, no logic.
///
/// Encodable, since templates read properties by their coding names (see ``Filling``); decodable, so that the
/// examples in `Tests` are checked against the same names.
package protocol PageModel: Sendable, Codable {
  /// Path under `Templates`, without extension.
  static var template: String { get }
}

/// Every page there is; a test renders each with its empty and its full example.
package enum PageModels {
  package static let all: [any PageModel.Type] = [
    NoticePage.self, ProblemPage.self, SetUpPage.self, TrustPage.self, StaffPasswordPage.self,
    BookServicesPage.self, BookTimesPage.self, BookDetailsPage.self, BookTicketPage.self,
    ManageCodePage.self, ManageBookingPage.self, ManageTimesPage.self, ManageDonePage.self,
    CustomerAskPage.self, CustomerOpenPage.self, CustomerBookingsPage.self,
    StaffSignInPage.self, StaffInvitePage.self,
    StaffProofPage.self, StaffAgainPage.self, StaffAccountPage.self, StaffCodeAppPage.self,
    StaffRecoveryPage.self, StaffDisownPage.self,
    StaffDayPage.self, StaffWeekPage.self, StaffBookingPage.self, StaffNewBookingPage.self,
    StaffMovePage.self, StaffTimeOffPage.self, StaffTimeOffResultPage.self,
    StaffCustomersPage.self, StaffMailPage.self, StaffPeoplePage.self, StaffPersonPage.self,
    StaffLeftPage.self, StaffReviewPage.self, StaffMoneyPage.self, StaffLeavePage.self,
    StaffAccessListPage.self, StaffRecordPage.self,
    StaffRolesPage.self, StaffRolePage.self, StaffNewPersonPage.self, StaffApprovalsPage.self,
    StaffExportPage.self, StaffErasurePage.self, StaffDecoysPage.self,
  ]
}
