import Booking
import Messages
import Primitives
import Testing

@Suite struct NoticeLetterTests {
  private let at = Instant(seconds: 1_795_523_400)  // 2026-11-24T12:30:00Z

  private func letter(_ matter: NoticeMatter, to name: String = "Tadas", business: String = "Spare Hands")
    throws
    -> NoticeLetter
  {
    NoticeLetter(
      matter: matter,
      business: business,
      contact: PublicContact(email: "hello@spare-hands.example.test", phone: nil),
      zone: try Zone(named: "Europe/Vilnius"),
      recipient: Mailbox(name: name, address: try EmailAddress("tadas@example.test")),
      sender: Mailbox(name: business, address: try EmailAddress("hello@spare-hands.example.test")),
      address: "https://book.example.test",
      sent: at,
      id: Identifier(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0002)
    )
  }

  @Test func `an invitation gives the link, who invites, until when, and names no person`() throws {
    let invite = try letter(
      .invite(link: "https://book.example.test/staff/spare-hands/invite#Zm9v", until: at)
    )
    #expect(
      invite.text == """
        Hello Tadas,

        You are invited to sign in at Spare Hands, by name and for yourself alone. Here you set up how:
        https://book.example.test/staff/spare-hands/invite#Zm9v

        The link works once, until Tuesday, 24 November 2026, 14:30 (Vilnius time, UTC+02:00). It is for you: please pass \
        it on to nobody. After that, ask for a new one.

        """
    )
    #expect(try invite.mail().subject == "Your invitation to sign in at Spare Hands")
  }

  @Test
  func
    `a new sign-in is told with its time, its browser and what was unusual, and how to say that it was not you`()
    throws
  {
    let facts = SignInFacts(at: at, browser: "Firefox on Linux", oddities: [.newDevice, .afterFailures])
    let text = try letter(
      .newSignIn(facts, disown: "https://book.example.test/staff/spare-hands/not-me#Zm9v")
    ).text
    for part in [
      "signed in as you at Spare Hands", "When: Tuesday, 24 November 2026, 14:30 (Vilnius time, UTC+02:00)",
      "With: Firefox on Linux", SignInOddity.newDevice.sentence, SignInOddity.afterFailures.sentence,
      "https://book.example.test/staff/spare-hands/not-me#Zm9v",
    ] { #expect(text.contains(part), "\(part)") }
    let others = try letter(
      .othersSignIn(of: "Milda", facts, access: "https://book.example.test/staff/spare-hands/people/milda")
    ).text
    #expect(
      others.contains("signed in as Milda") && others.contains("/people/milda") && !others.contains("not-me")
    )
  }

  @Test(arguments: NoticedChange.allCases)
  func `every change of access is told to the person and to the owners in sentences of their own`(
    change: NoticedChange
  ) throws {
    let own = try letter(.accessChanged(change, at: at)).text
    let others = try letter(.othersAccessChanged(of: "Milda", change, at: at, access: "https://x.test/p"))
      .text
    #expect(own.contains("14:30") && others.contains("14:30") && others.contains("https://x.test/p"))
    #expect(others.contains("Milda") && !own.contains("Milda") && !own.contains("http"))
    for text in [own, others] {
      #expect(!text.contains("  ") && !text.contains("..") && text.hasSuffix(".\n") || text.hasSuffix("/p\n"))
    }
    let others2 = try letter(.othersAccessChanged(of: nil, change, at: at, access: "https://x.test/p")).text
    #expect(others2.contains("somebody who works with you"))
  }

  @Test func `what a name or a business is called adds no line to a text and none to a header`() throws {
    let bad = "Eve\r\nBcc: all@example.test"
    let letter = try letter(.customerLink("https://x.test/#a", until: at), to: bad, business: "Spare\nHands")
    #expect(!letter.text.contains("\nBcc") && !letter.text.contains("\nHands"))
    #expect(throws: HeaderFault.self) { try letter.mail().bytes() }
  }

  @Test func `only what goes to a customer says where to ask and takes answers`() throws {
    let customer = try letter(.customerLink("https://x.test/#a", until: at), to: "Rasa")
    #expect(try customer.mail().replyTo?.text == "hello@spare-hands.example.test")
    #expect(customer.text.contains("Questions? Please write to hello@spare-hands.example.test."))
    let staff = try letter(.sharedLogin(of: "Milda", access: "https://x.test/p"))
    #expect(try staff.mail().replyTo == nil)
    #expect(!staff.text.contains("Questions?"))
  }

  @Test
  func `a question about more access says who, what and how long, and leads to the page with the reason`()
    throws
  {
    let page = "https://book.example.test/staff/spare-hands/leave"
    let text = try letter(.leaveAsked(by: "Milda\nBcc: x", .desk, minutes: 30, page: page)).text
    #expect(
      text.contains(
        "Milda, Bcc: x at Spare Hands asks to book, move and cancel for everybody, for 30 minutes."
      )
    )
    #expect(text.contains(page))
    let given = try letter(.leaveAnswered(.given, until: at, page: page)).text
    #expect(given.contains("It ends by itself: Tuesday, 24 November 2026, 14:30 (Vilnius time, UTC+02:00)."))
    let emergency = try letter(.emergency(of: "Milda", at: at, until: at + 1_800, page: page)).text
    #expect(emergency.contains("Milda has opened emergency access") && emergency.contains("15:00"))
    #expect(emergency.contains("somebody other than Milda"))
  }

  @Test func `no subject names a person`() throws {
    let facts = SignInFacts(at: at, browser: "", oddities: [])
    let matters: [NoticeMatter] = [
      .invite(link: "l", until: at), .newSignIn(facts, disown: "l"),
      .othersSignIn(of: "Milda", facts, access: "l"),
      .accessChanged(.left, at: at), .accessChanged(.passwordChanged, at: at),
      .othersAccessChanged(of: "Milda", .left, at: at, access: "l"), .sharedLogin(of: "Milda", access: "l"),
      .customerLink("l", until: at), .leaveAsked(by: "Milda", .search, minutes: 60, page: "l"),
      .leaveAnswered(.given, until: at, page: "l"), .leaveAnswered(.declined, until: nil, page: "l"),
      .leaveAnswered(.ended, until: nil, page: "l"), .emergency(of: "Milda", at: at, until: at, page: "l"),
    ]
    let subjects = try matters.map { try letter($0).mail().subject }
    #expect(Set(subjects).count == matters.count)
    #expect(!subjects.contains { $0.contains("Milda") || $0.contains("Tadas") })
  }
}
