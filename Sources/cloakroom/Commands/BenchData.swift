import ArgumentParser
import Audit
import Booking
import Desk
import Foundation
import Primitives
import Storage
import Vault

/// Fills a folder for `make bench`: 5 people, 20 services, so many past and coming bookings and customers.
struct BenchData: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench-data",
    abstract: "Fills a new folder with invented bookings for measuring.",
    shouldDisplay: false
  )

  @OptionGroup var place: PlaceOptions
  @Option(help: "A new file for the root key; for SQLite root.key in the folder when left out.") var rootKey:
    String?
  @Option(help: "Bookings of the past.") var past = 20_000
  @Option(help: "Bookings to come, over the next 28 days.") var coming = 1_000
  @Option(help: "Customers in all.") var customers = 100_000

  func run() async throws {
    let stores = try place.stores()
    guard try await stores.businesses().isEmpty else {
      throw Complaint("\(stores.place) holds a business already.")
    }
    guard let keyFile = rootKey ?? stores.folder.map({ $0 + "/root.key" }) else {
      throw Complaint("Name a new file for the root key with --root-key.")
    }
    let root = RootKey.generate()
    try RootKeyFile(named: keyFile).write(root)
    let business = BenchBusiness.business
    let services = SharedServices()
    try await stores.create(business.id, root: root, clock: services.clock)
    _ = try await stores.with(business.id, root: root, address: "http://localhost:8080", services: services) {
      desk in
      try await desk.apply(business, emails: BenchBusiness.emails, by: .commandLine)
    }
    try await fill(stores, business, root, services)
  }

  private func fill(
    _ stores: any BusinessStores,
    _ business: Business,
    _ root: RootKey,
    _ services: SharedServices
  ) async throws {
    let keyStore = try await stores.openKeys(business.id)
    let ring = try await stores.ring(of: business.id, in: keyStore, root: root)
    let store = try await stores.openData(business.id, checkpoint: ring.checkpointMaker)
    let rows = BenchRows(
      business: business,
      ring: ring,
      now: services.clock.now(),
      past: past,
      coming: coming
    )
    for first in stride(from: 0, to: customers, by: 1_000) {
      let numbers = first..<min(first + 1_000, customers)
      let made = try numbers.map { try rows.row($0) }
      try await keyStore.change { changes in
        try changes.addBlanks(made.map(\.keys), takenAt: rows.now)
      }
      try await store.change { changes in
        for row in made { try row.add(to: changes) }
      }
    }
    try store.close()
    try keyStore.close()
  }
}

/// Five people who work 09:00-17:00 every day and offer twenty services of 30 to 60 minutes.
enum BenchBusiness {
  static let emails = Dictionary(
    uniqueKeysWithValues: (1...5).compactMap { number in
      Slug("person-\(number)").map { ($0, "person-\(number)@example.test") }
    }
  )

  static var business: Business {
    let slugs = (1...20).compactMap { Slug("service-\($0)") }
    let place = Slug("workshop") ?? slugs[0]
    let hours = HourRange(start: 540, end: 1_020).map {
      [WeeklyHours(days: Weekday.allCases, hours: $0, breaks: [], location: place, fortnightFrom: nil)]
    }
    return Business(
      id: Slug("bench") ?? place,
      name: "Bench",
      locale: "en",
      currency: "EUR",
      policy: Policy(cancelNotice: 1_440, rescheduleNotice: 1_440, reminder: 1_440),
      locations: [Location(id: place, name: "Workshop", address: nil, zone: "Europe/Vilnius", holidays: [])],
      staff: emails.keys.sorted().enumerated().map { position, id in
        StaffMember(
          id: id,
          name: "Person \(position + 1)",
          role: position == 0 ? .owner : .technician,
          services: slugs,
          hours: hours ?? [],
          overrides: [],
          limits: .none
        )
      },
      services: slugs.enumerated().map { position, id in
        Service(
          id: id,
          name: "Service \(position + 1)",
          category: nil,
          description: nil,
          durations: [30 + position % 3 * 15],
          before: 0,
          after: position % 3 * 5,
          step: nil,
          offers: .grid,
          capacity: 1,
          place: .location,
          locations: [],
          price: nil,
          colour: nil,
          hidden: false,
          notice: 60,
          window: .rolling(days: 1_500),
          limits: .none,
          customerLimits: .none,
          questions: []
        )
      },
      contact: PublicContact(email: nil, phone: nil)
    )
  }
}

