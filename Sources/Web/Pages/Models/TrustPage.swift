/// How a business looks after what is entrusted to it, in plain sentences that its settings make true.
package struct TrustPage: PageModel {
  package static let template = "trust"

  let layout: Layout
  let sections: [Section]

  struct Section: Sendable, Codable {
    let heading: String
    let sentences: [String]
    /// What departs from a standard by the business's own choice.
    let deviation: String?
  }
}
