import Desk
import People
import Primitives

/// What pages say about leave for a time.
enum LeaveWords {
  static func wish(_ wish: LeaveWish) -> String {
    switch wish {
    case .bookings: "See everybody’s bookings, with first names"
    case .details: "See everybody’s bookings, with addresses and answers too"
    case .contacts: "See everybody’s bookings and show contacts"
    case .search: "Find customers"
    case .desk: "Book, move and cancel for everybody"
    case .money: "See prices and income"
    }
  }

  static func what(_ leave: ShownLeave) -> String {
    if leave.isEmergency { return "Emergency: everybody’s bookings, with contacts, addresses and answers" }
    return leave.wish.map(wish) ?? "More than usual"
  }

  /// `14:30`; on another day with it.
  static func time(_ instant: Instant, _ zone: Zone, now: Instant) -> String {
    zone.day(at: instant) == zone.day(at: now)
      ? PageWords.clock(instant, in: zone) : PageWords.moment(instant, in: zone)
  }

  static func state(_ leave: ShownLeave, _ zone: Zone, now: Instant) -> String {
    switch leave.standing {
    case .waiting: "Waiting for an answer"
    case .unanswered: "Nobody answered within a day"
    case .declined: "Declined"
    case .open(let until): "Open until " + time(until, zone, now: now)
    case .over(let at): "Over since " + time(at, zone, now: now)
    case .ended(let at): "Ended at " + time(at, zone, now: now)
    }
  }

  static func review(_ leave: ShownLeave) -> String? {
    guard leave.isEmergency else { return nil }
    switch leave.review {
    case nil: return "Somebody else still has to look at it"
    case .inOrder: return "Looked at: in order"
    case .notInOrder: return "Looked at: not in order"
    }
  }

  /// What to do about a field.
  static func wrong(_ problem: FieldProblem) -> String {
    switch (problem.path, problem.reason) {
    case ("wish", _): "Please choose what you need."
    case ("minutes", _): "Please choose one of the times, at most what was asked for."
    case ("review", _): "Please say whether it was in order."
    case ("note", .missing): "Please say in a few words what was not in order."
    case (_, .missing): "Please say why."
    case (_, .tooShort): "Please say a little more: at least \(LeaveRule.shortestReason) letters."
    default: problem.reason.sentence
    }
  }

  /// Nil for what is told another way.
  static func problem(_ refusal: Refusal) -> String? {
    switch refusal.code {
    case .alreadyEnded: "That was answered or ended before."
    case .tooEarly: "It is still open. End it first, then say what it came to."
    default: nil
    }
  }
}

extension StaffVisit {
  /// On the day of those who say yes or no: what waits for them.
  func leaveNotes(_ waiting: (questions: Int, emergencies: Int)) -> [StaffDayPage.MailNote] {
    func note(_ heading: String, _ text: String, _ link: String) -> StaffDayPage.MailNote {
      StaffDayPage.MailNote(heading: heading, text: text, link: link, url: base + "/leave")
    }
    var notes: [StaffDayPage.MailNote] = []
    if waiting.emergencies > 0 {
      notes.append(note("Emergency access was used.", "Somebody has to look at it.", "Look at it"))
    }
    if waiting.questions > 0 {
      notes.append(note("Somebody asks for more access.", "It waits for a yes or no.", "Answer"))
    }
    return notes
  }

  /// What the page says on every page while they have leave that is open; nil otherwise.
  var extra: Layout.Extra? {
    let now = desk.now
    let open = person.holder.openLeaves(now: now)
    guard let last = open.last else { return nil }
    return Layout.Extra(
      text: "You see more than usual until \(LeaveWords.time(last.until, home, now: now)).",
      backURL: base + "/leave/back",
      leaveURLs: open.map { base + "/leave/\($0.id)/standing" }.joined(separator: " "),
      goOnURL: homeURL
    )
  }
}
