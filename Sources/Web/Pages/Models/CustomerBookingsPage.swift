/// What was booked with one address, and what is held about its holder, for the holder.
package struct CustomerBookingsPage: PageModel {
  package static let template = "my/bookings"

  let layout: Layout
  /// What was done just before.
  let said: String?
  /// Why something was not done.
  let refusal: String?
  let email: String
  let signOutURL: String
  let coming: [Coming]
  let hasComing: Bool
  /// Over, or cancelled.
  let past: [Past]
  let hasPast: Bool
  /// There are more than are shown.
  let isCut: Bool
  let bookURL: String
  let held: [Held]
  /// Who answers for it and how to ask: "Spare Hands, hello@example.test".
  let controller: String
  /// Who looked and what was changed, newest first.
  let record: [Looked]
  let hasRecord: Bool
  /// Those after the first few.
  let earlier: [Looked]
  let hasEarlier: Bool
  /// "Earlier: 12".
  let earlierLabel: String
  /// There are more than are shown.
  let isRecordCut: Bool
  let passkeysURL: String
  let passkeys: [Passkey]
  let hasPasskeys: Bool
  let mayAddPasskey: Bool

  struct Coming: Sendable, Codable {
    let appointment: Appointment
    /// "Tadas" or "One of our team".
    let person: String
    let place: String
    let reference: String
    let manageURL: String
    /// "Look at it, move or cancel", as far as it still can.
    let button: String
    let code: String
  }

  struct Past: Sendable, Codable {
    let service: String
    let day: String
    let hours: String
    let staff: String?
    let state: String
    /// Nil when it can no longer be booked.
    let againURL: String?
  }

  struct Passkey: Sendable, Codable {
    /// "Added on Monday 2 November 2026, used on Tuesday 3 November 2026".
    let text: String
    let removalURL: String
  }

  struct Held: Sendable, Codable {
    let what: String
    /// For which booking it was asked; nil for what all have.
    let about: String?
    let values: [String]
    /// When it is erased; nil when nothing is set.
    let until: String?
  }

  struct Looked: Sendable, Codable {
    /// "Opened a list of visits".
    let what: String
    /// "Receptionist".
    let who: String
    /// "to prepare or carry out your visit".
    let why: String
    /// "name, address, answers"; nil when nothing of theirs was in it.
    let fields: String?
    let at: String
  }
}
