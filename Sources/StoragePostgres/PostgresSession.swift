import CPostgres
import Foundation
import Storage

/// What one thread needs to work on the database: a connection that is made when it is needed and made again when it
/// was lost.
final class PostgresSession {
  private let address: PostgresAddress
  private let limits: PostgresLimits
  private let outage: PostgresOutage
  private var connection: PostgresConnection?

  init(_ address: PostgresAddress, _ limits: PostgresLimits, _ outage: PostgresOutage) {
    self.address = address
    self.limits = limits
    self.outage = outage
  }

  /// Runs `once` until it succeeds or has failed for good.
  ///
  /// It is run again when its connection was lost before COMMIT was sent, within ``PostgresLimits/persisting`` of the
  /// beginning; when two acts waited for each other, a few times; and carefully, once, when a statement was refused whose
  /// answer nobody had waited for.
  ///
  /// - Throws: what `once` throws that is no ``PostgresConsequence``; ``StorageFault/away(_:)`` for the rest.
  func persist<Answer>(_ once: (PostgresConnection, _ isCareful: Bool) throws -> Answer) throws -> Answer {
    let begun = ContinuousClock.now
    var isCareful = false
    var (collisions, losses) = (0, 0)
    while true {
      do {
        return try once(try ready(), isCareful)
      } catch let complaint as PostgresComplaint {
        guard complaint.mayPass, isEarly(), !outage.hasLasted(limits.persisting) else {
          throw StorageFault.away(complaint.description)
        }
        Thread.sleep(forTimeInterval: 0.1)
      } catch let consequence as PostgresConsequence {
        try follow(consequence)
      } catch let failure as PostgresFailure {
        try follow(failure.consequence)
      }
    }

    func isEarly() -> Bool { begun.duration(to: .now) < limits.persisting }

    func follow(_ consequence: PostgresConsequence) throws {
      switch consequence {
      case .careful: isCareful = true
      case .again:
        collisions += 1
        guard collisions < 10, isEarly() else { throw StorageFault.away("too many at once") }
        Thread.sleep(forTimeInterval: .random(in: 0.001...0.01) * Double(collisions))
      case .lost(isCommitUnknown: true):
        leave()
        throw StorageFault.away("the connection was lost at COMMIT")
      case .lost, .stale:
        leave()
        losses += 1
        guard losses < 20, isEarly() else { throw StorageFault.away("the connection was lost") }
      case .fault(let fault): throw fault
      }
    }
  }

  func leave() { connection = nil }

  private func ready() throws -> PostgresConnection {
    if let connection {
      do {
        try connection.refresh()
        return connection
      } catch is PostgresFailure {
        leave()
      }
    }
    do {
      let made = try PostgresConnection.open(address, limits)
      connection = made
      outage.ended()
      return made
    } catch let complaint as PostgresComplaint {
      outage.began()
      throw complaint
    }
  }
}
