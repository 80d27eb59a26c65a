package import Booking
package import Primitives

/// A message about signing in: to somebody who works here, or to a customer who asked for a link.
///
/// A value without effects, as ``Letter``: what is written depends on these fields alone.
package struct NoticeLetter: Hashable, Sendable {
  package var matter: NoticeMatter
  /// Name of the business, as customers know it.
  package var business: String
  package var contact: PublicContact
  /// The zone all times are told in: the business's first place.
  package var zone: Zone
  package var recipient: Mailbox
  package var sender: Mailbox
  /// Where the server is reached, `https://book.example.com`; its host stands in the Message-ID.
  package var address: String
  package var sent: Instant
  /// Of the notice: the same for every attempt, so that a mail that arrives twice is known as one.
  package var id: Identifier

  package init(
    matter: NoticeMatter,
    business: String,
    contact: PublicContact,
    zone: Zone,
    recipient: Mailbox,
    sender: Mailbox,
    address: String,
    sent: Instant,
    id: Identifier
  ) {
    self.matter = matter
    self.business = business
    self.contact = contact
    self.zone = zone
    self.recipient = recipient
    self.sender = sender
    self.address = address
    self.sent = sent
    self.id = id
  }
}

/// What a notice is about. No case can hold a password, a code of an app or anything else that signs somebody in, but for
/// the links that are each good once, for one thing and for a time (R47).
package enum NoticeMatter: Hashable, Sendable {
  /// The link to set up one's sign-in, and until when it works.
  case invite(link: String, until: Instant)
  /// Somebody asked that the reader's sign-in be set up anew.
  case recovery(RecoveryFacts)
  /// An unusual sign-in to the reader's own account, and the link that says "this was not me".
  case newSignIn(SignInFacts, disown: String)
  /// One to somebody else's, and the page of that person's access.
  case othersSignIn(of: String, SignInFacts, access: String)
  /// A change to how the reader signs in.
  case accessChanged(NoticedChange, at: Instant)
  /// One to how somebody else signs in, and the page of that person's access; without a name when that is not known any
  /// more.
  case othersAccessChanged(of: String?, NoticedChange, at: Instant, access: String)
  /// A sign-in that several people seem to share.
  case sharedLogin(of: String, access: String)
  /// What takes two people; who asked for it, and the page that shows all of it.
  case approval(ApprovalNews, ApprovalNews.Matter, by: String, at: Instant, page: String)
  /// A customer's link to their own bookings, and until when it works.
  case customerLink(String, until: Instant)
  /// Somebody asks to be let do more for so many minutes, and the page on which one says yes or no. The reason they gave
  /// is on that page alone.
  case leaveAsked(by: String, NoticedWish, minutes: Int, page: String)
  /// What became of the reader's own question; with the time when it is given.
  case leaveAnswered(NoticedAnswer, until: Instant?, page: String)
  /// Somebody opened more than their role shows, in an emergency, and the page on which it is ended and looked at.
  case emergency(of: String, at: Instant, until: Instant, page: String)
}

/// One sign-in in words for messages.
package struct SignInFacts: Hashable, Sendable {
  package var at: Instant
  /// "Firefox on Linux"; empty when the browser did not say.
  package var browser: String
  package var oddities: [SignInOddity]

  package init(at: Instant, browser: String, oddities: [SignInOddity]) {
    self.at = at
    self.browser = browser
    self.oddities = oddities
  }
}

/// A recovery as its person is told of it.
package struct RecoveryFacts: Hashable, Sendable {
  /// Name of who asked.
  package var askedBy: String
  /// Name of who let it open before its time; nil when nobody did.
  package var openedBy: String?
  package var opensAt: Instant
  package var until: Instant
  /// With which the reader sets up their sign-in, once it is open.
  package var link: String
  /// Ends it.
  package var stop: String

  package init(
    askedBy: String,
    openedBy: String?,
    opensAt: Instant,
    until: Instant,
    link: String,
    stop: String
  ) {
    self.askedBy = askedBy
    self.openedBy = openedBy
    self.opensAt = opensAt
    self.until = until
    self.link = link
    self.stop = stop
  }
}
