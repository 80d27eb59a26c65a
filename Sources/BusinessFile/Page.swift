/// Lines of YAML being written, with their indentation.
struct Page {
  private(set) var text = ""
  private var indent = 0
  /// The next line begins an item of a list and carries its dash.
  private var startsItem = false

  /// `key: value`; nothing for nil.
  mutating func line(_ key: String, _ value: YAML?) {
    guard let value else { return }
    put("\(key): \(value.text)")
  }

  /// An empty line.
  mutating func gap() { text += "\n" }

  /// A text of several lines as a `|` block where YAML can hold it so, else in quotes.
  mutating func long(_ key: String, _ value: String?) {
    guard let value else { return }
    guard YAML.fitsBlock(value) else { return line(key, .text(value)) }
    put("\(key): |-")
    for row in value.split(separator: "\n", omittingEmptySubsequences: false) {
      text += row.isEmpty ? "\n" : String(repeating: " ", count: indent + 2) + row + "\n"
    }
  }

  /// A block of keys; nothing when `body` writes nothing.
  mutating func block(_ key: String, _ body: (inout Page) -> Void) {
    var inner = Page()
    inner.indent = indent + 2
    body(&inner)
    guard !inner.text.isEmpty else { return }
    put("\(key):")
    text += inner.text
  }

  /// A list of blocks; nothing when it is empty.
  mutating func items<Item>(_ key: String, _ items: [Item], _ body: (inout Page, Item) -> Void) {
    guard !items.isEmpty else { return }
    put("\(key):")
    indent += 4
    for item in items {
      startsItem = true
      body(&self, item)
    }
    indent -= 4
  }

  /// A list of short blocks, one `{key: value, …}` to a line; nothing when it is empty.
  mutating func flowItems<Item>(_ key: String, _ items: [Item], _ parts: (Item) -> [(String, YAML?)]) {
    guard !items.isEmpty else { return }
    put("\(key):")
    for item in items {
      let written = parts(item).compactMap { key, value in value.map { "\(key): \($0.text)" } }
      text += String(repeating: " ", count: indent + 2) + "- {\(written.joined(separator: ", "))}\n"
    }
  }

  private mutating func put(_ line: String) {
    let lead =
      startsItem ? String(repeating: " ", count: indent - 2) + "- " : String(repeating: " ", count: indent)
    startsItem = false
    text += lead + line + "\n"
  }
}
