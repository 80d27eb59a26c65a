import Outgoing
import Primitives
import Vault

/// What all businesses of a process share.
struct SharedServices {
  let clock: any TimeSource
  let hasher = PasswordHasher()
  let courier = Courier()

  init(clock: any TimeSource = SystemClock()) { self.clock = clock }
}
