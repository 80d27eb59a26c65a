import Booking
import Primitives
import Storage
import Testing

@testable import Desk

/// The history of every booking (R15), and what customers see of it (R70).
@Suite(.serialized, .onEachEngine) struct HistoryTests {
  @Test func `changes by page, API, customer's link and command line name the right actor (R15)`()
    async throws
  {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    var page = try shop.request(at: try at(1, "10:00"), with: "tadas")
    page.channel = .page
    var byCommand = try shop.request(at: try at(3, "10:00"), with: "tadas")
    byCommand.channel = .staff
    let stranger = Actor.stranger(network: "192.0.2.0/24")
    let booked = try await shop.desk.bookSlot(page, by: stranger)
    let api = try await shop.book(at: try at(2, "10:00"), with: "tadas")
    let command = try await shop.desk.bookSlot(byCommand, by: .commandLine)
    _ = try await shop.desk.rescheduleManagedBooking(
      code: try shop.code(api),
      version: 1,
      start: try at(2, "14:00")
    )
    _ = try await shop.desk.cancelBooking(booked.booking.id, version: 1, by: ona)

    let first = try await shop.history(of: booked.booking.id, by: ona)
    #expect(first.changes.map(\.name) == [.bookingCancelled, .bookingMade])
    #expect(first.changes.map(\.party) == [.staff(ona.id), .stranger])
    #expect(first.changes.map(\.fields) == [["state"], ["email", "name", "phone"]])
    #expect(first.changes.map(\.device) == ["Firefox on Linux", nil])
    let second = try await shop.history(of: api.booking.id, by: ona)
    #expect(second.changes.map(\.name) == [.bookingRescheduled, .bookingMade])
    #expect(second.changes.map(\.actor) == [.customer(booking: api.booking.id), .stranger(network: "")])
    #expect(second.changes.first?.fields == ["start"])
    let third = try await shop.history(of: command.booking.id, by: ona)
    #expect(third.changes.map(\.party) == [.commandLine])
    // The numbers are those of the record itself.
    let entries = try await shop.entries()
    for change in first.changes + second.changes + third.changes {
      #expect(entries[change.number].act == change.act)
    }
  }

  @Test func `a change says from what to what, until its customer is erased (R15)`() async throws {
    let shop = try await Shop()
    let (ona, milda) = (try await shop.person("ona"), try await shop.person("milda"))
    let (first, then) = (try at(0, "10:00"), try at(2, "14:00"))
    let made = try await shop.book(at: first, with: "tadas").booking
    let other = try await shop.book(at: try at(1, "10:00"), with: "tadas", for: Cast.marius).booking
    _ = try await shop.desk.rescheduleBooking(
      made.id,
      version: 1,
      start: then,
      staff: milda.id,
      by: ona
    )
    _ = try? await shop.desk.rescheduleBooking(
      made.id,
      version: 1,
      start: try at(2, "15:00"),
      staff: nil,
      by: ona
    )
    _ = try await shop.desk.rescheduleBooking(
      other.id,
      version: 1,
      start: try at(3, "09:00"),
      staff: nil,
      by: ona
    )
    shop.clock.set(then)
    _ = try await shop.desk.markBooking(made.id, .noShow, version: 3, by: milda)
    _ = try await shop.desk.markBooking(made.id, .done, version: 4, by: milda)

    let history = try await shop.history(of: made.id, by: ona)
    let steps = history.changes.map { history.steps[$0.number] }
    #expect(steps.map { $0?.before.state } == [.noShow, .booked, nil, .booked, nil])
    #expect(steps.map { $0?.after.state } == [.done, .noShow, nil, .booked, nil])
    #expect(steps[3]?.before.staff.text == "tadas" && steps[3]?.after.staff.text == "milda")
    #expect(steps[3]?.before.start == first && steps[3]?.after.start == then)
    #expect(history.changes[2].refusal == .stale)

    // With whom it was before is told to nobody who could not have seen it there.
    let hers = try await shop.history(of: made.id, by: milda)
    #expect(hers.changes.map { hers.steps[$0.number] != nil } == [true, true, false, false, false])

    // Changed before any of this was kept: what is known stands with the newest, and nothing with the others.
    try await shop.tamper("DELETE FROM booking_before WHERE version < 4")
    let cut = try await shop.history(of: made.id, by: ona)
    #expect(cut.changes.map { cut.steps[$0.number]?.after.state } == [.done, nil, nil, nil, nil])
    // Changed since it was read: the page of it is an old one.
    let read = try #require(try await shop.raw.read { try $0.booking(made.id) })
    _ = try await shop.desk.markBooking(made.id, .booked, version: 5, by: milda)
    #expect(try await shop.desk.history(of: read, by: ona)?.steps == [:])
  }

