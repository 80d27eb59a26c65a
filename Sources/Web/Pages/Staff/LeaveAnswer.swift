import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

/// What the page about more access is filled with.
struct LeaveAnswer: Sendable {
  let staff: StaffVisit
  var notice: String?
  var problem: String?
  var errors = FormErrors([])
  /// What was typed into a form that is shown again, and of which leave, where it was the form of one.
  var typed: Form?
  var about: String?

  init(_ staff: StaffVisit, notice: String?) {
    self.staff = staff
    self.notice = notice
  }

  /// What is wrong with a form: beside its field, or on top where it has none.
  mutating func take(_ problems: [FieldProblem], _ form: Form, of leave: String?) {
    typed = form
    about = leave
    for found in problems {
      switch (found.path, leave) {
      case ("note", .some(let leave)): errors.add("note-" + leave, LeaveWords.wrong(found))
      case (_, .some): problem = LeaveWords.wrong(found)
      case (_, nil): errors.add(found.path, LeaveWords.wrong(found))
      }
    }
  }

  private var url: String { staff.base + "/leave" }
  private var now: Instant { staff.desk.now }

  func page(status: HTTPResponse.Status = .ok) async throws -> Response {
    let own = try await staff.desk.ownLeaves(by: staff.person)
    let pending =
      staff.desk.answersLeave(staff.person) && staff.visit.side.serves(.approveAccess)
      ? try await staff.desk.pendingLeaves(by: staff.person) : nil
    let isWaiting = own.contains { $0.standing == .waiting }
    let hasApprover = try await staff.desk.hasApprover(for: staff.person)
    let wishes = self.wishes
    let reason: String? =
      if staff.person.holder.isOver(now: now) {
        RefusalCode.roleEnded.sentence
      } else if staff.person.role == .newcomer {
        "You have no role here yet. An owner gives you one, under People; it counts at once."
      } else if wishes.isEmpty {
        nil
      } else if isWaiting {
        "Your question is waiting for an answer. You can ask for something else once it is answered or taken back."
      } else {
        hasApprover ? nil : "There is nobody else here who could say yes."
      }
    return try staff.visit.page(
      StaffLeavePage(
        layout: staff.layout("More access", .leave, hasProblem: !errors.isEmpty || problem != nil),
        notice: notice,
        problem: problem,
        errors: errors.summary,
        desk: pending.map(desk),
        own: own.map(shown),
        showsOwn: !own.isEmpty || !wishes.isEmpty,
        ask: reason == nil && !wishes.isEmpty ? ask(wishes) : nil,
        cannotAsk: reason,
        emergency: staff.mayAny(.breakGlass) ? emergency : nil
      ),
      status: status
    )
  }

  /// What their role does not let them do anyway.
  private var wishes: [LeaveWish] {
    let role = staff.person.holder.withoutLeave
    return LeaveWish.allCases.filter { wish in
      !wish.verbs.allSatisfy {
        role.extent($0, level: $0.showsFields ? wish.level : .p0, now: now).isEverything
      }
    }
  }

  private func ask(_ wishes: [LeaveWish]) -> StaffLeavePage.Ask {
    let form = about == nil ? typed : nil
    return StaffLeavePage.Ask(
      action: url,
      wishes: wishes.map {
        Option(value: $0.rawValue, label: LeaveWords.wish($0), isChosen: form?["wish"] == $0.rawValue)
      },
      wishError: errors["wish"],
      lengths: lengths(upTo: LeaveRule.longest, chosen: form?["minutes"].flatMap { Int($0) } ?? 60),
      minutesError: errors["minutes"],
      reason: field("reason", form)
    )
  }

  private var emergency: StaffLeavePage.Emergency {
    StaffLeavePage.Emergency(
      action: url + "/emergency",
      reason: field("emergency-reason", typed),
      isUnfolded: errors["emergency-reason"] != nil
    )
  }

  private func field(_ name: String, _ form: Form?) -> Field { errors.field(name, form?[name]) }

