import Booking
import Desk
import Foundation
import Primitives

/// What the operator should know after an apply, on standard error: it hinders nothing.
struct ApplyNotes {
  let lines: [String]

  init(_ business: Business, _ applied: Applied) {
    func name(_ staff: Slug) -> String {
      business.staffMember(staff).map { "\($0.name) (\(staff))" } ?? staff.text
    }
    var lines: [String] = []
    for staff in applied.left.keys.sorted() {
      lines.append(
        "\(name(staff)) has left and stays without access and working time. A new invite lets them back; else take them out of "
          + "the file."
      )
    }
    for staff in applied.roleMailboxes {
      lines.append(
        "\(name(staff)) has an e-mail address that seems to belong to a role and not to one person. Whoever reads it could "
          + "take up an invite. Use a personal address, or say why in the key mailbox-reason."
      )
    }
    self.lines = lines
  }

  func tell() {
    for line in lines { FileHandle.standardError.write(Data(("Note: " + line + "\n").utf8)) }
  }
}
