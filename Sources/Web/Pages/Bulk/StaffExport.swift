import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/customers/export`
  @Sendable static func exports(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in try await exportPage(staff, said: Said(visit.query)) }
  }

  /// `POST /staff/{business}/customers/export` with `purpose` and `details`.
  @Sendable static func askExport(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      guard let purpose = form["purpose"].flatMap(CustomerExport.Purpose.init(rawValue:)) else {
        var errors = FormErrors([])
        errors.add("purpose", "Please choose one of these.")
        return try await exportPage(staff, errors: errors, details: form["details"] != nil)
      }
      let asked = try await staff.desk.askExport(
        for: purpose,
        details: form["details"] != nil,
        by: staff.person
      )
      return seeOther(staff.base + "/customers/export?said=" + Said(asked: asked).rawValue)
    }
  }

  /// `POST /staff/{business}/customers/export/{id}`: the file.
  @Sendable static func takeExport(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      do {
        let reader = try await staff.desk.exportCustomers(try visit.identifier(), by: staff.person)
        return CustomerTable(reader, staff.timetable, on: staff.today).response()
      } catch let refusal as Refusal where refusal.code == .approvalEnded {
        return try await exportPage(staff, refusal)
      }
    }
  }

  private static func exportPage(
    _ staff: StaffVisit,
    said: Said? = nil,
    _ refusal: Refusal? = nil,
    errors: FormErrors = FormErrors([]),
    details: Bool = false
  ) async throws -> Response {
    let shelf = try await staff.desk.openExports(by: staff.person)
    let action = staff.base + "/customers/export"
    return try staff.visit.page(
      StaffExportPage(
        layout: staff.layout(
          "All customers in one file",
          .customers,
          hasProblem: refusal != nil || !errors.isEmpty
        ),
        customersURL: staff.base + "/customers",
        // What is ready answers what was asked.
        notice: shelf.given.contains { $0.until != nil } && said != .approvalWithdrawn ? nil : said?.sentence,
        problem: refusal.map { _ in
          "This file cannot be taken any more: its hour is over, or it was stopped. Please ask for it anew."
        },
        errors: errors.summary,
        count: PageWords.count(shelf.count, "booking"),
        ask: shelf.count == 0
          ? nil
          : StaffExportPage.Ask(
            action: action,
            purposes: CustomerExport.Purpose.allCases.map {
              Option(value: $0.rawValue, label: BulkWords.purpose($0), isChosen: false)
            },
            purposeError: errors["purpose"],
            hasDetails: details
          ),
        waiting: shelf.waiting.map { ask in
          WaitingAsk(ask.approval, BulkWords.content(ask.effect) + ".", staff)
        },
        ready: shelf.given.compactMap { given in
          given.until.map {
            StaffExportPage.Ready(
              what: BulkWords.content(given.export),
              until: "until \(PageWords.moment($0, in: staff.home))",
              takeURL: action + "/\(given.approval.id)",
              stopURL: staff.base + "/approvals/\(given.approval.id)/withdrawal"
            )
          }
        },
        given: shelf.given.map { StaffExportPage.Given($0, staff) },
        hasGiven: !shelf.given.isEmpty
      ),
      status: refusal?.code.status ?? (errors.isEmpty ? .ok : .unprocessableContent)
    )
  }
}

extension StaffExportPage.Given {
  fileprivate init(_ given: ExportShelf.Given, _ staff: StaffVisit) {
    let asker = staff.name(of: given.approval.askedBy)
    self.init(
      at: PageWords.moment(given.givenAt, in: staff.home),
      what: BulkWords.content(given.export) + ". " + BulkWords.purpose(given.export.purpose) + ".",
      who: given.givenBy.map { "For \(asker), agreed to by \(staff.name(of: $0))" }
        ?? "For \(asker), after a day, since nobody else could agree",
      mark: given.mark
    )
  }
}

extension WaitingAsk {
  init(_ approval: Approval, _ what: String, _ staff: StaffVisit) {
    self.init(
      what: what,
      until: staff.waits(approval),
      withdrawURL: staff.base + "/approvals/\(approval.id)/withdrawal"
    )
  }
}

extension StaffVisit {
  /// Until when something waits, or when it is done by itself.
  func waits(_ approval: Approval) -> String {
    approval.isAlone
      ? "Nobody else can agree, so it waits for a day and is done by itself on \(PageWords.moment(approval.opensAt, in: home)), unless it is withdrawn."
      : "It lapses on \(PageWords.moment(approval.expiresAt, in: home)) if nobody agrees."
  }
}
