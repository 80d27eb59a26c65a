/// What the reader asked for and a second person has not decided about.
struct WaitingAsk: Sendable, Codable {
  /// "412 bookings, each with name, e-mail and phone."
  let what: String
  let until: String
  let withdrawURL: String
}
