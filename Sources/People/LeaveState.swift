/// What became of what somebody asked for or took. The raw value is stored; that a time is over is no state of its own.
package enum LeaveState: String, Hashable, Sendable, CaseIterable {
  case asked
  case open
  case declined
  /// Before its time: by somebody who may, by the person, or with all their access.
  case ended
}

/// What somebody else found when they looked at an emergency. The raw value is stored.
package enum LeaveReview: String, Hashable, Sendable, CaseIterable {
  case inOrder = "in-order"
  case notInOrder = "not-in-order"
}
