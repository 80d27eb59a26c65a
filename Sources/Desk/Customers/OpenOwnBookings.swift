import Audit
package import Booking
package import Primitives
import Storage
import Vault

/// All that a business holds of a customer's address, for the customer.
package struct OwnBookings: Sendable {
  package let email: String
  /// The latest first.
  package let bookings: [OwnBooking]
  /// What was handed in, each text once, the newest first.
  package let names: [String]
  package let phones: [String]
  package let addresses: [String]
  package let passkeys: [OwnPasskey]
  /// Who looked at it and changed it, the newest first; see ``Desk/mostLooks``.
  package let record: [RecordEntry]
  /// There are more than are shown.
  package let isCut: Bool
}

/// One booking, for the customer who made it.
package struct OwnBooking: Sendable {
  package let booking: BookingRecord
  /// Opens its manage page; nil when nothing can be done there any more.
  package let manageURL: String?
  package let answers: [OwnAnswer]
}

package struct OwnAnswer: Sendable {
  /// The question's own words; its short name when it is no longer asked.
  package let question: String
  package let answer: String
  /// When it is erased.
  package let until: Instant?
}

package struct OwnPasskey: Sendable {
  package let id: Identifier
  package let madeAt: Instant
  package let usedAt: Instant?
}

extension Desk {
  /// Opens everything that was handed in with the address a customer has proved, and the bookings made with it; recorded
  /// before it returns.
  ///
  /// - Throws: `.signInNeeded` when the contact was erased since.
  package func openOwnBookings(by customer: SignedInCustomer) async throws -> OwnBookings {
    guard let email = try await address(of: customer) else {
      try await refuse(.customerOpened, by: customer.actor, for: .customersRequest, Refusal(.signInNeeded))
    }
    let (rows, passkeys) = try await visits(having: emailIndex(email)) { [self] find in
      try await readAndRecord(.customerOpened, by: customer.actor, for: .customersRequest) {
        records,
        detail -> (CustomerRows, [CustomerPasskeyRow])? in
        guard let rows = try find(records) else { return nil }
        let subjects = rows.contacts.map(\.subject).sorted()
        for subject in subjects { detail.touch(subject: subject) }
        for (booking, _) in rows.visits { if let booking { detail.touch(booking: booking.id) } }
        detail.fields = ContactField.allCases.map(\.rawValue)
        return (rows, try records.customerPasskeys(of: subjects))
      }
    }
    let keys = try await keys.open(rows.contacts.map(\.subject))
    let timetable = try await timetable()
    let contacts = rows.contacts.filter { keys[$0.subject] != nil }.sorted { $0.madeAt > $1.madeAt }
    func texts(_ field: ContactField) throws -> [String] {
      var seen: Set<String> = []
      return try contacts.compactMap { contact in
        try keys[contact.subject].flatMap { try contact.open(field, $0) }
      }.filter { seen.insert($0).inserted }
    }
    return OwnBookings(
      email: email,
      bookings: try rows.visits.compactMap { booking, contact in
        guard let booking else { return nil }
        return OwnBooking(
          booking: booking,
          manageURL: isComing(booking) ? manageURL(of: booking, mailed: false) : nil,
          answers: try keys[contact.subject].map { try answers(contact, $0, booking, timetable) } ?? []
        )
      },
      names: try texts(.name),
      phones: try texts(.phone),
      addresses: try texts(.address),
      passkeys: passkeys.map { OwnPasskey(id: $0.id, madeAt: $0.madeAt, usedAt: $0.usedAt) },
      record: try await recordEntries(about: rows),
      isCut: rows.visits.count >= Desk.mostOwn
    )
  }

  private func isComing(_ booking: BookingRecord) -> Bool {
    booking.state == .booked && booking.served.end > clock.now()
  }

  private func answers(
    _ contact: ContactRecord,
    _ keys: SubjectKeys,
    _ booking: BookingRecord,
    _ timetable: Timetable
  ) throws -> [OwnAnswer] {
    let questions = timetable.service(booking.service)?.questions ?? []
    return try contact.openAnswers(keys).map { question, answer in
      let asked = questions.first { $0.id == question }
      return OwnAnswer(
        question: asked?.label ?? question.text,
        answer: answer,
        until: asked.map { booking.served.end + .days($0.retention) }
      )
    }
  }
}
