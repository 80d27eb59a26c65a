import Primitives
import Storage
import Vault

/// One business on its way from one store to another.
///
/// The source is held against writers from the first row read until its end is committed, so no act slips in between. The
/// order of the last steps makes every interruption harmless: the target is written and checked in a room that no
/// server sees; the source ends; the room is revealed. Until the source has ended it is as it was; after that the next
/// run finds the room and makes it anew.
struct BusinessMove {
  let business: Slug
  let source: any BusinessStores
  let target: any BusinessStores
  let root: RootKey
  /// Whether a source that was moved away before may be moved again.
  let again: Bool

  /// - Returns: what was found right at the target, nil when an earlier run had done all but put the source away; and what
  ///   became of the source, in a sentence.
  func run() async throws -> (check: MoveCheck?, remains: String) {
    if try await target.holds(business), try await source.hasEnded(business) {
      // Interrupted before its very last step.
      return (nil, try source.putAway(business))
    }
    let room = try await target.makeRoom(for: business)
    let move = self
    let check: MoveCheck
    do {
      check = try await onOwnThread { try move.fill(room) }
    } catch let fault as AfterTheEnd {
      throw Complaint(
        "The copy is whole, but the last step failed: \(fault.cause). \(source.place) may take no more changes of "
          + "'\(business)'. Run the same move again."
      )
    } catch {
      room.discard()
      throw BusinessMove.explained(error)
    }
    return (check, try source.putAway(business))
  }

  private func fill(_ room: any Room) throws -> MoveCheck {
    let from = try source.openWhole(business)
    defer { from.close() }
    var isEnding = false
    do {
      let check = try from.keys.hold { keys in
        try from.data.hold { data in
          if try data.hasEnded(), !again, !room.replaced { throw movedBefore }
          let ring = try source.ring(of: business, wrapped: try keys.businessKey(), root: root)
          let check = try copy(data, keys, ring, into: room)
          isEnding = true
          try data.endHere()
          return check
        }
      }
      try room.reveal()
      return check
    } catch {
      throw isEnding ? AfterTheEnd(cause: error) : error
    }
  }

  /// Keys first, so that at no time data is there that names keys that are not.
  private func copy(
    _ data: any WholeDatabase,
    _ keys: any WholeDatabase,
    _ ring: KeyRing,
    into room: any Room
  ) throws -> MoveCheck {
    let to = try room.open()
    defer { to.close() }
    var expected = try TableCopy.counts(in: [keys, data])
    let progress = MoveProgress(total: expected.values.reduce(0, +))
    try to.keys.hold { there in
      try TableCopy(from: keys, to: there).copy { progress.add($1, of: $0) }
    }
    let sequenced = try to.data.hold { there in
      let copy = try TableCopy(from: data, to: there)
      try copy.copy { progress.add($1, of: $0) }
      return try copy.sequenceWaiting(ring.checkpointMaker)
    }
    if sequenced > 0 {
      expected["audit_entry", default: 0] += sequenced
      expected["audit_head"] = 1
    }
    progress.end()
    say("  Checking the copy.")
    return try to.keys.hold { keysThere in
      try to.data.hold { dataThere in
        try MoveCheck(
          expected: expected,
          arrived: try TableCopy.counts(in: [keysThere, dataThere]),
          data: dataThere,
          keys: keysThere,
          ring: ring
        )
      }
    }
  }

  private static func explained(_ error: any Error) -> any Error {
    switch error {
    case StorageFault.schema(let words):
      Complaint("\(words). Start this version's server on the old place once, which brings it up to date.")
    case StorageFault.away(let words):
      Complaint("Interrupted: \(words). The old place is as it was; run the move again.")
    default: error
    }
  }

  private var movedBefore: Complaint {
    Complaint(
      "'\(business)' was moved away from \(source.place) before; what lies there is old. If that copy is lost and you "
        + "want this one, add --again."
    )
  }
}

/// A fault after the source ended: nothing may be taken back any more.
private struct AfterTheEnd: Error {
  let cause: any Error
}
