/// Not found, refused, or our fault.
package struct ProblemPage: PageModel {
  package static let template = "problem"

  let layout: Layout
  let heading: String
  let paragraphs: [String]
  /// What the log calls it; only for faults.
  let reference: String?
  let links: [LinkOption]
}
