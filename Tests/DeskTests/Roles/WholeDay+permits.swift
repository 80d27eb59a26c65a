import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

extension Shop {
  /// What owners do about who may what, each thing once; reasons hold words that no entry may.
  func permitsDay() async throws {
    let reason = "Rasa at Tilto waits behind the green one"
    let (ona, tadas) = (try await person("ona"), try await person("tadas"))
    let booked = try await book(at: try at(0, "12:00"), with: "milda").booking.id
    _ = try await desk.openReview(by: ona)
    try await desk.answerReview(.keep, of: try slug("milda"), by: ona)
    _ = try await desk.openMoney(of: try day("2026-11-23"), by: ona)
    _ = try await desk.listAccess(to: booked, by: ona)
    _ = try await desk.openRecord(by: ona)
    try await desk.plantDecoy(name: "Marius Petrauskas", phone: "", by: ona)
    for decoy in try await desk.openDecoys(by: ona) { try await desk.removeDecoy(decoy.id, by: ona) }

    let given = try await desk.askLeave("contacts", minutes: 60, because: reason, by: tadas)
    _ = try await desk.pendingLeaves(by: ona)
    try await desk.giveLeave(given, minutes: 30, by: ona)
    try await desk.endLeave(given, by: ona)
    let declined = try await desk.askLeave("contacts", minutes: 60, because: reason, by: tadas)
    try await desk.declineLeave(declined, by: ona)
    let emergency = try await desk.openEmergency(because: reason, by: tadas)
    clock.move(.minutes(31))
    try await desk.reviewEmergency(emergency, as: "in-order", note: reason, by: try await person("ona"))
    try await rolesDay()
  }

  private func rolesDay() async throws {
    let ona = try await person("ona")
    let (role, _) = try await desk.saveRole(kaunasDesk(), as: nil, version: nil, by: ona)
    _ = try await desk.listRoles(by: ona)
    _ = try await desk.giveRole(try grant("milda", role), version: nil, by: ona)
    _ = try await desk.giveRole(try grant("milda", .technician), version: nil, by: ona)
    try await desk.removeRole(role, version: nil, by: ona)
    let form = PersonForm(
      name: "Marius Petrauskas",
      email: "marius@example.com",
      mailboxReason: nil,
      role: .technician
    )
    _ = try await desk.addPerson(form, by: ona)

    let (rita, tadas) = (try await person("rita"), try await person("tadas"))
    _ = try await desk.listApprovals(by: rita)
    // Rules are P0: only who may not read them leaves an entry.
    _ = try await refusal { try await desk.listApprovals(by: tadas) }
    _ = try await refusal { try await desk.listRoles(by: tadas) }
    for settle in [desk.approve, desk.refuseApproval] {
      let approval = try await raise("jonas")
      _ = try await settle(approval.id, try await person("rita"))
      _ = try await desk.giveRole(
        try grant("jonas", .administrator),
        version: nil,
        by: try await person("ona")
      )
    }
    try await desk.withdrawApproval(try await raise("jonas").id, by: try await person("ona"))
    _ = try await raise("jonas")
    clock.move(.hours(1) + 1)
    try await desk.runApprovals()
    try await bulkDay()
  }

  /// All customers in one file, and those of long ago erased.
  private func bulkDay() async throws {
    let (ona, rita) = (try await person("ona"), try await person("rita"))
    let file = try await desk.askExport(for: .other, details: true, by: ona)
    _ = try await desk.openExports(by: ona)
    try await desk.approve(file.id, by: rita)
    try await desk.exportCustomers(file.id, by: ona).read { _ in }
    clock.move(.days(20))
    let business = try await desk.timetable().business
    let today = try desk.today(business)
    guard let erasure = try await desk.previewErasure(keeping: today, by: ona).erasure, erasure.count > 0
    else { return }
    let asked = try await desk.askErasure(
      keeping: today,
      count: erasure.count,
      by: try await person("ona")
    )
    try await desk.approve(asked.id, by: try await person("rita"))
    while try await desk.destroyErasedKeys() > 0 {}
  }
}
