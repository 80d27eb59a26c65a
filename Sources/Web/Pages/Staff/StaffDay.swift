import Booking
import Desk
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/day?day=&staff=`
  @Sendable static func day(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      let query = visit.query
      let now = staff.desk.now
      let chosen = query.filled("staff").flatMap { Slug($0) }
      let day = query.filled("day").flatMap { CivilDay($0) } ?? staff.today
      let view = try await staff.desk.openDay(day, staff: chosen, by: staff.person)
      // Those who see their own work only cannot do anything about mail.
      let mail = staff.may(.viewDay) ? try await staff.desk.mailState() : nil
      let leave = staff.leaveNotes(try await staff.desk.waitingLeaves(for: staff.person))
      let page = try visit.page(
        StaffDayPage(
          view,
          staff,
          chosen: chosen,
          now: now,
          said: Said(query),
          mail: (mail.map { staff.mailNotes($0, due: view.waitingMessages) } ?? []) + leave
        )
      )
      return staff.fading(page)
    }
  }
}

extension StaffDayPage {
  init(_ view: DayView, _ staff: StaffVisit, chosen: Slug?, now: Instant, said: Said?, mail: [MailNote]) {
    let today = view.zone.day(at: now)
    let chosen = staff.seesOthers ? chosen : nil
    func url(_ day: CivilDay, _ person: Slug?) -> String {
      QueryText.url(staff.base + "/day", [("day", day.description), ("staff", person?.text)])
    }
    let columns = DayColumns(view, staff, chosen: chosen, now: now)
    self.init(
      layout: staff.layout("Day", .day),
      heading: PageWords.longDay(view.day),
      day: view.day.description,
      zone: PageWords.zone(view.zone, at: view.zone.startOfDay(view.day) + .hours(12)),
      isToday: view.day == today,
      dayURL: staff.base + "/day",
      previousURL: url(view.day - 1, chosen),
      nextURL: url(view.day + 1, chosen),
      todayURL: url(today, chosen),
      people: staff.peopleLinks(chosen: chosen) { url(view.day, $0) },
      chosenPerson: chosen?.text,
      holiday: columns.holiday,
      notice: said?.sentence,
      mail: mail,
      columns: columns.columns,
      firstSteps: staff.firstSteps
    )
  }
}

extension StaffVisit {
  /// What is wrong with the sending of messages, one note for each thing.
  ///
  /// - Parameter due: messages that are due, counted up to 100.
  func mailNotes(_ mail: MailState, due: Int) -> [StaffDayPage.MailNote] {
    // Not where administration has an address of its own.
    let url = visit.side.serves(.setMail) && may(.setMail) ? base + "/mail" : nil
    func note(_ heading: String, _ text: String, _ link: String) -> StaffDayPage.MailNote {
      StaffDayPage.MailNote(heading: heading, text: text, link: link, url: url)
    }
    var notes: [StaffDayPage.MailNote] = []
    if !mail.isSet, due > 0 {
      notes.append(
        note(
          "Messages are waiting: \(due >= 100 ? "100 or more" : String(due)).",
          "No mail server is set, so no confirmation leaves.",
          "Set the mail server"
        )
      )
    } else if mail.isSet, mail.heldUp > 0 {
      let fault = mail.fault.map { ": \($0)" } ?? ""
      notes.append(
        note(
          "Messages are waiting: \(mail.heldUp).",
          "They cannot be delivered at the moment\(fault).",
          "Look at the mail settings"
        )
      )
    }
    if mail.failed.open > 0 {
      notes.append(
        note(
          PageWords.count(mail.failed.open, "message") + " could not be delivered.",
          "These customers do not know what was booked, changed or cancelled.",
          "See what can be done"
        )
      )
    }
    return notes
  }

  /// For an owner, while nothing can be booked yet.
  fileprivate var firstSteps: StaffDayPage.FirstSteps? {
    guard business.services.isEmpty, visit.side.serves(.viewPeople), may(.viewPeople) else { return nil }
    return StaffDayPage.FirstSteps(
      business: business.id.text,
      bookURL: visit.web.settings.address + "/book/\(business.id)",
      accountURL: base + "/account",
      peopleURL: base + "/people",
      mailURL: base + "/mail"
    )
  }

  /// "Everybody", then each person who serves somebody; nothing for those who see their own work only.
  func peopleLinks(chosen: Slug?, _ url: (Slug?) -> String) -> [LinkOption] {
    guard seesOthers else { return [] }
    let extent = desk.extent(.viewDay, person)
    let people = business.staff.filter { !$0.services.isEmpty && extent.holds($0, business) }
    guard !people.isEmpty else { return [] }
    return [LinkOption(label: "Everybody", url: url(nil), isChosen: chosen == nil)]
      + people.map { LinkOption(label: $0.name, url: url($0.id), isChosen: $0.id == chosen) }
  }
}
