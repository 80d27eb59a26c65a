import ArgumentParser
import Desk
import People

/// Flags about the passwords of those who sign in.
struct PasswordOptions: ParsableArguments {
  @Option(
    help: """
      A download of Have I Been Pwned's passwords: a file of SHA1:COUNT lines ordered by hash, or a folder of its ranges. \
      Passwords are compared with it besides the list that comes with the program.
      """
  )
  var breachedPasswords: String?

  /// - Throws: a ``Complaint`` for a list that cannot be used: passwords that were to be checked never go unchecked.
  func lists() throws -> PasswordLists {
    do {
      return try PasswordLists(breached: breachedPasswords.map(breached))
    } catch BlocklistFault.missing {
      throw Complaint("The list of common passwords is missing beside the program. Install it again.")
    } catch BlocklistFault.damaged {
      throw Complaint("The list of common passwords beside the program is damaged. Install it again.")
    }
  }

  private func breached(_ path: String) throws -> BreachedPasswords {
    do {
      return try BreachedPasswords(at: path)
    } catch {
      let reason =
        switch error {
        case .missing: "is not there"
        case .unreadable: "cannot be read, or is a folder without the files of all ranges"
        case .otherFormat: "is not in the format of the SHA-1 download, HASH:COUNT on each line"
        case .notSorted: "is not ordered by hash; take the download that is"
        }
      throw Complaint("--breached-passwords: '\(path)' \(reason).")
    }
  }
}
