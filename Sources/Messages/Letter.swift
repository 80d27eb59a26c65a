package import Booking
package import Primitives

/// Everything one message to a customer says; nothing of the booking's form beyond name and mail address.
///
/// A value without effects: ``mail()`` makes the message, somebody else sends it. What is written depends on
/// these fields alone, so that a message sent twice is the same message.
package struct Letter: Hashable, Sendable {
  package var kind: MessageKind
  /// Name of the business, as customers know it.
  package var business: String
  package var contact: PublicContact
  package var policy: Policy
  package var service: String
  package var served: Interval
  package var zone: Zone
  /// The zone the customer looked at; times are told in it too where its clock shows something else.
  package var visitorZone: Zone
  package var place: LetterPlace
  /// Nil when the customer was told no name.
  package var staff: String?
  package var customer: Mailbox
  /// Who the mail comes from and who the calendar entry belongs to.
  package var organiser: Mailbox
  /// The whole manage link, code in the fragment.
  ///
  /// Its host is the host of the calendar entry's UID.
  package var link: String
  package var booking: Identifier
  /// The calendar entry's SEQUENCE; rises with every message that changes the entry.
  package var sequence: Int
  /// The audit checkpoint as a signed note, line by line as it was signed.
  package var checkpoint: String
  package var sent: Instant
  /// Of the outbox row: the same for every attempt, so that a mail that arrives twice is known as one.
  package var id: Identifier

  package init(
    kind: MessageKind,
    business: String,
    contact: PublicContact,
    policy: Policy,
    service: String,
    served: Interval,
    zone: Zone,
    visitorZone: Zone,
    place: LetterPlace,
    staff: String?,
    customer: Mailbox,
    organiser: Mailbox,
    link: String,
    booking: Identifier,
    sequence: Int,
    checkpoint: String,
    sent: Instant,
    id: Identifier
  ) {
    self.kind = kind
    self.business = business
    self.contact = contact
    self.policy = policy
    self.service = service
    self.served = served
    self.zone = zone
    self.visitorZone = visitorZone
    self.place = place
    self.staff = staff
    self.customer = customer
    self.organiser = organiser
    self.link = link
    self.booking = booking
    self.sequence = sequence
    self.checkpoint = checkpoint
    self.sent = sent
    self.id = id
  }
}

/// Where the customer is served.
///
/// There is no case that could hold the customer's own address: mail is not sealed.
package enum LetterPlace: Hashable, Sendable {
  case location(name: String, address: String?)
  case yours
  case phone
  case video

  var inWords: String {
    switch self {
    case .location(let name, nil): name
    case .location(let name, let address?): name + ", " + address
    case .yours: "At your address"
    case .phone: "By telephone"
    case .video: "By video call"
    }
  }
}
