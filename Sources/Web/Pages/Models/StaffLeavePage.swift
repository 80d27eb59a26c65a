/// More than one's role shows, for a time: what waits for an answer, what one has oneself, asking, and emergencies.
package struct StaffLeavePage: PageModel {
  package static let template = "staff/leave"

  let layout: Layout
  let notice: String?
  /// Why something could not be done that belongs to no field.
  let problem: String?
  let errors: ErrorSummary?
  /// Nil for those who do not say yes or no.
  let desk: Desk?
  /// One's own, newest first.
  let own: [Own]
  /// False for those whose role lets them do all of it anyway.
  let showsOwn: Bool
  /// Nil where there is nothing more to ask for.
  let ask: Ask?
  /// Why one cannot ask now.
  let cannotAsk: String?
  /// Nil for those who may not.
  let emergency: Emergency?

  /// What waits for whoever says yes or no.
  struct Desk: Sendable, Codable {
    /// Nothing waits for an answer or to be looked at.
    let isEmpty: Bool
    let hasOpen: Bool
    let questions: [Question]
    let open: [Open]
    let reviews: [Review]
  }

  struct Question: Sendable, Codable {
    let id: String
    let person: String
    /// "see everybody's bookings, with first names".
    let what: String
    let asked: String
    let reason: String?
    /// The reader's own: somebody else answers it.
    let isOwn: Bool
    /// Minutes, at most what was asked for.
    let lengths: [Option]
    let yesURL: String
    let noURL: String
  }

  struct Open: Sendable, Codable {
    let person: String
    let what: String
    /// "until 14:30".
    let until: String
    let isEmergency: Bool
    let reason: String?
    let endURL: String
  }

  struct Review: Sendable, Codable {
    let id: String
    let person: String
    /// "Tuesday 24 November, 10:00".
    let at: String
    let reason: String?
    /// What was done by virtue of it.
    let uses: [Use]
    let hasUses: Bool
    /// "The newest 50 are shown; the record has all." Nil when these are all.
    let cut: String?
    let isOwn: Bool
    let url: String
    let note: Field
  }

  struct Use: Sendable, Codable {
    /// "22:14".
    let at: String
    /// "Showed the contact".
    let what: String
    /// "booking K7-3F2M"; nil when nothing is named.
    let about: String?
    /// "phone, address".
    let fields: String?
    /// The booking's page.
    let url: String?
  }

  struct Own: Sendable, Codable {
    let what: String
    /// "Open until 14:30".
    let state: String
    let isOpen: Bool
    let facts: String
    /// Nil once there is nothing to end.
    let endURL: String?
    let endLabel: String
  }

  struct Ask: Sendable, Codable {
    let action: String
    let wishes: [Option]
    let wishError: String?
    let lengths: [Option]
    let minutesError: String?
    let reason: Field
  }

  struct Emergency: Sendable, Codable {
    let action: String
    let reason: Field
    /// Whether the form shows at once, because something is wrong with it.
    let isUnfolded: Bool
  }
}
