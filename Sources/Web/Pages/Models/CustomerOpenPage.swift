/// Takes the code of a link to one's own bookings: from the address's fragment by a module, or typed.
package struct CustomerOpenPage: PageModel {
  package static let template = "my/open"

  let layout: Layout
  let action: String
  /// Where one asks for another link.
  let askURL: String
}
