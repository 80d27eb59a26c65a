import Audit
import Booking
import People
package import Primitives
import Storage

/// What was earned in a month: counts and sums by the prices of today, and nobody's name.
package struct MoneyView: Sendable {
  /// In minor units of the business's currency.
  package struct Sum: Sendable, Hashable {
    package var visits = 0
    package var amount = 0
    /// Visits of services without a price.
    package var unpriced = 0
  }

  package struct ServiceSum: Sendable {
    package let service: Slug
    package let name: String
    package let price: Int?
    package let done: Sum
    package let coming: Sum
  }

  /// The first of the month.
  package let month: CivilDay
  package let services: [ServiceSum]
  /// What was done on each day of the month, in order.
  package let days: [(day: CivilDay, done: Sum)]
  package let done: Sum
  /// Booked and not marked yet.
  package let coming: Sum
  package let noShows: Int
}

extension Desk {
  /// Adds up a month, of the places and people whose money may be seen; recorded before it returns.
  ///
  /// Two statements; no contact is fetched.
  package func openMoney(of day: CivilDay, by person: StaffPerson) async throws -> MoneyView {
    let extent = try await requireReach(.viewMoney, by: person, .moneyOpened, for: .administration)
    let timetable = try await timetable()
    let business = timetable.business
    let now = clock.now()
    let month = day.startOfMonth
    let next = (month + 31).startOfMonth
    guard let zone = timetable.homeZone(of: nil),
      let span = Interval(start: zone.startOfDay(month), end: zone.startOfDay(next))
    else { try await refuse(.moneyOpened, by: person.actor, for: .administration, Refusal(.unknown)) }
    let bookings = try await readAndRecord(.moneyOpened, by: person.actor, for: .administration) {
      records,
      detail -> [BookingRecord]? in
      // Also of those who are no longer in the business file.
      let staff = try records.staffAccounts().map(\.id)
      let found = try records.bookings(staff: staff, over: span).filter { booking in
        span.contains(booking.served.start) && extent.contains(Target(booking))
      }
      detail.fields = ["price"]
      detail.count = found.count
      detail.name(person.holder.leaves(widening: .viewMoney, now: now))
      return found
    }
    var byService: [Slug: (done: MoneyView.Sum, coming: MoneyView.Sum)] = [:]
    var byDay: [CivilDay: MoneyView.Sum] = [:]
    for booking in bookings ?? [] {
      let price = business.service(booking.service)?.price
      let visitDay = (timetable.zone(of: booking.location) ?? zone).day(at: booking.served.start)
      switch booking.state {
      case .done:
        byService[booking.service, default: (.init(), .init())].done.add(price)
        byDay[visitDay, default: .init()].add(price)
      case .booked, .arrived: byService[booking.service, default: (.init(), .init())].coming.add(price)
      case .noShow, .cancelled: break
      }
    }
    let known = business.services.map(\.id)
    let order = known + byService.keys.filter { !known.contains($0) }.sorted()
    return MoneyView(
      month: month,
      services: order.compactMap { id in
        byService[id].map { sums in
          let service = business.service(id)
          return MoneyView.ServiceSum(
            service: id,
            name: service?.name ?? id.text,
            price: service?.price,
            done: sums.done,
            coming: sums.coming
          )
        }
      },
      days: (0..<(next - month)).map { (month + $0, byDay[month + $0] ?? .init()) },
      done: byService.values.reduce(.init()) { $0.adding($1.done) },
      coming: byService.values.reduce(.init()) { $0.adding($1.coming) },
      noShows: (bookings ?? []).filter { $0.state == .noShow }.count
    )
  }
}

extension MoneyView.Sum {
  fileprivate mutating func add(_ price: Int?) {
    visits += 1
    amount += price ?? 0
    if price == nil { unpriced += 1 }
  }

  fileprivate func adding(_ other: MoneyView.Sum) -> MoneyView.Sum {
    MoneyView.Sum(
      visits: visits + other.visits,
      amount: amount + other.amount,
      unpriced: unpriced + other.unpriced
    )
  }
}
