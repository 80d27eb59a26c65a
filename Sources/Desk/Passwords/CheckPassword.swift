import Booking
import People
package import Primitives
import Storage
import Vault

extension Desk {
  /// What is wrong with a password somebody wants, or nil; the lists are asked, but not whether it is an old one.
  ///
  /// - Parameters:
  ///   - ownWords: the person's name and address; the business's name and their parts are added.
  ///   - hasSecondFactor: whether it is never enough alone.
  /// - Throws: `StorageFault.away` when the server's list of breached passwords cannot be read: nothing is set unchecked.
  package func passwordProblem(
    _ password: String,
    ownWords: [String],
    hasSecondFactor: Bool = true
  ) async throws -> FieldReason? {
    let name = try await timetable().business.name
    let problem = PasswordRule.problem(
      with: password,
      ownWords: ownWords + [name],
      hasSecondFactor: hasSecondFactor,
      against: passwords.blocklist
    )
    if let problem { return problem }
    do {
      return try await passwords.breached?.holds(password) == true ? .breachedPassword : nil
    } catch {
      throw StorageFault.away("the list of breached passwords cannot be read")
    }
  }

  /// A password to take over, different each time: it satisfies every rule, here and elsewhere.
  package func suggestedPassword() -> String { SuggestedPassword.make() }

  /// Why a password that was right at sign-in must be changed now, or nil.
  ///
  /// The lists are asked each time, since they grow. When the server's list of breached passwords cannot be read, nobody is
  /// kept out by that; it is asked again at the next sign-in.
  func passwordStanding(_ password: String, _ account: StaffAccount) async throws -> PasswordDue? {
    if let due = account.passwordDue { return due }
    if PasswordRule.isListed(password, in: passwords.blocklist) { return .breached }
    if let breached = passwords.breached, (try? await breached.holds(password)) == true { return .breached }
    guard let days = try await timetable().business.changePasswordsEvery else { return nil }
    // Of a password from before this was written down nobody knows the age; the calendar takes it as over.
    guard let setAt = account.passwordSetAt else { return .calendar }
    return PasswordRule.isOutlived(setAt: setAt, every: days, now: clock.now()) ? .calendar : nil
  }
}
