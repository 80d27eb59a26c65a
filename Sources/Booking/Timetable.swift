package import Primitives

/// A business prepared for questions about time: zones resolved, rules in the order they are needed.
///
/// Made once for each version of the business file and shared; every answer is a pure function of the
/// question, the ``Agenda`` handed in and `now`. What names a service, person or location the business does
/// not have is never offered (the business file refuses such names).
package struct Timetable: Sendable {
  package let business: Business
  /// In the order of the business file, as are `rotas` and `services`.
  let places: [PreparedPlace]
  let rotas: [Rota]
  let services: [PreparedService]
  private let placeIndex: [Slug: Int]
  private let staffIndex: [Slug: Int]
  private let serviceIndex: [Slug: Int]

  /// The longest a booking may occupy, buffers included. Overlap queries look no further back than this;
  /// durations beyond it are refused by the business file, and here are not a choice.
  package static let longestOccupied = Int.hours(48)
  /// The longest span one question may have: 62 civil days, whatever the clocks do.
  package static let longestSpan = Int.days(63)

  /// - Throws: the fault of the first location whose zone cannot be read.
  package init(_ business: Business, zones: ZoneLibrary) throws(ZoneFault) {
    var places: [PreparedPlace] = []
    for location in business.locations {
      places.append(PreparedPlace(location, zone: try zones.zone(named: location.zone)))
    }
    let placeIndex = Self.index(business.locations.map(\.id))
    self.business = business
    self.places = places
    self.placeIndex = placeIndex
    staffIndex = Self.index(business.staff.map(\.id))
    serviceIndex = Self.index(business.services.map(\.id))
    rotas = business.staff.map { Rota($0, placeIndex: placeIndex) }
    services = business.services.map { service in
      PreparedService(
        service,
        places: service.locations.isEmpty
          ? Array(places.indices) : service.locations.compactMap { placeIndex[$0] }.sorted(),
        staff: business.staff.indices.filter { business.staff[$0].services.contains(service.id) }
      )
    }
  }

  package func service(_ id: Slug) -> Service? { serviceIndex[id].map { business.services[$0] } }
  package func staffMember(_ id: Slug) -> StaffMember? { staffIndex[id].map { business.staff[$0] } }
  package func location(_ id: Slug) -> Location? { placeIndex[id].map { business.locations[$0] } }
  package func zone(of location: Slug) -> Zone? { placeIndex[location].map { places[$0].zone } }

  /// Who may be booked for this service, in the order of the business file.
  package func staff(serving service: Slug) -> [Slug] {
    serviceIndex[service].map { services[$0].staff.map { business.staff[$0].id } } ?? []
  }

  func index(ofService id: Slug) -> Int? { serviceIndex[id] }
  func index(ofStaff id: Slug) -> Int? { staffIndex[id] }
  func index(ofPlace id: Slug) -> Int? { placeIndex[id] }

  private static func index(_ ids: [Slug]) -> [Slug: Int] {
    Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
  }
}

struct PreparedPlace: Sendable {
  let id: Slug
  let zone: Zone
  /// Day numbers, ascending.
  private let holidays: [Int]

  init(_ location: Location, zone: Zone) {
    id = location.id
    self.zone = zone
    holidays = location.holidays.map(\.day.number).sorted()
  }

  func isHoliday(_ day: Int) -> Bool {
    var low = 0
    var high = holidays.count
    while low < high {
      let middle = (low + high) >> 1
      if holidays[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low < holidays.count && holidays[low] == day
  }
}

/// Lengths in seconds.
struct PreparedService: Sendable {
  let service: Service
  let before: Int
  let after: Int
  let notice: Int
  let places: [Int]
  let staff: [Int]

  init(_ service: Service, places: [Int], staff: [Int]) {
    self.service = service
    before = .minutes(max(0, service.before))
    after = .minutes(max(0, service.after))
    notice = .minutes(max(0, service.notice))
    self.places = places
    self.staff = staff
  }

  /// The service's own step, or what one booking occupies, rounded up to 5 minutes.
  func step(for duration: Int) -> Int {
    if let step = service.step { return .minutes(max(1, step)) }
    return (before + duration + after + 299) / 300 * 300
  }
}
