package import Primitives

/// A mail address and the name shown with it; the name may be empty.
package struct Mailbox: Hashable, Sendable {
  package var name: String
  package var address: EmailAddress

  package init(name: String, address: EmailAddress) {
    self.name = name
    self.address = address
  }
}
