import Desk
import Primitives
import Storage
import Vault

extension BusinessStores {
  /// How the set-up makes the place of its business here.
  func founding(root: RootKey, clock: any TimeSource) -> Founding {
    Founding(
      alone: { body in try await self.aloneFounding(body) },
      make: { business in
        try await self.create(business, root: root, clock: clock)
        // Only a business with both databases is found.
        try await self.openData(business, checkpoint: nil).close()
      }
    )
  }
}
