extension ActName {
  /// Whether it shows a booking or customer to somebody and changes nothing about them.
  ///
  /// Blocking time and leaving are among them: they list bookings that somebody else must see to.
  package var isLook: Bool {
    switch self {
    case .bookingOpened, .contactRevealed, .dayOpened, .customersSearched, .customerOpened, .timeOffAdded,
      .personLeft, .messageOpened, .noticeOpened, .peopleListed, .accessListed, .recordOpened:
      true
    default: false
    }
  }
}
