import Booking
import Messages
import Primitives
import TestKit
import Testing

/// Read back by Python's `email` package.
///
/// Display names are read by its older parser: the newer one (Python 3.11) leaves the space between two
/// encoded words in, which RFC 2047 §6.2 takes out.
@Suite struct MailTests {
  private struct Part: Decodable, Equatable {
    var type: String
    var parameters: [String: String]
    var file: String?
    var content: String?
  }

  private struct Message: Decodable {
    var headers: [[String]]
    var names: [String: String]
    var addresses: [String: [String]]
    var parts: [Part]
    var defects: [String]

    subscript(header: String) -> String? { headers.first { $0[0] == header }?[1] }
  }

  private static let reader = """
    import email, email.header, email.policy, email.utils, json, sys
    def read(raw_message):
        message = email.message_from_bytes(bytes(raw_message), policy=email.policy.default)
        parts = [{
            "type": part.get_content_type(),
            "parameters": {k: v for k, v in part["Content-Type"].params.items() if k != "boundary"},
            "file": part.get_filename(),
            "content": None if part.is_multipart() else part.get_payload(decode=True).decode(),
        } for part in message.walk()]
        defects = [str(d) for part in message.walk() for d in part.defects]
        defects += [str(d) for value in message.values() for d in value.defects]
        def name(header):
            raw = email.message_from_bytes(bytes(raw_message))[header]
            return str(email.header.make_header(email.header.decode_header(email.utils.parseaddr(raw)[0])))
        people = {name: message[name].addresses for name in ("From", "To", "Reply-To") if message[name]}
        return {
            "headers": [[name, str(value)] for name, value in message.items()],
            "names": {header: name(header) for header in people},
            "addresses": {name: [one.addr_spec for one in list] for name, list in people.items()},
            "parts": parts,
            "defects": defects,
        }
    print(json.dumps([read(raw) for raw in json.load(sys.stdin)]))
    """

  private func read(_ messages: [[UInt8]]) throws -> [Message] { try Python.ask(Self.reader, messages) }

