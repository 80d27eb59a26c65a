import Booking
import Messages
import Primitives
import TestKit
import Testing

/// Read back by `icalendar` from PyPI.
@Suite struct CalendarTests {
  private struct Entry: Decodable, Equatable {
    var method: String
    var components: [String]
    var properties: [String: String]
    var attendee: [String: String]
    var organizer: [String: String]
    var foreign: [String]
  }

  /// `foreign` are properties and components that we never write.
  private static let reader = """
    import icalendar, json, sys
    ours = {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "ORGANIZER",
            "ATTENDEE", "STATUS"}
    def read(text):
        calendar = icalendar.Calendar.from_ical(text.encode())
        (event,) = calendar.walk("VEVENT")
        def spoken(value):
            return value.dt.isoformat() if hasattr(value, "dt") else str(value)
        return {
            "method": str(calendar["METHOD"]),
            "components": [part.name for part in calendar.walk()],
            "properties": {name: spoken(value) for name, value in event.items()},
            "attendee": {"": str(event["ATTENDEE"]), **{k: str(v) for k, v in event["ATTENDEE"].params.items()}},
            "organizer": {"": str(event["ORGANIZER"]), **{k: str(v) for k, v in event["ORGANIZER"].params.items()}},
            "foreign": sorted(set(event) - ours) + [str(error) for error in calendar.errors + event.errors],
        }
    print(json.dumps([read(text) for text in json.load(sys.stdin)]))
    """

  private func read(_ letters: [Letter]) throws -> [Entry] {
    try Python.ask(Self.reader, try letters.map { try #require(try $0.calendar()).text })
  }

  @Test func `a confirmation is a request that another program reads as it was meant`() throws {
    let entry = try #require(try read([Letter.example()]).first)
    #expect(entry.method == "REQUEST")
    #expect(entry.components == ["VCALENDAR", "VEVENT"])
    #expect(entry.foreign == [])
    let expected = [
      "UID": "01930000-0000-7000-8000-000000000001@book.example.test",
      "SEQUENCE": "3",
      "DTSTAMP": "2026-11-18T12:30:00+00:00",
      "DTSTART": "2026-11-24T12:30:00+00:00",
      "DTEND": "2026-11-24T13:30:00+00:00",
      "SUMMARY": "Tap repair – Spare Hands",
      "LOCATION": "At your address",
      "DESCRIPTION": "With Tadas.\nSee, move or cancel your booking:\n"
        + "https://book.example.test:8443/manage/spare-hands#Zm9vYmFyYmF6cXV4",
      "ORGANIZER": "mailto:hello@spare-hands.example.test",
      "ATTENDEE": "mailto:rasa@example.com",
      "STATUS": "CONFIRMED",
    ]
    #expect(entry.properties == expected)
    #expect(
      entry.attendee == [
        "": "mailto:rasa@example.com", "CN": "Rasa Žukaitė", "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",
      ]
    )
    #expect(entry.organizer == ["": "mailto:hello@spare-hands.example.test", "CN": "Spare Hands"])
  }

  @Test func `a change keeps the UID, a cancellation takes the entry away, a reminder has none`() throws {
    let entries = try read([Letter.example(.change), Letter.example(.cancellation)])
    #expect(entries.map(\.method) == ["REQUEST", "CANCEL"])
    #expect(Set(entries.map { $0.properties["UID"] }).count == 1)
    #expect(entries[1].properties["STATUS"] == "CANCELLED")
    #expect(try Letter.example(.reminder).calendar() == nil)
  }

  @Test func `odd local parts become proper addresses`() throws {
    var letter = try Letter.example()
    letter.customer.address = try EmailAddress("r+a%s{a}?&#/='x@example.com")
    let text = try #require(try letter.calendar()).text.replacing("\r\n ", with: "")
    #expect(text.contains("mailto:r+a%25s%7Ba%7D%3F%26%23%2F%3D'x@example.com\r\n"))
  }

  @Test func `whatever a value holds, it stays where it was put`() throws {
    var generator = SeededGenerator(20_261_124)
    var letters: [Letter] = []
    for _ in 0..<150 {
      var letter = try Letter.example(
        [.confirmation, .change, .cancellation].randomElement(using: &generator) ?? .change
      )
      letter.service = generator.awkwardText(upTo: 40)
      letter.business = generator.awkwardText(upTo: 20)
      letter.staff = generator.awkwardText(upTo: 20)
      letter.customer.name = generator.awkwardText(upTo: 20)
      letter.organiser.name = generator.awkwardText(upTo: 60)
      letter.place = .location(
        name: generator.awkwardText(upTo: 30),
        address: generator.awkwardText(upTo: 30)
      )
      letters.append(letter)
    }
    for letter in letters {
      let text = try #require(try letter.calendar()).text
      #expect(text.hasSuffix("\r\n"))
      #expect(text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0D || $0 == 0x0A || $0 == 0x09 })
      let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
      #expect(lines.allSatisfy { $0.last == 0x0D && $0.count <= 76 && !$0.dropLast().contains(0x0D) })
      #expect(lines.allSatisfy { String(validating: $0, as: UTF8.self) != nil }, "cut inside a character")
    }
    for (letter, entry) in zip(letters, try read(letters)) {
      #expect(entry.components == ["VCALENDAR", "VEVENT"])
      #expect(entry.foreign == [])
      #expect(entry.properties["UID"] == "01930000-0000-7000-8000-000000000001@book.example.test")
      guard case .location(let name, let address?) = letter.place else { continue }
      #expect(entry.properties["LOCATION"] == withoutControls(withLineFeeds(name + ", " + address)))
    }
  }
}
