import Booking
import People
import Primitives
import Storage

extension Desk {
  /// What is unusual about a sign-in that is about to begin a session.
  func unusualSigns(
    of proof: RightProof,
    _ counted: CountedTry,
    _ client: Client,
    _ records: any Records,
    _ timetable: Timetable,
    _ now: Instant
  ) throws -> [UnusualSign] {
    let device = try knownDevice(of: proof.staff, client, records, now: now)
    let earlier = try records.sessions(of: proof.staff, since: now - UnusualSignIn.memory)
    let habits = SignInHabits(
      stays: earlier.map { ($0.startedAt, $0.seenAt) },
      networks: Set(earlier.map(\.network)),
      lastSeen: try records.lastSeen(proof.staff)
    )
    var failures = 0
    if let account = try records.addressIndex(of: proof.staff) {
      failures = try records.failures(of: account, on: device?.id, since: now - SignInThrottle.memory)
    }
    return UnusualSignIn.signs(
      habits: habits,
      isKnownDevice: device != nil,
      network: counted.network,
      // This very try was counted too.
      failuresBefore: counted.isPasskey ? failures : failures - 1,
      zone: timetable.homeZone(of: timetable.staffMember(proof.staff)),
      now: now
    )
  }
}
