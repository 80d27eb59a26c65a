import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

/// The pages for everybody: choosing, booking, and looking after one's own booking.
///
/// Each handler is one route.
/// They work without scripts; nothing is changed by GET.
enum PublicPages {
  /// `GET /`: one business leads to its booking page.
  ///
  /// Of several none is named, since who uses this server is nobody's business.
  @Sendable static func home(_ visit: Visit) async throws -> Response {
    let isClaimed = try await visit.web.setUp.isClaimed()
    let businesses = isClaimed ? try await visit.web.house.businesses() : []
    if businesses.count == 1, let only = businesses.first {
      return Response(status: .seeOther, headers: [.location: "/book/\(only)", .cacheControl: "no-cache"])
    }
    let text =
      businesses.isEmpty
      ? "Nothing can be booked here yet."
      : "Each business has its own address here. Please use the link it gave you."
    let page = NoticePage(
      layout: visit.web.layout(title: "Cloakroom"),
      heading: "Appointments, looked after",
      paragraphs: [text],
      links: []
    )
    return try visit.page(page, personal: false)
  }

  /// `GET /assets/{name}`: names hold their content's fingerprint, so that they may be kept for ever.
  @Sendable static func asset(_ visit: Visit) async throws -> Response {
    guard let asset = visit.web.look.asset(visit.parameter("name") ?? "") else { throw Refusal(.unknown) }
    return Response(
      status: .ok,
      headers: [.contentType: asset.contentType, .cacheControl: "public, max-age=31536000, immutable"],
      body: .init(byteBuffer: asset.bytes)
    )
  }

  /// `GET /book/{business}`: services; with `service` its days and times; with `start` the form for the
  /// details. An old link that names a person or a place no longer offered leads to what is left.
  @Sendable static func book(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    let timetable = try await desk.timetable()
    let query = visit.query
    guard query.filled("service") != nil else { return try services(visit, timetable) }
    let choice: BookingChoice
    do {
      choice = try BookingChoice(query, timetable)
    } catch let refusal as Refusal {
      guard let left = BookingChoice.left(of: query, timetable) else { throw refusal }
      return Response(
        status: .seeOther,
        headers: [.location: left.url(day: left.day), .cacheControl: "no-cache"]
      )
    }
    guard let start = query.filled("start") else { return try await times(visit, desk, choice) }
    guard let start = Instant(rfc3339: start) else { throw Refusal.invalid("start", .notATime) }
    return try await details(visit, desk, choice, start)
  }
}
