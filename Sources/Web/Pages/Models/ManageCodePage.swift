/// Takes the code of a booking: from the address's fragment by a module, or typed.
package struct ManageCodePage: PageModel {
  package static let template = "manage/code"

  let layout: Layout
  let action: String
  let errors: ErrorSummary?
  let code: Field
}
