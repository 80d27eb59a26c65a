package import People

/// The lists that passwords are compared with: the one that comes with the program, and the server's own if it has one.
package struct PasswordLists: Sendable {
  package let blocklist: Blocklist
  package let breached: BreachedPasswords?

  /// - Throws: ``BlocklistFault`` when the program's own list is missing or damaged; nothing may be served then.
  package init(breached: BreachedPasswords? = nil) throws(BlocklistFault) {
    blocklist = try Blocklist.shipped()
    self.breached = breached
  }
}
