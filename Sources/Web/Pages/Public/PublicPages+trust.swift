import Booking
import Desk
import HTTPTypes
import Hummingbird
import People

extension PublicPages {
  /// `GET /trust/{business}`
  @Sendable static func trust(_ visit: Visit) async throws -> Response {
    let business = try await visit.desk().timetable().business
    let page = TrustPage(
      layout: visit.layout(business, title: "How we look after your data"),
      sections: [TrustWords.details(business), TrustWords.staff, TrustWords.passwords(business)]
    )
    return try visit.page(page, personal: false)
  }
}

/// Each sentence is true of every business here, or follows from this one's settings.
enum TrustWords {
  static func details(_ business: Business) -> TrustPage.Section {
    let ways = [business.contact.email, business.contact.phone].compactMap { $0 }
    return TrustPage.Section(
      heading: "What you tell us",
      sentences: [
        "Your name, address, e-mail, phone and answers are encrypted before they are stored. The key lies apart from them.",
        "Each time somebody here looks at them it is written down, with who and when, in a record in which a later change"
          + " can be found out.",
        "We take no card numbers, and nothing on these pages comes from or goes to other companies.",
      ] + (ways.isEmpty ? [] : ["Ask us what we hold about you: \(ways.joined(separator: ", "))."]),
      deviation: nil
    )
  }

  static let staff = TrustPage.Section(
    heading: "Who gets in",
    sentences: [
      "Everybody who works here signs in under their own name and sees what their work needs.",
      "A password alone opens nothing: signing in takes a passkey, or a password and a code from one's own phone.",
    ],
    deviation: nil
  )

  static func passwords(_ business: Business) -> TrustPage.Section {
    let rule =
      "Passwords have at least \(PasswordRule.shortest) characters. Each is compared with lists of common and stolen ones"
      + " when it is chosen and at every sign-in, and must be changed when it turns up there."
    guard let days = business.changePasswordsEvery else {
      return TrustPage.Section(
        heading: "Passwords",
        sentences: [
          rule,
          "They are changed when there is a reason and not by the calendar: those who study passwords found that forced"
            + " changes make them weaker (NIST SP 800-63B-4, OWASP ASVS).",
        ],
        deviation: nil
      )
    }
    return TrustPage.Section(
      heading: "Passwords",
      sentences: [
        rule,
        "They are also changed every \(PageWords.count(days, "day")), whether there is a reason or not.",
      ],
      deviation:
        "The last point deviates from what is recommended today (NIST SP 800-63B-4, 3.1.1.2; OWASP ASVS, 6.2.10), by choice"
        + " of \(business.name)."
    )
  }
}
