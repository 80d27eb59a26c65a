/// One database of one business, on a connection of its own: for copying it and for nothing else.
///
/// It blocks its caller, so it belongs on a thread outside the cooperative pool.
package protocol WholeStore {
  /// Runs `body` in one transaction in which every reading sees one state, and holds the database against all other
  /// writers until it ends: they wait, or are told that it is away. A throw undoes everything.
  ///
  /// - Throws: ``StorageFault/away(_:)`` when other writers do not leave the database within a minute.
  func hold<Answer>(_ body: (any WholeDatabase) throws -> Answer) throws -> Answer

  /// As ``WholeDatabase/hasEnded()``, holding nothing.
  func hasEnded() throws -> Bool

  func close()
}

/// What can be done inside ``WholeStore/hold(_:)``.
package protocol WholeDatabase: Records {
  /// The live tables, this engine's own bookkeeping among them.
  func tables() throws -> [TableShape]

  /// Runs one writing statement; the number of rows it changed.
  @discardableResult
  func run(_ sql: SQL) throws -> Int

  /// What stands between the columns and the values of an INSERT that brings the values of generated columns along.
  var bringingGenerated: String { get }

  /// Puts counters of generated columns behind the highest value there is.
  func settleCounters() throws

  /// From the commit on this database takes no audit entry, and so no act: it was moved away.
  func endHere() throws

  /// Whether ``endHere()`` was committed.
  func hasEnded() throws -> Bool
}
