import Booking
import Foundation
import Primitives
import Storage
import Vault

/// Where each part of a contact is sealed: the only place that names these cells.
enum ContactField: String, CaseIterable, Sendable {
  case name
  case email
  case phone
  case address
  case answers

  func cell(_ subject: Identifier, rowVersion: Int) -> Cell {
    Cell(
      table: "contact",
      column: rawValue,
      row: subject,
      rowVersion: rowVersion,
      class: self == .address || self == .answers ? .p2 : .p1
    )
  }
}

extension ContactRecord {
  /// Seals a checked contact under its subject's keys.
  init(
    _ contact: CheckedContact,
    keys: SubjectKeys,
    answersUntil: Instant?,
    at now: Instant,
    confirmed: Bool
  ) throws {
    func seal(_ text: String, _ field: ContactField) throws -> Sealed {
      try keys.seal(text, at: field.cell(keys.subject, rowVersion: 1))
    }
    self.init(
      subject: keys.subject,
      rowVersion: 1,
      name: try seal(contact.name, .name),
      email: try contact.email.map { try seal($0.text, .email) },
      phone: try contact.phone.map { try seal($0.text, .phone) },
      address: try contact.address.map { try seal($0, .address) },
      answers: contact.answers.isEmpty ? nil : try seal(Answers.text(contact.answers), .answers),
      answersUntil: contact.answers.isEmpty ? nil : answersUntil,
      madeAt: now,
      confirmedAt: confirmed ? now : nil
    )
  }

  /// Opens one field; nil when nothing was handed in, or it was erased.
  func open(_ field: ContactField, _ keys: SubjectKeys) throws -> String? {
    let sealed: Sealed? =
      switch field {
      case .name: name
      case .email: email
      case .phone: phone
      case .address: address
      case .answers: answers
      }
    guard let sealed, !sealed.bytes.isEmpty else { return nil }
    return try keys.open(sealed, at: field.cell(subject, rowVersion: rowVersion))
  }

  /// The answers by question, in the order they were asked.
  func openAnswers(_ keys: SubjectKeys) throws -> [(question: Slug, answer: String)] {
    guard let text = try open(.answers, keys) else { return [] }
    return Answers.read(text)
  }
}

/// The sealed form of the answers: `question␟answer` pairs between record separators (U+001E, U+001F), which no answer
/// can hold because control characters are refused.
enum Answers {
  static func text(_ answers: [(question: Slug, answer: String)]) -> String {
    answers.map { "\($0.question)\u{1F}\($0.answer)" }.joined(separator: "\u{1E}")
  }

  static func read(_ text: String) -> [(question: Slug, answer: String)] {
    text.split(separator: "\u{1E}").compactMap { pair in
      let parts = pair.split(separator: "\u{1F}", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let question = Slug(parts[0]) else { return nil }
      return (question, String(parts[1]))
    }
  }
}

extension Desk {
  func indexes(of contact: CheckedContact) -> ContactIndexes {
    indexes(email: contact.email?.text, phone: contact.phone?.text)
  }

  func indexes(email: String?, phone: String?) -> ContactIndexes {
    ContactIndexes(email: email.map(emailIndex), phone: phone.map(phoneIndex))
  }

  func emailIndex(_ email: String) -> [UInt8] {
    ring.blindIndex(Normalised.email(email), table: "contact", column: "email")
  }

  func phoneIndex(_ phone: String) -> [UInt8] {
    ring.blindIndex(Normalised.phone(phone), table: "contact", column: "phone")
  }
}

extension ContactRecord {
  /// What was handed in, by name.
  var fields: [String] {
    let given: [(ContactField, Sealed?)] = [
      (.address, address), (.answers, answers), (.email, email), (.name, name), (.phone, phone),
    ]
    return given.compactMap { field, sealed in sealed.map { _ in field.rawValue } }
  }
}
