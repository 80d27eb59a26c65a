/// Protection levels of data, from public to sealed in the customer's browser.
package enum Level: String, Hashable, Sendable, Codable, CaseIterable {
  /// Public: times, services, opening hours.
  case p0 = "P0"
  /// Contact: name, e-mail, phone.
  case p1 = "P1"
  /// Address, notes, history, payment status.
  case p2 = "P2"
  /// Health, children, access codes, identity papers.
  case p3 = "P3"
}
