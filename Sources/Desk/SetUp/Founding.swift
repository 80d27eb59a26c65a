package import Primitives

/// How a place for a new business is made; given by whoever knows the store.
package struct Founding: Sendable {
  /// Runs `body` while nobody else founds a business in the same store, other processes included.
  let alone: @Sendable (_ body: @escaping @Sendable () async throws -> String) async throws -> String
  /// Makes the place with its keys; one that was half made is finished.
  let make: @Sendable (Slug) async throws -> Void

  package init(
    alone: @escaping @Sendable (_ body: @escaping @Sendable () async throws -> String) async throws -> String,
    make: @escaping @Sendable (Slug) async throws -> Void
  ) {
    self.alone = alone
    self.make = make
  }
}
