import Booking
import Desk
import Primitives

extension BookingHistoryPart {
  init(_ history: BookingHistory, of booking: BookingRecord, _ staff: StaffVisit) {
    let words = RecordWords(timetable: staff.timetable)
    let zone = staff.zone(of: booking)
    func line(_ entry: RecordEntry) -> RecordLine {
      let step = history.steps[entry.number].flatMap { words.step($0, in: zone) }
      return RecordLine(entry, words, at: PageWords.moment(entry.at, in: zone), booking, step: step)
    }
    self.init(
      changes: history.changes.map(line),
      looked: "Who looked: "
        + (history.lookCount == 1 ? "once" : "\(PageWords.grouped(history.lookCount)) times"),
      looks: history.looks.map(line),
      hasLooks: !history.looks.isEmpty,
      cut: history.looks.count < history.lookCount ? "The newest \(history.looks.count) are shown." : nil
    )
  }
}

extension RecordLine {
  /// In the history of one booking.
  ///
  /// - Parameter step: from what to what; nil where that is not known, and only the fields are told.
  init(
    _ entry: RecordEntry,
    _ words: RecordWords,
    at: String,
    _ booking: BookingRecord,
    step: String?
  ) {
    var who = words.who(entry.actor)
    if case .stranger = entry.actor, entry.name == .bookingMade { who += RecordLine.door(booking) }
    self.init(
      number: PageWords.grouped(entry.number),
      at: at,
      who: who,
      what: RecordWords.what(entry),
      isRefused: entry.refusal != nil,
      fields: step ?? RecordWords.fields(entry.fields),
      device: RecordWords.device(entry)
    )
  }

  /// In the record as a whole, where the act goes by its own name.
  init(act entry: RecordEntry, _ words: RecordWords, at: String) {
    self.init(
      number: PageWords.grouped(entry.number),
      at: at,
      who: words.who(entry.actor),
      what: RecordWords.act(entry.act),
      isRefused: entry.refusal != nil,
      fields: RecordWords.fields(entry.fields),
      device: RecordWords.device(entry)
    )
  }

  private static func door(_ booking: BookingRecord) -> String {
    switch booking.madeBy {
    case .page: ", on the booking page"
    case .api: ", through the API"
    case .staff: ""
    }
  }
}
