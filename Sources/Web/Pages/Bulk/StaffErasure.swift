import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/customers/erasure?kept_from=`: how many would go; changes nothing.
  @Sendable static func erasure(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      try await erasurePage(staff, keptFrom: visit.query["kept_from"], said: Said(visit.query))
    }
  }

  /// `POST /staff/{business}/customers/erasure` with `kept_from` and the `count` that was shown.
  @Sendable static func askErasure(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      let typed = form["kept_from"] ?? ""
      guard let day = CivilDay(typed), let count = form["count"].flatMap({ Int($0) }) else {
        return try await erasurePage(staff, keptFrom: typed, said: nil)
      }
      do {
        let asked = try await staff.desk.askErasure(keeping: day, count: count, by: staff.person)
        return seeOther(staff.base + "/customers/erasure?said=" + Said(asked: asked).rawValue)
      } catch let refusal as Refusal where [.stale, .invalid].contains(refusal.code) {
        return try await erasurePage(staff, keptFrom: typed, said: nil, refusal)
      }
    }
  }

  private static func erasurePage(
    _ staff: StaffVisit,
    keptFrom typed: String?,
    said: Said?,
    _ refusal: Refusal? = nil
  ) async throws -> Response {
    let day = typed.flatMap { CivilDay($0) }
    var errors = FormErrors(refusal?.fields ?? [])
    if typed != nil, day == nil { errors.add("kept_from", "Please choose a day.") }
    var preview: ErasurePreview
    do {
      preview = try await staff.desk.previewErasure(keeping: errors.isEmpty ? day : nil, by: staff.person)
    } catch let refusal as Refusal where refusal.code == .invalid {
      errors = FormErrors(refusal.fields)
      preview = try await staff.desk.previewErasure(keeping: nil, by: staff.person)
    }
    let isStale = refusal?.code == .stale
    return try staff.visit.page(
      StaffErasurePage(
        layout: staff.layout("Erase customers", .customers, hasProblem: isStale || !errors.isEmpty),
        customersURL: staff.base + "/customers",
        action: staff.base + "/customers/erasure",
        notice: said?.sentence,
        problem: isStale ? "The number has changed meanwhile. Please look at it again." : nil,
        errors: errors.summary,
        count: PageWords.count(preview.count, "booking"),
        keptFrom: errors.field("kept_from", typed),
        today: "\(staff.today)",
        preview: preview.erasure.map { StaffErasurePage.Preview($0, of: preview.count) },
        waiting: preview.waiting.map { ask in
          WaitingAsk(
            ask.approval,
            "The details of \(PageWords.count(ask.effect.count, "booking")). " + BulkWords.kept(ask.effect),
            staff
          )
        }
      ),
      status: isStale ? .conflict : errors.isEmpty ? .ok : .unprocessableContent
    )
  }
}

extension StaffErasurePage.Preview {
  fileprivate init(_ erasure: CustomerErasure, of all: Int) {
    self.init(
      heading: "The details of \(erasure.count) of \(PageWords.count(all, "booking")) would be erased",
      kept: BulkWords.kept(erasure),
      remains: erasure.count == 0 ? "" : BulkWords.whatRemains,
      erasedCount: String(erasure.count),
      allCount: String(max(1, all)),
      day: "\(erasure.keptFrom)",
      isAny: erasure.count > 0
    )
  }
}