  private func lengths(upTo most: Int, chosen: Int) -> [Option] {
    LeaveRule.lengths.filter { $0 <= most }.map {
      Option(value: String($0), label: PageWords.notice($0), isChosen: $0 == chosen)
    }
  }

  private func shown(_ leave: ShownLeave) -> StaffLeavePage.Own {
    let isOpen = if case .open = leave.standing { true } else { false }
    let facts = [
      "Asked \(LeaveWords.time(leave.askedAt, staff.home, now: now)), for \(PageWords.notice(leave.minutes))",
      LeaveWords.review(leave),
    ]
    return StaffLeavePage.Own(
      what: LeaveWords.what(leave),
      state: LeaveWords.state(leave, staff.home, now: now),
      isOpen: isOpen,
      facts: facts.compactMap { $0 }.joined(separator: ". ") + ".",
      endURL: isOpen || leave.standing == .waiting ? url + "/\(leave.id)/end" : nil,
      endLabel: isOpen ? "Give it back" : "Take it back"
    )
  }

  private func desk(_ pending: [ShownLeave]) -> StaffLeavePage.Desk {
    let questions = pending.filter { $0.standing == .waiting }.map(question)
    let open = pending.compactMap(open)
    let reviews = pending.filter(\.needsReview).compactMap(review)
    return StaffLeavePage.Desk(
      isEmpty: questions.isEmpty && reviews.isEmpty,
      hasOpen: !open.isEmpty,
      questions: questions,
      open: open,
      reviews: reviews
    )
  }

  private func question(_ leave: ShownLeave) -> StaffLeavePage.Question {
    StaffLeavePage.Question(
      id: leave.id.description,
      person: staff.name(of: leave.staff),
      what: LeaveWords.what(leave),
      asked: LeaveWords.time(leave.askedAt, staff.home, now: now),
      reason: leave.reason,
      isOwn: leave.staff == staff.person.id,
      lengths: lengths(upTo: leave.minutes, chosen: leave.minutes),
      yesURL: url + "/\(leave.id)/yes",
      noURL: url + "/\(leave.id)/no"
    )
  }

  private func open(_ leave: ShownLeave) -> StaffLeavePage.Open? {
    guard case .open(let until) = leave.standing else { return nil }
    return StaffLeavePage.Open(
      person: staff.name(of: leave.staff),
      what: LeaveWords.what(leave),
      until: "until " + LeaveWords.time(until, staff.home, now: now),
      isEmergency: leave.isEmergency,
      reason: leave.reason,
      endURL: url + "/\(leave.id)/end"
    )
  }

  private func use(_ entry: RecordEntry) -> StaffLeavePage.Use {
    let booking = entry.records.lazy.compactMap { record -> Identifier? in
      record.hasPrefix("booking/") ? Identifier(record.dropFirst("booking/".count)) : nil
    }
    return StaffLeavePage.Use(
      at: PageWords.clock(entry.at, in: staff.home),
      what: RecordWords.what(entry) + (entry.refusal == nil ? "" : " (refused)"),
      about: RecordWords.about(entry, leavingOut: ["leave", "subject"]),
      fields: RecordWords.fields(entry.fields),
      url: booking.first.map { staff.base + "/bookings/\($0)" }
    )
  }

  private func review(_ leave: ShownLeave) -> StaffLeavePage.Review? {
    if case .open = leave.standing { return nil }
    let isThis = about == leave.id.description
    return StaffLeavePage.Review(
      id: leave.id.description,
      person: staff.name(of: leave.staff),
      at: PageWords.moment(leave.askedAt, in: staff.home),
      reason: leave.reason,
      uses: leave.uses.prefix(Desk.usesShown).map(use),
      hasUses: !leave.uses.isEmpty,
      cut: leave.uses.count > Desk.usesShown
        ? "The newest \(Desk.usesShown) are shown; the record has all." : nil,
      isOwn: leave.staff == staff.person.id,
      url: url + "/\(leave.id)/review",
      note: errors.field("note-\(leave.id)", isThis ? typed?["note"] : nil)
    )
  }
}
