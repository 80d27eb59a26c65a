/// What a message to a customer is about.
///
/// The raw value is stored in the outbox.
package enum MessageKind: String, Hashable, Sendable, Codable, CaseIterable {
  case confirmation
  case change
  case cancellation
  case reminder
}
