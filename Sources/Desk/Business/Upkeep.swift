import Audit
import People
import Primitives
import Storage
import Vault

extension Desk {
  /// One shared entry for strangers of one network that were throttled in one minute; the network itself is not in it.
  package func recordThrottling() async throws {
    do {
      try await refuse(.visitorsThrottled, by: .stranger(network: ""), for: .upkeep, Refusal(.tooMany))
    } catch is Refusal {}
  }
}

extension House {
  /// Whether a fault means that nothing can be stored or read now, so that the answer is 503.
  package static func isAway(_ fault: any Error) -> Bool {
    if case StorageFault.away = fault { return true }
    return false
  }

  /// A fault's kind for the log: its type and case, never a value of a person.
  package static func kind(of fault: any Error) -> String {
    switch fault {
    case let fault as StorageFault: "storage \(fault)"
    case let fault as VaultFault: "vault \(fault)"
    case let fault as UnwritableMessage: "\(fault)"
    default: String(describing: type(of: fault))
    }
  }
}
