/// A time and a service in words; no personal data.
package struct Appointment: Sendable, Codable {
  let service: String
  /// "Tuesday 24 November 2026".
  let day: String
  /// "09:30 – 10:30".
  let hours: String
  /// "Vilnius time (UTC+2)".
  let zone: String
  /// The same in the other zone when the visitor's differs: "08:30 – 09:30, Paris time (UTC+1)".
  let elsewhere: String?
}
