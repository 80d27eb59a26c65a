import BusinessFile
import TestKit
import Testing

@Suite struct `Broken business files` {
  @Test func `random changes to the demo file never crash, and every problem has a line of the file`() throws
  {
    let demo = Array(try Samples.file("Sources/cloakroom/Demo/business.yaml").unicodeScalars)
    let pieces = [
      "[", "]", "{", "}", ": ", "- ", "\n", "\n  ", "\"", "'", "#", " #", "&a ", "*a ", "!t ", "|", ">", "? ",
      "%", "@",
      "~", "null", "0", "-1", "99999999999999999999", "\t", "\u{0}", "\u{FEFF}", "é", "---\n", "...\n",
      "<<: ", "\\",
      "\r", ",",
    ].map { Array($0.unicodeScalars) }
    var generator = SeededGenerator(2_026)
    var read = 0
    for _ in 0..<250 {
      var text = demo
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let position = Int.random(in: 0..<text.count, using: &generator)
        let length = min(Int.random(in: 0...12, using: &generator), text.count - position)
        text.replaceSubrange(
          position..<position + length,
          with: pieces.randomElement(using: &generator) ?? []
        )
      }
      var mutated = String.UnicodeScalarView()
      mutated.append(contentsOf: text)
      let lines = text.count { $0 == "\n" } + 1
      do {
        let file = try Samples.read(String(mutated))
        let again = try Samples.read(BusinessFileWriter.write(file))
        #expect(again == file)
        read += 1
      } catch {
        #expect(!error.problems.isEmpty)
        #expect(error.problems.allSatisfy { (1...lines + 1).contains($0.line) && $0.column >= 1 })
      }
    }
    #expect(read > 0)
  }
}
