import NIOCore
import Testing

@testable import Web

@Suite struct `Assets` {
  @Test func `every address in the layout leads to an asset`() async throws {
    let look = try await Look()
    let addresses = [
      look.assets.css, look.assets.icon, look.assets.js.fragment, look.assets.js.once, look.assets.js.zone,
    ]
    for address in addresses {
      #expect(address.hasPrefix("/assets/"))
      #expect(look.asset(String(address.dropFirst("/assets/".count))) != nil)
    }
    #expect(look.asset("app.css") == nil)
    #expect(look.asset("../Templates/layout.mustache") == nil)
  }

  @Test func `addresses are the same at every start`() async throws {
    let (first, second) = (try await Look(), try await Look())
    #expect(first.assets.css == second.assets.css)
  }

  @Test func `the style sheet begins with the order of its layers`() async throws {
    let look = try await Look()
    let sheet = try #require(look.asset(String(look.assets.css.dropFirst("/assets/".count))))
    #expect(sheet.contentType == "text/css; charset=utf-8")
    #expect(String(buffer: sheet.bytes).contains("@layer reset, tokens, base, components, utilities;"))
  }
}
