import Booking
import Hummingbird
import Primitives

extension PublicPages {
  /// What can be booked, by category, both in the order of the business file.
  static func services(_ visit: Visit, _ timetable: Timetable) throws -> Response {
    let business = timetable.business
    let offered = business.services.filter { !$0.hidden && !timetable.staff(serving: $0.id).isEmpty }
    var categories: [(name: String?, services: [BookServicesPage.Service])] = []
    for service in offered {
      let shown = BookServicesPage.Service(service, business)
      if let known = categories.firstIndex(where: { $0.name == service.category }) {
        categories[known].services.append(shown)
      } else {
        categories.append((service.category, [shown]))
      }
    }
    let page = BookServicesPage(
      layout: visit.layout(business, title: "Book"),
      tagline: nil,
      categories: categories.map { BookServicesPage.Category(name: $0.name, services: $0.services) },
      ownURL: "/my/\(business.id)"
    )
    return try visit.page(page, personal: false)
  }
}

extension BookServicesPage.Service {
  init(_ service: Service, _ business: Business) {
    let places = business.locations.filter { service.locations.isEmpty || service.locations.contains($0.id) }
    self.init(
      name: service.name,
      url: QueryText.url("/book/\(business.id)", [("service", service.id.text)]),
      description: service.description,
      length: PageWords.lengths(service.durations),
      price: service.price.map { PageWords.price($0, business.currency) },
      place: service.place == .location && places.count == 1
        ? places[0].name : PageWords.place(service, at: nil),
      group: service.capacity > 1 ? "class of up to \(service.capacity)" : nil
    )
  }
}
