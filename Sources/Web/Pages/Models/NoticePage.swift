/// A heading and some sentences: the plain start page and other short messages.
package struct NoticePage: PageModel {
  package static let template = "notice"

  let layout: Layout
  let heading: String
  let paragraphs: [String]
  let links: [LinkOption]
}
