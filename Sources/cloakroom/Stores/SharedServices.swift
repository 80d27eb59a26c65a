import Desk
import Outgoing
import Primitives
import Vault

/// What all businesses of a process share.
struct SharedServices {
  let clock: any TimeSource
  let hasher = PasswordHasher()
  let courier = Courier()
  /// Nil: the list of passwords that comes with the program, alone.
  let passwords: PasswordLists?

  init(clock: any TimeSource = SystemClock(), passwords: PasswordLists? = nil) {
    self.clock = clock
    self.passwords = passwords
  }
}
