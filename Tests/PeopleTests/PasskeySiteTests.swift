import Testing

@testable import People

struct PasskeySiteTests {
  @Test(arguments: [
    ("https://book.example.com", "book.example.com", "https://book.example.com"),
    ("https://Book.Example.COM/", "book.example.com", "https://book.example.com"),
    ("HTTPS://book.example.com:443", "book.example.com", "https://book.example.com"),
    ("https://book.example.com:8443", "book.example.com", "https://book.example.com:8443"),
    ("https://book.example.com:08443", "book.example.com", "https://book.example.com:8443"),
    ("https://xn--bcher-kva.example", "xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    ("https://intranet", "intranet", "https://intranet"),
    ("http://localhost", "localhost", "http://localhost"),
    ("http://localhost:80", "localhost", "http://localhost"),
    ("http://localhost:8080", "localhost", "http://localhost:8080"),
    ("https://localhost:8080", "localhost", "https://localhost:8080"),
    ("http://book.localhost:8080", "book.localhost", "http://book.localhost:8080"),
  ])
  func `the site is the host, and its origin what browsers write`(
    _ address: String,
    _ id: String,
    _ origin: String
  ) {
    let site = RelyingParty(address: address)
    #expect(site?.id == id)
    #expect(site?.origin == origin)
  }

  @Test(arguments: [
    "", "book.example.com", "https://", "https:///", "https://192.0.2.7", "https://127.0.0.1:8443",
    "https://[::1]:8443",
    "http://127.0.0.1:8080", "https://0x7f.1", "https://7", "http://book.example.com",
    "http://localhost.example.com",
    "http://notlocalhost", "https://book.example.com/path", "https://book.example.com//",
    "https://book.example.com?a",
    "https://book.example.com#a", "https://ona@book.example.com", "https://book.example.com:",
    "https://book.example.com:0",
    "https://book.example.com:65536", "https://book.example.com:+443", "https://book.example.com:a",
    "https://book..example.com", "https://.example.com", "https://book.example.com.",
    "https://-a.example.com",
    "https://a-.example.com", "https://a_b.example.com", "https://b\u{FC}cher.example",
    "https://book.example.com ",
    " https://book.example.com", "ftp://book.example.com", "https://book.example.com\n",
    "https://\u{212A}.example.com",
  ])
  func `where browsers make no passkeys there is no site`(_ address: String) {
    #expect(RelyingParty(address: address) == nil)
  }

  @Test func `labels and hosts have their longest`() {
    let label = String(repeating: "a", count: 63)
    #expect(RelyingParty(address: "https://\(label).example") != nil)
    #expect(RelyingParty(address: "https://a\(label).example") == nil)
    #expect(RelyingParty(address: "https://\(label).\(label).\(label).\(label.dropLast(2))") != nil)
    #expect(RelyingParty(address: "https://\(label).\(label).\(label).\(label)") == nil)
  }
}