  @Test func `another program reads text, invitation and attachment as they were meant`() throws {
    let letter = try Letter.example()
    let message = try #require(try read([letter.mail().bytes()]).first)
    #expect(message.defects == [])
    #expect(
      message.headers.map { $0[0] } == [
        "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
        "Content-Type",
      ]
    )
    #expect(message.names["From"] == "Spare Hands" && message.names["To"] == "Rasa Žukaitė")
    #expect(message.addresses["From"] == ["hello@spare-hands.example.test"])
    #expect(message.addresses["To"] == ["rasa@example.com"])
    #expect(message["Subject"] == "Your booking at Spare Hands on 24 November 2026, 14:30")
    #expect(message["Date"] == "Wed, 18 Nov 2026 12:30:00 +0000")
    #expect(message["Message-ID"] == "<01930000-0000-7000-8000-000000000002@book.example.test>")
    #expect(message["Auto-Submitted"] == "auto-generated")
    let calendar = try #require(try letter.calendar()).text
    #expect(
      message.parts == [
        Part(type: "multipart/mixed", parameters: [:]),
        Part(type: "multipart/alternative", parameters: [:]),
        Part(
          type: "text/plain",
          parameters: ["charset": "utf-8"],
          content: letter.text.replacing("\n", with: "\r\n")
        ),
        Part(
          type: "text/calendar",
          parameters: ["charset": "utf-8", "method": "REQUEST"],
          content: calendar
        ),
        Part(
          type: "application/ics",
          parameters: ["name": "invite.ics"],
          file: "invite.ics",
          content: calendar
        ),
      ]
    )
  }

  @Test func `a cancellation is one in the MIME type too; a reminder is text alone`() throws {
    let messages = try read([
      Letter.example(.cancellation).mail().bytes(), Letter.example(.reminder).mail().bytes(),
    ])
    #expect(messages[0].parts[3].parameters["method"] == "CANCEL")
    #expect(messages[1].parts.map(\.type) == ["text/plain"])
    #expect(messages.allSatisfy { $0.defects == [] })
  }

  @Test(arguments: [
    "\r\nBcc: marius@example.com", "\n", "\r", "\u{0}", "\u{7F}", "\u{85}", "\u{9F}", "\u{2028}", "\t",
    "\u{1B}",
  ])
  func `a control character that would reach a header is refused, wherever it stands`(_ evil: String) throws {
    for (header, change) in [
      ("From", { (letter: inout Letter) in letter.organiser.name += evil + "x" }),
      ("To", { $0.customer.name += evil }),
      ("To", { $0.customer.name = evil + $0.customer.name }),
      ("Subject", { $0.business += evil + "x" }),
    ] as [(String, (inout Letter) -> Void)] {
      for kind in MessageKind.allCases {
        var letter = try Letter.example(kind)
        change(&letter)
        #expect(throws: HeaderFault.controlCharacter(header)) { try letter.mail().bytes() }
      }
    }
  }

  @Test(arguments: [
    "", "book.example.test/manage", "https://", "https://book example.test/",
    "https://book\r\n.example.test/#x",
    "https://<x>/", "https://žalias.example/", "https://a@b.example/", "ftp://book.example.test",
    "https://a..b/",
  ])
  func `a site without a proper host sends nothing`(_ link: String) throws {
    var letter = try Letter.example()
    letter.link = link
    #expect(throws: HeaderFault.noHost) { try letter.mail() }
  }

  @Test func `hosts are read without port and fragment`() {
    #expect(MailHost(url: "http://localhost:8080/manage/spare-hands#x@y")?.text == "localhost")
    #expect(MailHost(url: "https://Book.Example.Test")?.text == "book.example.test")
    #expect(MailHost(url: "http://[::1]:8080/")?.text == "[::1]")
  }

  @Test func `names, subjects and texts of any characters come back whole, on short ASCII lines`() throws {
    var generator = SeededGenerator(2_047)
    let isHeaderSafe: (Unicode.Scalar) -> Bool = {
      $0.properties.generalCategory != .control && $0.value != 0x2028 && $0.value != 0x2029
    }
    var mails: [Mail] = []
    for _ in 0..<150 {
      var mail = try Letter.example().mail()
      let free = { (text: String) in
        String(String.UnicodeScalarView(text.unicodeScalars.filter(isHeaderSafe)))
      }
      mail.from.name = free(generator.awkwardText(upTo: 30))
      mail.to.name = free(generator.awkwardText(upTo: 12))
      mail.subject = free(generator.awkwardText(upTo: 60))
      mail.text = generator.awkwardText(upTo: 120)
      mails.append(mail)
    }
    let written = try mails.map { try $0.bytes() }
    for bytes in written {
      #expect(bytes.allSatisfy { $0 < 0x7F && ($0 >= 0x20 || $0 == 0x0D || $0 == 0x0A || $0 == 0x09) })
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      #expect(
        lines.dropLast().allSatisfy { $0.last == 0x0D && $0.count <= 77 && !$0.dropLast().contains(0x0D) }
      )
    }
    for (mail, message) in zip(mails, try read(written)) {
      #expect(message.defects == [])
      #expect(message.headers.count == 9)
      #expect(message["Subject"] == mail.subject)
      #expect(message.names["From"] == mail.from.name)
      #expect(message.names["To"] == mail.to.name)
      #expect(message.addresses["To"] == ["rasa@example.com"])
      #expect(message.parts.count == 5)
      #expect(message.parts[2].content.map(withLineFeeds) == withLineFeeds(mail.text))
    }
  }

  @Test func `a test mail says who asked for it and nothing of any booking`() throws {
    let host = try #require(MailHost(url: "https://book.example.test"))
    let letter = try Letter.example()
    let mail = Mail.test(
      from: letter.organiser,
      to: try EmailAddress("ona@example.test"),
      business: "Spare Hands",
      sent: letter.sent,
      id: letter.id,
      host: host
    )
    let message = try #require(try read([mail.bytes()]).first)
    #expect(message.defects == [] && message.parts.map(\.type) == ["text/plain"])
    #expect(message["Subject"] == "Test mail from Spare Hands")
  }
}
