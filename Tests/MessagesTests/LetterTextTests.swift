import Booking
import Messages
import Primitives
import Testing

@Suite struct LetterTextTests {
  @Test func `a confirmation says when in both zones, where, with whom and until when it may be changed`()
    throws
  {
    #expect(
      try Letter.example().text == """
        Hello Rasa Žukaitė,

        Your booking at Spare Hands is confirmed.

        Service: Tap repair
        When: Tuesday, 24 November 2026, 14:30–15:30 (Vilnius time, UTC+02:00)
        For you: 12:30–13:30 (London time, UTC+00:00)
        Where: At your address
        With: Tadas

        See, move or cancel your booking here:
        https://book.example.test:8443/manage/spare-hands#Zm9vYmFyYmF6cXV4

        You can move it online until Tuesday, 24 November 2026, 12:30 (Vilnius time, UTC+02:00). You can cancel it online \
        until Monday, 23 November 2026, 14:30 (Vilnius time, UTC+02:00).

        Questions? Please write to hello@spare-hands.example.test or call +370 600 00000.

        You did not book this? Then somebody typed your address by mistake: please cancel it with the link above.

        ----
        The lines below are a signed fingerprint of our record of who has looked at or changed bookings: whoever keeps \
        this mail can later prove it if that record was rewritten.

        \(exampleCheckpoint)

        """
    )
  }

  @Test func `one clock is told once`() throws {
    #expect(try !Letter.example(visitor: "Europe/Vilnius").text.contains("For you"))
    #expect(try !Letter.example(visitor: "Europe/Riga").text.contains("For you"))
  }

  @Test func `another day on the visitor's clock is told`() throws {
    let text = try Letter.example(visitor: "Pacific/Auckland").text
    #expect(text.contains("For you: Wednesday, 25 November 2026, 01:30–02:30 (Auckland time, UTC+13:00)\n"))
  }

  @Test func `a cancellation offers nothing to change`() throws {
    let text = try Letter.example(.cancellation).text
    #expect(text.contains("is cancelled") && !text.contains("/manage/") && !text.contains("online"))
    #expect(text.contains(exampleCheckpoint))
  }

  @Test func `what is too late is said to be`() throws {
    var letter = try Letter.example(.reminder)
    letter.sent = letter.served.start - .hours(3)
    #expect(letter.text.contains("It can no longer be cancelled online; please speak to us."))
    #expect(letter.text.contains("You can move it online until Tuesday, 24 November 2026, 12:30"))
    letter.policy = Policy(cancelNotice: 0, rescheduleNotice: 0, reminder: nil)
    #expect(letter.text.contains("You can move or cancel it online until it begins."))
  }

  @Test func `nothing is offered that can no longer be done online`() throws {
    var letter = try Letter.example()
    letter.sent = letter.served.start - .hours(3)
    #expect(letter.text.contains("See or move your booking here:\n"))
    let strangers = "You did not book this? Then somebody typed your address by mistake: please "
    #expect(
      letter.text.contains(strangers + "write to hello@spare-hands.example.test or call +370 600 00000.")
    )
    letter.sent = letter.served.start - .hours(1)
    #expect(letter.text.contains("See your booking here:\n") && !letter.text.contains("link above"))
    letter.contact = PublicContact(email: nil, phone: nil)
    #expect(!letter.text.contains("You did not book this?"))
    letter.policy = Policy(cancelNotice: 0, rescheduleNotice: 120, reminder: nil)
    #expect(letter.text.contains("See or cancel your booking here:\n"))
    #expect(letter.text.contains(strangers + "cancel it with the link above."))
  }

  @Test func `no value adds lines of its own`() throws {
    var letter = try Letter.example()
    let lines = letter.text.split(separator: "\n", omittingEmptySubsequences: false).count
    letter.service = "Tap\r\nWhere: elsewhere\u{2028}\u{0}x"
    letter.staff = "Tadas\n\nhttps://marius.example.com"
    letter.customer.name = "Rasa\u{85}\u{B}!"
    letter.contact.phone = "1\n2"
    #expect(letter.text.split(separator: "\n", omittingEmptySubsequences: false).count == lines)
    #expect(letter.text.contains("Service: Tap, Where: elsewhere, \u{FFFD}x\n"))
  }

  @Test func `nights and changes of the clock are told with their days and offsets`() throws {
    let newYork = try Zone(named: "America/New_York")
    // 2026-10-31T22:00-04:00 to 2026-11-01T06:00-05:00: nine hours.
    let start = Instant(seconds: 1_793_498_400)
    let night = try #require(Interval(start: start, end: start + .hours(9)))
    #expect(
      SpokenTime.stretch(night, in: newYork)
        == "Saturday, 31 October 2026, 22:00 (New York time, UTC-04:00) to Sunday, 1 November 2026, 06:00 (UTC-05:00)"
    )
    let plain = try #require(Interval(start: start + .days(7) + .hours(1), end: start + .days(7) + .hours(9)))
    #expect(
      SpokenTime.stretch(plain, in: newYork)
        == "Saturday, 7 November 2026, 22:00 to Sunday, 8 November 2026, 06:00 (New York time, UTC-05:00)"
    )
    let evening = try #require(Interval(start: start, end: start + .hours(2)))
    #expect(
      SpokenTime.stretch(evening, in: newYork)
        == "Saturday, 31 October 2026, 22:00–24:00 (New York time, UTC-04:00)"
    )
    #expect(
      SpokenTime.moment(Instant(seconds: 0), in: try Zone(named: "UTC"))
        == "Thursday, 1 January 1970, 00:00 (UTC+00:00)"
    )
  }
}
