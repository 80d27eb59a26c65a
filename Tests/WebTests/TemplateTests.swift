import Foundation
import NIOCore
import Testing

@testable import Web

@Suite struct `Templates` {
  static let examples = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Examples")

  /// Every example file of one page.
  static func files(of page: any PageModel.Type) throws -> [URL] {
    let base = examples.appending(path: page.template)
    return try FileManager.default.contentsOfDirectory(
      at: base.deletingLastPathComponent(),
      includingPropertiesForKeys: nil
    )
    .filter { $0.lastPathComponent.hasPrefix(base.lastPathComponent + ".") && $0.pathExtension == "json" }
  }

  static let names: [String] = PageModels.all.map { page in page.template }

  @Test(arguments: Templates.names)
  func `every page renders with all of its examples and asks for no name that its model lacks`(name: String)
    async throws
  {
    let look = try await Look()
    let page = try #require(PageModels.all.first { $0.template == name })
    let files = try Templates.files(of: page)
    #expect(files.contains { $0.lastPathComponent.hasSuffix(".full.json") })
    #expect(files.contains { $0.lastPathComponent.hasSuffix(".empty.json") })
    for file in files {
      var unknown: Set<String> = []
      let html = try Templates.render(page, Data(contentsOf: file), look, &unknown)
      #expect(unknown.isEmpty, "\(file.lastPathComponent)")
      #expect(html.hasPrefix("<!doctype html>"))
      #expect(html.contains("</html>"))
      #expect(!html.contains("{{") && !html.contains("}}"), "\(file.lastPathComponent)")
    }
  }

  static func render<Model: PageModel>(
    _ type: Model.Type,
    _ json: Data,
    _ look: Look,
    _ unknown: inout Set<String>
  ) throws -> String {
    let model = try JSONDecoder().decode(type, from: json)
    return String(buffer: try look.render(model, unknown: &unknown))
  }

  @Test func `every template is a page's, the page's frame or a part`() throws {
    let folder = Self.examples.appending(path: "../../../Sources/Web/Templates").standardizedFileURL
    let files = try #require(FileManager.default.subpaths(atPath: folder.path))
    let pages = files.filter {
      $0.hasSuffix(".mustache") && !$0.hasPrefix("parts/") && $0 != "layout.mustache"
    }
    #expect(Set(pages.map { String($0.dropLast(".mustache".count)) }) == Set(Self.names))
  }

  @Test func `text never becomes markup`() throws {
    let html = try Templates.filled("<p title=\"{{a}}\">{{a}}</p>", ["a": "<b>\"Tom's\" & Jerry</b>"])
    let text = "&lt;b&gt;&quot;Tom&#39;s&quot; &amp; Jerry&lt;/b&gt;"
    #expect(html == "<p title=\"\(text)\">\(text)</p>")
  }

  @Test func `control characters do not reach the page, line ends do`() throws {
    #expect(try Templates.filled("{{a}}", ["a": "x\u{0}y\u{1B}\r\n\tz"]) == "x\u{FFFD}y\u{FFFD}\r\n\tz")
  }

  @Test func `sections and their opposites`() throws {
    struct Model: Encodable {
      let list = ["x", "y"]
      let none: [String] = []
      let yes = true
      let no = false
      let nothing: String?
      let something: String? = "z"
    }
    let html = try Templates.filled(
      "{{#list}}{{.}},{{/list}}{{^none}}empty,{{/none}}{{#yes}}yes,{{/yes}}{{^no}}no,{{/no}}"
        + "{{#nothing}}wrong{{/nothing}}{{#something}}{{.}}{{/something}}",
      Model(nothing: nil)
    )
    #expect(html == "x,y,empty,yes,no,z")
  }

  @Test func `names are looked for outwards, and unknown ones are told`() throws {
    struct Inner: Encodable { let own = "own" }
    struct Outer: Encodable {
      let inner = Inner()
      let outer = "outer"
    }
    #expect(
      try Templates.filled("{{#inner}}{{own}} {{outer}} {{inner.own}}{{/inner}}", Outer()) == "own outer own"
    )
    var unknown: Set<String> = []
    _ = try Templates.filled("{{#inner}}{{misspelt}}{{/inner}}{{inner.wrong}}", Outer(), unknown: &unknown)
    #expect(unknown == ["misspelt", "inner.wrong"])
  }

  @Test func `tags alone on a line leave no line behind`() throws {
    #expect(
      try Templates.filled(
        "a\n  {{#yes}}\nb\n{{/yes}}\n{{! said nowhere }}\nc {{#yes}}d{{/yes}}\n",
        ["yes": true]
      ) == "a\nb\nc d\n"
    )
  }

  @Test func `a page fills its parent's blocks and partials`() throws {
    let sources = [
      "layout": "<{{$kind}}plain{{/kind}}>{{$main}}{{/main}}",
      "page": "{{< layout}}left out{{$main}}{{> part}}{{/main}}{{/layout}}",
      "part": "[{{a}}]",
    ].mapValues { Array($0.utf8) }
    let read = try Dictionary(
      uniqueKeysWithValues: sources.map { ($0, try TemplateNode.read($1, named: $0)) }
    )
    var buffer = ByteBuffer()
    var unknown: Set<String> = []
    try Template("page", from: read).fill(Filling(["a": "1"]), into: &buffer, unknown: &unknown)
    #expect(String(buffer: buffer) == "<plain>[1]")
  }

  @Test(arguments: [
    "{{#a}}", "{{/a}}", "{{#a}}{{/b}}", "{{{a}}}", "{{&a}}", "{{a", "{{}}", "{{> missing}}", "{{> page}}",
  ])
  func `a template that is wrong is refused when the server starts`(text: String) {
    #expect(throws: TemplateFault.self) {
      let nodes = try TemplateNode.read(Array(text.utf8), named: "page")
      _ = try Template("page", from: ["page": nodes])
    }
  }

  static func filled(_ text: String, _ model: some Encodable) throws -> String {
    var unknown: Set<String> = []
    return try filled(text, model, unknown: &unknown)
  }

  static func filled(_ text: String, _ model: some Encodable, unknown: inout Set<String>) throws -> String {
    let template = try Template(
      "page",
      from: ["page": try TemplateNode.read(Array(text.utf8), named: "page")]
    )
    var buffer = ByteBuffer()
    template.fill(try Filling(model), into: &buffer, unknown: &unknown)
    return String(buffer: buffer)
  }
}
