import Booking
import Primitives
import Storage

extension Desk {
  /// What the record knows of somebody's bookings and of what was handed in with them, for that customer: the newest first,
  /// at most ``mostLooks``. That the customers themselves looked is left out.
  func recordEntries(about customer: CustomerRows) async throws -> [RecordEntry] {
    try await completeIndex()
    let names =
      customer.contacts.map { "subject/\($0.subject)" }
      + customer.visits.compactMap(\.0).map { "booking/\($0.id)" }
    return try await store.read { records in
      let looks = try records.auditEntries(
        naming: names,
        looks: true,
        except: RecordParty.customer.text,
        atMost: Desk.mostLooks
      )
      let changes = try records.auditEntries(naming: names, looks: false, atMost: Desk.mostLooks)
      let newest = (looks + changes).sorted { $0.seq > $1.seq }
      let told = try records.read(newest).filter { $0.refusal == nil && $0.name?.isOnTheWay != true }
      return Array(told.prefix(Desk.mostLooks))
    }
  }
}
