import Booking
import Desk
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/record?by=&act=&day=&before=`: all four from closed sets; what is none is told beside its field.
  @Sendable static func record(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      let question = RecordQuestion(visit.query, staff)
      let page = try await staff.desk.openRecord(question.filter, before: question.before, by: staff.person)
      return try visit.page(
        StaffRecordPage(page, question, staff),
        status: question.errors.isEmpty ? .ok : .unprocessableContent
      )
    }
  }
}

/// What a page of the record was asked for.
struct RecordQuestion: Sendable {
  let filter: RecordFilter
  let before: Int?
  /// As typed.
  let day: String?
  let errors: FormErrors

  /// Reads the query; a choice that is none is as good as not made, and told.
  init(_ query: Form, _ staff: StaffVisit) {
    var problems: [FieldProblem] = []
    func read<Choice>(_ name: String, _ reason: FieldReason, _ read: (String) -> Choice?) -> Choice? {
      guard let text = query.filled(name) else { return nil }
      let choice = read(text)
      if choice == nil { problems.append(FieldProblem(path: name, reason: reason)) }
      return choice
    }
    let parties = RecordQuestion.parties(staff)
    filter = RecordFilter(
      party: read("by", .notAChoice) { text in parties.first { $0.text == text } },
      act: read("act", .notAChoice) { ActName(rawValue: $0) },
      day: read("day", .notADay) { CivilDay($0) }
    )
    before = query.filled("before").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    day = query.filled("day")
    errors = FormErrors(problems)
  }

  /// Everybody of the business, and all who are nobody of it.
  static func parties(_ staff: StaffVisit) -> [RecordParty] {
    staff.business.staff.map { .staff($0.id) } + [.customer, .stranger, .commandLine, .server]
  }
}

extension StaffRecordPage {
  fileprivate init(_ page: RecordPage, _ question: RecordQuestion, _ staff: StaffVisit) {
    let words = RecordWords(timetable: staff.timetable)
    let filter = question.filter
    let url = staff.base + "/record"
    func address(before: Int?) -> String {
      QueryText.url(
        url,
        [
          ("by", filter.party?.text), ("act", filter.act?.rawValue), ("day", filter.day?.description),
          ("before", before.map(String.init)),
        ]
      )
    }
    self.init(
      layout: staff.layout("Record", .record, hasProblem: !question.errors.isEmpty),
      action: url,
      errors: question.errors.summary,
      parties: [Option(value: "", label: "Everybody", isChosen: filter.party == nil)]
        + RecordQuestion.parties(staff).map { party in
          Option(value: party.text, label: words.party(party), isChosen: party == filter.party)
        },
      acts: [Option(value: "", label: "Everything", isChosen: filter.act == nil)]
        + ActName.allCases.map(\.rawValue).sorted().map { act in
          Option(value: act, label: RecordWords.act(act), isChosen: act == filter.act?.rawValue)
        },
      day: question.errors.field("day", question.day),
      isFiltered: filter != RecordFilter(),
      clearURL: url,
      size: "The record has \(PageWords.grouped(page.size)) \(page.size == 1 ? "entry" : "entries").",
      entries: page.entries.map { Entry($0, words, staff) },
      hasEntries: !page.entries.isEmpty,
      olderURL: page.older.map { address(before: $0) },
      newestURL: question.before == nil ? nil : address(before: nil)
    )
  }
}

extension StaffRecordPage.Entry {
  fileprivate init(_ entry: RecordEntry, _ words: RecordWords, _ staff: StaffVisit) {
    self.init(
      line: RecordLine(act: entry, words, at: PageWords.second(entry.at, in: staff.home)),
      about: RecordWords.about(entry),
      outcome: entry.refusal.map { "Refused: \($0.rawValue.map { $0 == "_" ? " " : String($0) }.joined())" }
    )
  }
}
