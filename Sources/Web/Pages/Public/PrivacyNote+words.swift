import Booking
import Primitives

extension PrivacyNote {
  /// What this service asks for, why, and until when it is kept, as the register and the questions have it.
  init(_ service: Service, _ business: Business) {
    let erased = "you ask us to erase it, or we no longer need it"
    var rows = [
      Row(what: "Name, e-mail and phone", why: "To hold your time and to reach you about it.", until: erased)
    ]
    if service.place == .customer {
      rows.append(Row(what: "Address", why: "To find you. It is in no mail.", until: erased))
    }
    rows += service.questions.map { question in
      Row(
        what: question.label,
        why: question.reason,
        until: PageWords.count(question.retention, "day") + " after the visit"
      )
    }
    rows.append(
      Row(
        what: "Time and service",
        why: "For our books; your name is not in them.",
        until: "our books need it no longer"
      )
    )
    let ways = [business.contact.email, business.contact.phone].compactMap { $0 }
    self.init(rows: rows, controller: ([business.name] + ways).joined(separator: ", "))
  }
}
