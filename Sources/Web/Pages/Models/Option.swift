/// One choice in a select, a group of radios or a row of links.
package struct Option: Sendable, Codable {
  let value: String
  let label: String
  let isChosen: Bool
}

/// One choice that is a link.
package struct LinkOption: Sendable, Codable {
  let label: String
  let url: String
  let isChosen: Bool
}

/// A named row of links: who, how long, where.
package struct Chooser: Sendable, Codable {
  let heading: String
  let options: [LinkOption]
}

/// A value that a form carries along unseen.
package struct Hidden: Sendable, Codable {
  let name: String
  let value: String
}
