/// What surrounds every page.
package struct Layout: Sendable, Codable {
  /// BCP 47, for `<html lang>`.
  let lang: String
  /// Whole text of `<title>`; begins with "Problem: " when the page shows errors.
  let title: String
  let businessName: String
  /// Where the business's name leads: its booking page, or the staff's first page.
  let homeURL: String
  /// How the business looks after data; nil on pages of no business in particular and for staff.
  var trustURL: String? = nil
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
    let again: String
    let fragment: String
    let leave: String
    let lock: String
    let once: String
    let passkey: String
    let print: String
    let zone: String
  }

  struct StaffBar: Sendable, Codable {
    /// "Ona".
    let name: String
    /// "owner".
    let role: String
    let accountURL: String
    let isAccount: Bool
    let signOutURL: String
    /// Nil on pages that ask for the proof themselves.
    let lock: Lock?
    /// What this person may open, in this order: Day, Week, and so on to More access.
    let links: [Link]
    /// Nil while they see what their role shows.
    var extra: Extra? = nil
  }

  /// Leave for a time that is open.
  struct Extra: Sendable, Codable {
    /// "You see more than usual until 14:30."
    let text: String
    let backURL: String
    /// Where the page asks whether each is still open, with a space between.
    let leaveURLs: String
    let goOnURL: String
  }

  /// What covers the page when nobody has touched it for a while.
  struct Lock: Sendable, Codable {
    let url: String
    /// Says whether the session still stands.
    let standing: String
    /// Where a page goes whose session was ended.
    let ended: String
    /// Seconds.
    let after: String
    /// The page to come back to without scripts; nil for one that was the answer to a form.
    let here: String?
    let proof: ProofForm
    /// Nothing: what the page carries belongs to its own forms.
    let carried: [Hidden]
  }

  struct Link: Sendable, Codable {
    let label: String
    let url: String
    let isCurrent: Bool
  }
}
