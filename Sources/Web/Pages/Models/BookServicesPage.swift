/// What can be booked here.
package struct BookServicesPage: PageModel {
  package static let template = "book/services"

  let layout: Layout
  /// "Repairs at your home in Vilnius"; nil when the business says nothing.
  let tagline: String?
  let categories: [Category]
  /// Where customers see what they have booked.
  let ownURL: String?

  struct Category: Sendable, Codable {
    /// Nil for services without a category.
    let name: String?
    let services: [Service]
  }

  struct Service: Sendable, Codable {
    let name: String
    let url: String
    let description: String?
    /// "45 minutes", or "45 or 90 minutes".
    let length: String
    /// "€60".
    let price: String?
    /// "at your home", "at our workshop", "by phone".
    let place: String
    /// "a class of up to 3".
    let group: String?
  }
}
