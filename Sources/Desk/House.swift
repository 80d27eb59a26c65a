package import Primitives
import Synchronization

/// All businesses of one server; each is opened when first asked for and kept open.
package final class House: Sendable {
  private let open: @Sendable (Slug) async throws -> Desk?
  private let list: @Sendable () async throws -> [Slug]
  private let desks = Mutex<[Slug: Task<Desk?, any Error>]>([:])
  /// Those that are open, so that a request need not wait on a task that has long ended.
  private let opened = Mutex<[Slug: Desk]>([:])

  /// - Parameters:
  ///   - list: the businesses that exist.
  ///   - open: opens one; nil when there is none of that name.
  package init(
    list: @escaping @Sendable () async throws -> [Slug],
    open: @escaping @Sendable (Slug) async throws -> Desk?
  ) {
    self.list = list
    self.open = open
  }

  package func businesses() async throws -> [Slug] { try await list() }

  package func desk(_ business: Slug) async throws -> Desk? {
    if let desk = opened.withLock({ $0[business] }) { return desk }
    let opening = desks.withLock { desks in
      if let opening = desks[business] { return opening }
      let opening = Task.detached { [open] in try await open(business) }
      desks[business] = opening
      return opening
    }
    let result = await opening.result
    if let desk = try? result.get() {
      opened.withLock { $0[business] = desk }
    } else {
      // Neither "no such business" nor a fault is remembered: the next request may find it.
      desks.withLock { $0[business] = nil }
    }
    return try result.get()
  }

  /// Checks that every business can be served. One that a broken-off set-up left without a description is passed over: the
  /// set-up finishes it.
  package func checkReady() async throws {
    for business in try await list() {
      guard let desk = try await desk(business), try await desk.isApplied() else { continue }
      try await desk.checkReady()
    }
  }

  package func openDesks() async -> [Desk] {
    var found: [Desk] = []
    for opening in desks.withLock({ Array($0.values) }) {
      if let desk = try? await opening.value { found.append(desk) }
    }
    return found
  }

  package func close() async throws {
    for desk in await openDesks() { try await desk.close() }
  }
}
