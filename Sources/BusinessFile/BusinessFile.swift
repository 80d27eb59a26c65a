package import Booking
package import Primitives

/// What a business file says: the business itself, and the e-mail addresses of its staff.
///
/// The addresses are P1 and stand apart, because they are sealed in the store while the business is not.
package struct BusinessFile: Hashable, Sendable {
  package var business: Business
  /// One address for each member of staff, by slug.
  package var emails: [Slug: String]
  /// Why an address is one that belongs to a role, by slug; where that was said.
  package var mailboxReasons: [Slug: String]

  package init(business: Business, emails: [Slug: String], mailboxReasons: [Slug: String] = [:]) {
    self.business = business
    self.emails = emails
    self.mailboxReasons = mailboxReasons
  }
}
