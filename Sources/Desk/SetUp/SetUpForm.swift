import Booking
import People
import Primitives

/// What whoever opens the set-up link hands in, as typed.
package struct SetUpForm: Sendable {
  /// The business's name.
  package var name: String?
  /// The short name its pages' addresses hold; empty: made from the name.
  package var slug: String?
  /// IANA name.
  package var zone: String?
  package var ownerName: String?
  package var email: String?
  /// Why the address is one that belongs to a role; needed for such an address alone.
  package var mailboxReason: String?

  package init(
    name: String?,
    slug: String?,
    zone: String?,
    ownerName: String?,
    email: String?,
    mailboxReason: String?
  ) {
    self.name = name
    self.slug = slug
    self.zone = zone
    self.ownerName = ownerName
    self.email = email
    self.mailboxReason = mailboxReason
  }
}

/// The same, found to be right.
struct CheckedSetUp: Sendable {
  let business: Business
  let owner: NewPerson

  /// - Throws: `.invalid` with every field that is wrong: `name`, `slug`, `zone`, `owner`, `email`, `mailbox-reason`.
  init(_ form: SetUpForm, zones: ZoneLibrary) throws(Refusal) {
    var check = FieldCheck()
    let name = check.line(form.name, at: "name", atMost: 80, required: true) ?? ""
    if WebAddress.isPresent(in: name) { check.add("name", .webAddress) }
    let wanted = check.line(form.slug, at: "slug", atMost: 40, required: false)
    let slug = wanted.map { Slug($0.lowercased()) } ?? Slug(spelling: name) ?? Slug("business")
    if slug == nil { check.add("slug", .notAChoice) }
    let zone = check.line(form.zone, at: "zone", atMost: 64, required: true)
    if let zone, (try? zones.zone(named: zone)) == nil { check.add("zone", .notAZone) }
    let owner = NewPerson(
      name: form.ownerName,
      email: form.email,
      mailboxReason: form.mailboxReason,
      namePath: "owner",
      &check
    )
    try check.finish()
    guard let slug, let zone, let owner, let place = Slug("main") else { throw Refusal(.invalid) }
    let id = try owner.id(besides: [])
    self.owner = owner
    business = Business(
      id: slug,
      name: name,
      locale: "en",
      currency: "EUR",
      policy: .usual,
      locations: [Location(id: place, name: name, address: nil, zone: zone, holidays: [])],
      staff: [StaffMember(idle: id, owner.name, .owner)],
      services: [],
      contact: PublicContact(email: nil, phone: nil)
    )
  }
}
