import Booking
import Primitives

extension NoticeLetter {
  /// The whole message. Answers to a customer's go to the business's public address, where it has one.
  ///
  /// The subject names the business and what it is about, and nobody: it is shown on locked screens.
  ///
  /// - Throws: ``HeaderFault``; control characters are found by ``Mail/bytes()``.
  package func mail() throws(HeaderFault) -> Mail {
    guard let host = MailHost(url: address) else { throw .noHost }
    var replyTo: EmailAddress?
    if case .customerLink = matter { replyTo = contact.email.flatMap { try? EmailAddress($0) } }
    return Mail(
      from: sender,
      to: recipient,
      replyTo: replyTo,
      subject: subject,
      text: text,
      calendar: nil,
      sent: sent,
      id: id,
      host: host
    )
  }

  private var subject: String {
    switch matter {
    case .invite: "Your invitation to sign in at \(business)"
    case .recovery: "A new start for your sign-in at \(business): did you ask for it?"
    case .newSignIn: "New sign-in at \(business): was this you?"
    case .othersSignIn: "An unusual sign-in at \(business)"
    case .accessChanged(.left, _): "Your access at \(business) has ended"
    case .accessChanged(.roleGiven, _): "What you may do at \(business) has changed"
    case .accessChanged: "Your sign-in at \(business) has changed"
    case .othersAccessChanged(_, .decoyShown, _, _):
      "Somebody searched for a customer who is not real at \(business)"
    case .othersAccessChanged(_, .roleGiven, _, _), .othersAccessChanged(_, .roleSaved, _, _):
      "Who may do what at \(business) has changed"
    case .othersAccessChanged: "A sign-in at \(business) has changed"
    case .sharedLogin: "A sign-in at \(business) may be shared"
    case .approval: "What takes two people at \(business)"
    case .customerLink: "Your link to your bookings at \(business)"
    case .leaveAsked: "Somebody asks for more access at \(business)"
    case .leaveAnswered(.given, _, _): "You have more access at \(business) for a time"
    case .leaveAnswered(.declined, _, _): "Your question for more access at \(business): no"
    case .leaveAnswered(.ended, _, _): "Your extra access at \(business) has ended"
    case .emergency: "Emergency access at \(business): please look now"
    }
  }
}
