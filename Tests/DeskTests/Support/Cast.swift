import Booking
import Desk
import Primitives
import Testing

/// The people of all tests: who works at Spare Hands, and who comes.
enum Cast {
  static let emails = [
    "ona": "ona@example.test", "jonas": "jonas@example.test", "tadas": "tadas@example.test",
    "milda": "milda@example.test",
  ]

  static let rasa = ContactForm(name: "Rasa Jankauskienė", email: "rasa@example.com", phone: "+370 600 00001")
  static let marius = ContactForm(
    name: "Marius Petrauskas",
    email: "marius@example.com",
    phone: "+370 600 00002"
  )

  /// A customer of no other name, for crowds.
  static func customer(_ number: Int) -> ContactForm {
    ContactForm(name: "Customer \(number)", email: "customer\(number)@example.com")
  }
}

/// Monday, 23 November 2026, eight in the morning in Vilnius (UTC+2 all winter).
func opening() throws -> Instant { try moment("2026-11-23T08:00:00+02:00") }

func slug(_ text: String) throws -> Slug { try #require(Slug(text)) }
func day(_ text: String) throws -> CivilDay { try #require(CivilDay(text)) }
func moment(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

/// A time of that week: `at(2, "10:00")` is Wednesday at ten.
func at(_ daysLater: Int, _ time: String) throws -> Instant {
  try moment("2026-11-\(23 + daysLater)T\(time):00+02:00")
}
