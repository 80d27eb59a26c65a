/// What surrounds every page.
package struct Layout: Sendable, Codable {
  /// BCP 47, for `<html lang>`.
  let lang: String
  /// Whole text of `<title>`; begins with "Problem: " when the page shows errors.
  let title: String
  let businessName: String
  /// Where the business's name leads: its booking page, or the staff's day.
  let homeURL: String
  /// The business's own, shown on public pages.
  let contact: Contact?
  let assets: Assets
  /// Nil on public pages and before signing in.
  let staff: StaffBar?
  /// Value of the hidden field `csrf`; nil on public pages.
  let csrf: String?

  struct Contact: Sendable, Codable {
    let phone: Phone?
    let email: String?
  }

  struct Phone: Sendable, Codable {
    /// As people write it.
    let text: String
    /// `tel:` and digits.
    let url: String
  }

  /// Addresses with content hashes.
  struct Assets: Sendable, Codable {
    let css: String
    let icon: String
    let js: Modules
  }

  struct Modules: Sendable, Codable {
    let fragment: String
    let once: String
    let zone: String
  }

  struct StaffBar: Sendable, Codable {
    /// "Ona, owner".
    let who: String
    let signOutURL: String
    /// What this person may open, in this order: Day, Week, New booking, Time off, Customers, People, Mail.
    let links: [Link]
  }

  struct Link: Sendable, Codable {
    let label: String
    let url: String
    let isCurrent: Bool
  }
}
