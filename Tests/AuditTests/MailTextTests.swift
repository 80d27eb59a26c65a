import TestKit
import Testing
import Vault

@testable import Audit

/// Mails as programs save them.
@Suite struct MailTextTests {
  private func part(_ encoding: String, _ body: String) -> String {
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: \(encoding)\r\n\r\n\(body)\r\n"
  }

  private func quotedPrintable(_ text: String) -> String {
    let hex = Array("0123456789ABCDEF")
    var (saved, width) = ("", 0)
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\n") {
        saved += "\r\n"
        width = 0
        continue
      }
      if width > 70 {
        saved += "=\r\n"
        width = 0
      }
      let isPlain = (32..<127).contains(byte) && byte != UInt8(ascii: "=")
      let written =
        isPlain ? String(decoding: [byte], as: UTF8.self) : "=\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
      saved += written
      width += written.count
    }
    return saved
  }

  private func base64(_ text: String) -> String {
    let letters = Array(Base64.encode(Array(text.utf8)))
    return stride(from: 0, to: letters.count, by: 76)
      .map { String(letters[$0..<min($0 + 76, letters.count)]) }.joined(separator: "\r\n")
  }

  private func mail(_ content: String) -> String {
    "From: hello@example.com\r\nSubject: Your visit\r\nMIME-Version: 1.0\r\n" + content
  }

  @Test func `a checkpoint is found in a mail as it was saved`() throws {
    let log = try Log(7)
    let note = try log.note()
    let text = "Hello Rasa,\n\nsee you.\n\n" + note + "\nBye\n"
    let quoted = part("quoted-printable", quotedPrintable(text))
    let parts = [
      part("7bit", "Look below."), part("BASE64", base64(text)), part("base64", base64("BEGIN:VCALENDAR")),
    ]
    let bounded = parts.map { "--b\r\n" + $0 }.joined() + "--b--\r\n"
    let mixed = "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n" + bounded
    for content in [quoted, part("base64", base64(text)), part("8bit", text), mixed, mixed + quoted] {
      #expect(Witness.find(in: mail(content), key: log.key).map(\.note) == [note], "\(content)")
      let plain = mail(content).replacing("\r\n", with: "\n")
      #expect(Witness.find(in: plain, key: log.key).map(\.note) == [note], "\(plain)")
    }
    let changed = part("base64", base64(text.replacing("\n7\n", with: "\n8\n")))
    #expect(Witness.find(in: mail(changed), key: log.key).isEmpty)
  }

  @Test func `the example of RFC 2045 reads, and white space at the end of a line is dropped`() {
    let saved = part(
      "Quoted-Printable",
      "Now's the time =\r\nfor all folk to come=  \r\n to the aid of their country. \r\nA=3d=E2=80=94=20"
    )
    #expect(
      MailText.parts(of: saved)
        == ["Now's the time for all folk to come to the aid of their country.\nA=\u{2014} \n"]
    )
  }

  @Test func `damage does no harm`() throws {
    let key = try Log(1).key
    #expect(MailText.parts(of: "").isEmpty && MailText.parts(of: "no mail\n\n=3D\n").isEmpty)
    #expect(MailText.parts(of: part("quoted-printable", "a=G1=3=\r\n=")) == ["a=G1=3"])
    #expect(MailText.parts(of: part("base64", "YWJj*\r\nZGVm\r\n--b\r\nxxxx")) == ["abcdef"])
    #expect(MailText.parts(of: part("base64", "YWJjZ")) == [""])
    #expect(MailText.parts(of: "content-transfer-encoding:base64") == [""])
    var random = SeededGenerator(7)
    for number in 0..<300 {
      let junk = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
      let text = String(decoding: junk, as: UTF8.self)
      let saved = part(number.isMultiple(of: 2) ? "base64" : "quoted-printable", text)
      #expect(Witness.find(in: text + saved, key: key).isEmpty)
    }
  }
}
