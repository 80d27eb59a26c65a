extension ActName {
  /// Whether it shows a booking or customer to somebody and changes nothing about them.
  ///
  /// Blocking time and leaving are among them: they list bookings that somebody else must see to.
  package var isLook: Bool {
    switch self {
    case .bookingOpened, .contactRevealed, .dayOpened, .customersSearched, .customerOpened, .timeOffAdded,
      .personLeft, .messageOpened, .peopleListed, .accessListed, .recordOpened:
      true
    default: false
    }
  }

  /// Whether it is only about how a customer gets to their own page, or how a message went: not told there.
  var isOnTheWay: Bool {
    switch self {
    case .messageSettled, .noticeOpened, .noticeSettled, .customerLinkAsked, .customerSessionStarted,
      .customerSessionEnded, .customerPasskeyAdded, .customerPasskeyRemoved:
      true
    default: false
    }
  }
}
