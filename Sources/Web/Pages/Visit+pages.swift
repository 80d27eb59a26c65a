import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension Visit {
  /// Answers with a page.
  ///
  /// `personal`: whether it may hold anything about a person; such a page is kept nowhere.
  func page(_ model: some PageModel, status: HTTPResponse.Status = .ok, personal: Bool = true) throws
    -> Response
  {
    try web.page(model, status: status, personal: personal)
  }

  /// What surrounds a public page of a business.
  ///
  /// `csrf`: what the forms of a customer who has proved their address carry.
  func layout(_ business: Business, title: String, hasErrors: Bool = false, csrf: String? = nil) -> Layout {
    Layout(
      lang: PageLanguage.of(business.locale),
      title: (hasErrors ? "Problem: " : "") + title + " · " + business.name,
      businessName: business.name,
      homeURL: "/book/\(business.id)",
      trustURL: "/trust/\(business.id)",
      contact: PublicLayout.contact(business.contact),
      assets: web.look.assets,
      staff: nil,
      csrf: csrf
    )
  }
}

enum PublicLayout {
  /// Nil when the business shows neither.
  static func contact(_ contact: PublicContact) -> Layout.Contact? {
    guard contact.phone != nil || contact.email != nil else { return nil }
    return Layout.Contact(phone: PageWords.phone(contact.phone), email: contact.email)
  }
}

/// The pages are written in English; a page may not claim another language to a screen reader.
enum PageLanguage {
  static func of(_ locale: String) -> String {
    locale == "en" || locale.hasPrefix("en-") ? locale : "en"
  }
}

extension WebHouse {
  func page(_ model: some PageModel, status: HTTPResponse.Status, personal: Bool) throws -> Response {
    var response = Response(
      status: status,
      headers: [.contentType: "text/html; charset=utf-8"],
      body: .init(byteBuffer: try look.render(model))
    )
    response.headers[.cacheControl] = personal ? "no-store" : "no-cache"
    return response
  }
}
