import Booking
import Messages
import People
import Primitives
import Storage

extension Desk {
  /// What a notice about leave says; nil once it says nothing any more: the question is answered, the leave is over.
  func leaveMatter(_ notice: NoticeRow, _ leave: LeaveRow, _ timetable: Timetable) -> NoticeMatter? {
    let now = clock.now()
    let page = "\(address)/staff/\(business)/leave"
    switch notice.kind {
    case .leaveAsked:
      guard leave.isWaiting(now: now) else { return nil }
      let wish = LeaveWish(verbs: leave.verbs, level: leave.level)
      return .leaveAsked(
        by: name(of: leave.staff, timetable),
        wish.flatMap { NoticedWish(rawValue: $0.rawValue) } ?? .other,
        minutes: leave.minutes,
        page: page
      )
    case .leaveAnswered:
      guard let answer = NoticedAnswer(rawValue: notice.detail) else { return nil }
      if answer == .given, !leave.isOpen(now: now) { return nil }
      return .leaveAnswered(answer, until: answer == .given ? leave.until : nil, page: page)
    case .emergency:
      // Told even when it is over by now: somebody has to look at it.
      guard let until = leave.until else { return nil }
      return .emergency(of: name(of: leave.staff, timetable), at: leave.askedAt, until: until, page: page)
    case .invite, .newSignIn, .othersSignIn, .accessChanged, .othersAccessChanged, .sharedLogin,
      .customerLink:
      return nil
    }
  }
}
