import Primitives
import Storage

/// The two databases of one business, each on a connection of its own.
struct WholeBusiness {
  let keys: any WholeStore
  let data: any WholeStore

  func close() {
    data.close()
    keys.close()
  }
}

/// An empty place for one business that no server sees until it is whole.
protocol Room: Sendable {
  /// Whether an earlier move into this place was interrupted; what it left behind is gone.
  var replaced: Bool { get }

  func open() throws -> WholeBusiness

  /// From now on the business is served from here. One step: it happened, or it did not.
  func reveal() throws

  /// Removes the room and what is in it.
  func discard()
}

/// What else an engine can do, so that businesses move from and to it.
protocol MovingPlaces: Sendable {
  /// Whether a business was moved away from here and takes no more changes.
  func hasEnded(_ business: Slug) async throws -> Bool

  /// A business as it is, without bringing its schema up to date.
  func openWhole(_ business: Slug) throws -> WholeBusiness

  /// - Throws: a ``Complaint`` when the business is here already.
  func makeRoom(for business: Slug) async throws -> any Room

  /// After its end was committed here: no server finds the business any more.
  ///
  /// - Returns: where the old copy lies and how to be rid of it, in a sentence.
  func putAway(_ business: Slug) throws -> String
}