  @Test func `looks are counted apart, tries stand among the changes, and a browser forgotten is unknown`()
    async throws
  {
    let shop = try await Shop()
    let (ona, tadas) = (try await shop.person("ona"), try await shop.person("tadas"))
    let id = try await shop.book(at: try at(0, "10:00"), with: "tadas").booking.id
    _ = try await shop.desk.openDay(try day("2026-11-23"), staff: nil, by: tadas)
    _ = try await shop.desk.revealContact(id, by: tadas)
    _ = try? await shop.desk.cancelBooking(id, version: 9, by: ona)
    var history = try await shop.history(of: id, by: ona)
    #expect(history.looks.map(\.name) == [.contactRevealed, .dayOpened] && history.lookCount == 2)
    #expect(history.changes.map(\.refusal) == [.stale, nil])
    #expect(history.looks.map(\.device) == ["Firefox on Linux", "Firefox on Linux"])
    try await shop.tamper("UPDATE device SET forgotten_at = seen_at WHERE staff = 'tadas'")
    history = try await shop.history(of: id, by: ona)
    #expect(history.looks.map(\.device) == [nil, nil] && history.changes.first?.device != nil)
    let booking = try #require(try await shop.raw.read { try $0.booking(id) })
    let milda = try await shop.person("milda")
    #expect(try await shop.desk.history(of: booking, by: milda) == nil, "not hers")
  }

  @Test func `customers see who looked, and not that they did themselves (R70)`() async throws {
    let shop = try await Shop()
    try await shop.sendMail(port: 2_525)
    let (ona, tadas) = (try await shop.person("ona"), try await shop.person("tadas"))
    let mine = try await shop.book(at: try at(0, "10:00"), with: "tadas").booking
    let others = try await shop.book(at: try at(0, "12:00"), with: "tadas", for: Cast.marius).booking
    _ = try await shop.desk.revealContact(mine.id, by: tadas)
    _ = try await shop.desk.revealContact(others.id, by: tadas)
    _ = try? await shop.desk.cancelBooking(mine.id, version: 9, by: ona)
    let customer = try await shop.customer("rasa@example.com")
    for _ in 0..<3 { _ = try await shop.desk.openOwnBookings(by: customer) }
    let record = try await shop.desk.openOwnBookings(by: customer).record
    let staff = record.filter { if case .staff = $0.party { true } else { false } }
    #expect(staff.map(\.name) == [.contactRevealed] && staff.first?.purpose == .visit)
    #expect(staff.first?.fields == ["email", "name", "phone"])
    #expect(record.contains { $0.name == .bookingMade })
    #expect(!record.contains { $0.name == .customerOpened || $0.refusal != nil })
    #expect(record.map(\.number) == record.map(\.number).sorted(by: >))
    #expect(!record.contains { $0.records.contains("booking/\(others.id)") })
  }

  @Test func `customers see 200 entries at most, the newest`() async throws {
    let shop = try await Shop()
    try await shop.sendMail(port: 2_525)
    let tadas = try await shop.person("tadas")
    let mine = try await shop.book(at: try at(0, "10:00"), with: "tadas").booking
    for _ in 0..<Desk.mostLooks { _ = try await shop.desk.revealContact(mine.id, by: tadas) }
    let customer = try await shop.customer("rasa@example.com")
    let record = try await shop.desk.openOwnBookings(by: customer).record
    #expect(record.count == Desk.mostLooks && !record.contains { $0.name == .bookingMade })
  }
}

extension Shop {
  func history(of id: Identifier, by person: StaffPerson) async throws -> BookingHistory {
    let booking = try #require(try await raw.read { try $0.booking(id) })
    return try #require(try await desk.history(of: booking, by: person))
  }
}
