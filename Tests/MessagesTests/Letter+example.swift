import Booking
import Messages
import Primitives

let exampleCheckpoint = """
  cloakroom.example.test/spare-hands
  1042
  sVqQ3x8dVQ0Jx1m5m4m1S0yZ8YQ2xS0pV8l3m3Xq1tI=

  — cloakroom.example.test/spare-hands Tm90IGEgcmVhbCBzaWduYXR1cmUsIGJ1dCBhcyBsb25nIGFzIG9uZSBvZiBFZDI1NTE5ISEhISEhISEhISEhISEh
  """

extension Letter {
  static func example(_ kind: MessageKind = .confirmation, visitor: String = "Europe/London") throws -> Letter
  {
    let start = Instant(seconds: 1_795_523_400)  // 2026-11-24T12:30:00Z
    let booking = Identifier(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0001)
    guard let served = Interval(start: start, end: start + .hours(1)) else { throw Wrong() }
    return Letter(
      kind: kind,
      business: "Spare Hands",
      contact: PublicContact(email: "hello@spare-hands.example.test", phone: "+370 600 00000"),
      policy: Policy(cancelNotice: 24 * 60, rescheduleNotice: 120, reminder: 24 * 60),
      service: "Tap repair",
      served: served,
      zone: try Zone(named: "Europe/Vilnius"),
      visitorZone: try Zone(named: visitor),
      place: .yours,
      staff: "Tadas",
      customer: Mailbox(name: "Rasa Žukaitė", address: try EmailAddress("rasa@example.com")),
      organiser: Mailbox(name: "Spare Hands", address: try EmailAddress("hello@spare-hands.example.test")),
      link: "https://book.example.test:8443/manage/spare-hands#Zm9vYmFyYmF6cXV4",
      booking: booking,
      sequence: 3,
      checkpoint: exampleCheckpoint,
      sent: start - .days(6),
      id: Identifier(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0002)
    )
  }

  private struct Wrong: Error {}
}