/// What one customer comes to in the two databases.
struct BenchRow: Sendable {
  let keys: WrappedSubjectKeys
  let contact: ContactRecord
  let indexes: ContactIndexes
  let visit: (sitting: Sitting, booking: BookingRecord)?
  let entry: [UInt8]

  func add(to changes: any Changes) throws {
    try changes.add(contact, indexes: indexes)
    guard let visit else { return }
    try changes.occupy(visit.sitting)
    try changes.add(visit.booking, idempotency: nil, requestHash: nil)
    try changes.record(entry)
  }
}

/// Makes the rows: the first customers have the past bookings, the next the coming ones, the rest none any more.
struct BenchRows: Sendable {
  let business: Business
  let ring: KeyRing
  let now: Instant
  let past: Int
  let coming: Int

  private static let perDay = 12

  func row(_ number: Int) throws -> BenchRow {
    let wrapped = try ring.makeSubjectKeys(for: Identifier(at: now))
    let keys = try ring.open(wrapped)
    let email = "customer-\(number)@example.test"
    let phone = "+370600\(padded(number, 6))"
    func seal(_ text: String, _ column: String) throws -> Sealed {
      try keys.seal(
        text,
        at: Cell(table: "contact", column: column, row: keys.subject, rowVersion: 1, class: .p1)
      )
    }
    let contact = ContactRecord(
      subject: keys.subject,
      rowVersion: 1,
      name: try seal("Rasa Number \(number)", "name"),
      email: try seal(email, "email"),
      phone: try seal(phone, "phone"),
      address: nil,
      answers: nil,
      answersUntil: nil,
      madeAt: now,
      confirmedAt: now
    )
    let visit = visit(number, keys.subject)
    let entry = AuditEntry(
      act: ActName.bookingMade.rawValue,
      actor: .commandLine,
      at: now,
      outcome: .done,
      purpose: .booking,
      records: visit.map { ["booking/\($0.booking.id)", "subject/\(keys.subject)"] } ?? []
    )
    return BenchRow(
      keys: wrapped,
      contact: contact,
      indexes: ContactIndexes(
        email: ring.blindIndex(Normalised.email(email), table: "contact", column: "email"),
        phone: ring.blindIndex(Normalised.phone(phone), table: "contact", column: "phone")
      ),
      visit: visit,
      entry: entry.canonicalBytes
    )
  }

  /// Twelve a day and person: the past backwards from yesterday, the coming forwards from tomorrow, 40 minutes apart.
  private func visit(_ number: Int, _ subject: Identifier) -> (sitting: Sitting, booking: BookingRecord)? {
    guard number < past + coming else { return nil }
    let position = number < past ? number : number - past
    let staff = business.staff[position % business.staff.count]
    let place = position / business.staff.count
    let away = place / BenchRows.perDay + 1
    let today = Instant(seconds: now.seconds / 86_400 * 86_400)
    let day = number < past ? today - .days(away) : today + .days(away)
    let start = day + .hours(7) + place % BenchRows.perDay * .minutes(40)
    let service = business.services[position % business.services.count]
    guard let served = Interval(start: start, end: start + .minutes(15)) else { return nil }
    let sitting = Sitting(
      id: Identifier(at: now),
      staff: staff.id,
      service: service.id,
      served: served,
      occupied: served,
      capacity: 1,
      taken: 1
    )
    let booking = BookingRecord(
      id: Identifier(at: now),
      subject: subject,
      service: service.id,
      staff: staff.id,
      location: business.locations[0].id,
      served: served,
      sitting: sitting.id,
      seat: 1,
      state: number < past ? .done : .booked,
      version: 1,
      linkVersion: 1,
      staffNamed: true,
      madeBy: .staff,
      visitorZone: "Europe/Vilnius",
      madeAt: now
    )
    return (sitting, booking)
  }
}
