/// The box above a form that names what is wrong and leads to each field.
package struct ErrorSummary: Sendable, Codable {
  let items: [Item]

  struct Item: Sendable, Codable {
    let message: String
    /// `#` and the field's id; fixed fields have their form name as id.
    let target: String
  }
}
