import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/approvals`
  @Sendable static func approvals(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in try await approvalsPage(staff, said: Said(visit.query)) }
  }

  /// `POST /staff/{business}/approvals/{id}/approval`
  @Sendable static func approve(_ visit: Visit) async throws -> Response {
    try await decide(visit) {
      try await $0.desk.approve($1, by: $0.person)
      return ("/approvals", .approvalDone)
    }
  }

  /// `POST /staff/{business}/approvals/{id}/refusal`
  @Sendable static func refuseApproval(_ visit: Visit) async throws -> Response {
    try await decide(visit) {
      let wasGiven = try await $0.desk.refuseApproval($1, by: $0.person)
      return ("/approvals", wasGiven ? .fileStopped : .approvalRefused)
    }
  }

  /// `POST /staff/{business}/approvals/{id}/withdrawal`
  @Sendable static func withdrawApproval(_ visit: Visit) async throws -> Response {
    try await decide(visit) {
      let (kind, wasGiven) = try await $0.desk.withdrawApproval($1, by: $0.person)
      return (kind.page, wasGiven ? .fileStopped : .approvalWithdrawn)
    }
  }

  private static func decide(
    _ visit: Visit,
    _ body: (StaffVisit, Identifier) async throws -> (page: String, said: Said)
  ) async throws -> Response {
    try await act(visit) { staff, _ in
      do {
        let (page, said) = try await body(staff, try visit.identifier())
        return seeOther(staff.base + page + "?said=" + said.rawValue)
      } catch let refusal as Refusal where [.stale, .approvalEnded].contains(refusal.code) {
        return try await approvalsPage(staff, said: nil, refusal)
      }
    }
  }

  private static func approvalsPage(_ staff: StaffVisit, said: Said?, _ refusal: Refusal? = nil) async throws
    -> Response
  {
    let waiting = try await staff.desk.listApprovals(by: staff.person)
    let files = try await staff.desk.takenFiles(by: staff.person)
    let isStale = refusal?.code == .stale
    return try staff.visit.page(
      StaffApprovalsPage(
        layout: staff.layout("Waiting for a second person", .roles, hasProblem: refusal != nil),
        notice: said?.sentence,
        problem: isStale
          ? "Something has changed since this was asked for, so that it would come out differently. It has to be asked for anew."
          : refusal?.code.sentence,
        waiting: waiting.map { StaffApprovalsPage.Waiting($0, staff) },
        files: files.map { StaffApprovalsPage.File($0, staff) }
      ),
      status: refusal?.code.status ?? .ok
    )
  }
}

extension StaffApprovalsPage.File {
  fileprivate init(_ file: TakenFile, _ staff: StaffVisit) {
    let approval = file.approval
    let asker = file.isOwn ? "You" : staff.name(of: approval.askedBy)
    self.init(
      id: approval.id.description,
      heading: "\(asker) can take a file of all customers",
      what: BulkWords.content(file.export)
        + ". Until \(PageWords.moment(approval.expiresAt, in: staff.home)).",
      stopURL: staff.base + "/approvals/\(approval.id)/" + (file.isOwn ? "withdrawal" : "refusal")
    )
  }
}

extension StaffApprovalsPage.Waiting {
  fileprivate init(_ waiting: WaitingApproval, _ staff: StaffVisit) {
    let approval = waiting.approval
    let url = staff.base + "/approvals/\(approval.id)"
    let words = ApprovalWords(waiting.effect, by: staff.name(of: approval.askedBy), staff.business)
    self.init(
      id: approval.id.description,
      heading: words.heading,
      asked: "\(staff.name(of: approval.askedBy)) asked for it on "
        + PageWords.moment(approval.askedAt, in: staff.home) + ".",
      effects: words.effects,
      showsRole: words.role != nil,
      groups: words.role.map(RolePages.groups) ?? [],
      until: staff.waits(approval),
      hindrance: waiting.isTooNew
        ? "Your sign-in was set up by an invitation within the last day. Until that day is over somebody else has to agree."
        : nil,
      yesURL: waiting.mayDecide ? url + "/approval" : nil,
      noURL: waiting.mayDecide ? url + "/refusal" : nil,
      withdrawURL: waiting.isOwn ? url + "/withdrawal" : nil
    )
  }
}
