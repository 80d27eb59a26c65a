import Foundation
import Testing
import Vault

@testable import Desk

/// Downloads of Have I Been Pwned as they lie on disk.
struct BreachedPasswordsTests {
  private let stolen = [
    "stolen-lantern-oak-42", "password", "ąžuolas-lantern-17", "correct horse", "\u{1F9F5} thread",
  ]

  /// The lines of a download in which `stolen` stand among others.
  private func lines(of stolen: [String], among others: Int = 3_000) -> [String] {
    let hashes = stolen + (0..<others).map { "somebody else's \($0)" }
    return hashes.map { BreachDigest.sha1(of: $0) }.sorted().enumerated().map { "\($1):\($0 % 9_000 + 1)" }
  }

  private func file(_ text: String) throws -> String {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "breached-\(UUID().uuidString).txt"
    )
    try Data(text.utf8).write(to: file)
    return file.path
  }

  private func fault(at path: String) -> BreachedPasswordsFault? {
    do {
      _ = try BreachedPasswords(at: path)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: ["\n", "\r\n"]) func `a sorted file is searched, whatever ends its lines`(_ end: String)
    async throws
  {
    for text in [lines(of: stolen).joined(separator: end), lines(of: stolen).joined(separator: end) + end] {
      let path = try file(text)
      let list = try BreachedPasswords(at: path)
      for password in stolen { #expect(try await list.holds(password), "\(password)") }
      for number in 0..<200 { #expect(try await !list.holds("not stolen \(number)")) }
      for number in stride(from: 0, to: 3_000, by: 37) {
        #expect(try await list.holds("somebody else's \(number)"))
      }
      try FileManager.default.removeItem(atPath: path)
      await #expect(throws: BreachedPasswordsFault.unreadable) { _ = try await list.holds("password") }
    }
  }

  @Test func `the first and the last line are found, and one line is a list too`() async throws {
    for count in [1, 2, 3, 4] {
      let words = (0..<count).map { "only \($0)" }
      let path = try file(lines(of: words, among: 0).joined(separator: "\n"))
      let list = try BreachedPasswords(at: path)
      for word in words { #expect(try await list.holds(word)) }
      #expect(try await !list.holds("other"))
      try FileManager.default.removeItem(atPath: path)
    }
  }

  @Test func `small digits, no counts and either way of composing an accent are understood`() async throws {
    let path = try file(lines(of: stolen).map { String($0.prefix(40)).lowercased() }.joined(separator: "\n"))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let list = try BreachedPasswords(at: path)
    for password in stolen { #expect(try await list.holds(password)) }
    #expect(try await list.holds("a\u{328}z\u{30C}uolas-lantern-17"))
  }

  @Test func `a line that was seen no times is padding`() async throws {
    let path = try file(BreachDigest.sha1(of: "password") + ":0\n")
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try await !BreachedPasswords(at: path).holds("password"))
  }

  @Test func `a folder of ranges is searched`() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "breached-\(UUID().uuidString)"
    )
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var ranges = Dictionary(grouping: lines(of: stolen, among: 50)) { String($0.prefix(5)) }
    for prefix in ["00000", "5BAA6", "FFFFF"] {
      ranges[prefix, default: []].append(prefix + String(repeating: "F", count: 35) + ":1")
    }
    for (prefix, lines) in ranges {
      let text = lines.map { $0.dropFirst(5) }.joined(separator: "\r\n")
      try Data(text.utf8).write(to: folder.appendingPathComponent("\(prefix).txt"))
    }
    let list = try BreachedPasswords(at: folder.path)
    for password in stolen { #expect(try await list.holds(password)) }
    let absent = try #require(
      (0...).lazy.map { "nobody's \($0)" }.first {
        ranges[String(BreachDigest.sha1(of: $0).prefix(5))] == nil
      }
    )
    await #expect(throws: BreachedPasswordsFault.unreadable) { _ = try await list.holds(absent) }
  }

  @Test func `what is no such download is refused at once`() throws {
    #expect(fault(at: "/nowhere/breached.txt") == .missing)
    let byCount = lines(of: stolen).shuffledByCount.joined(separator: "\n")
    for (text, expected): (String, BreachedPasswordsFault) in [
      ("", .otherFormat), ("password\nqwerty\n", .otherFormat), (byCount, .notSorted),
      (lines(of: stolen).map { $0.dropFirst(8) }.joined(separator: "\n"), .otherFormat),
      (String(repeating: "A", count: 5_000), .otherFormat),
    ] {
      let path = try file(text)
      #expect(fault(at: path) == expected)
      try FileManager.default.removeItem(atPath: path)
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "breached-\(UUID().uuidString)"
    )
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(fault(at: folder.path) == .unreadable)
  }
}

extension [String] {
  /// As the download that is ordered by count: the hashes lie in no order.
  fileprivate var shuffledByCount: [String] { sorted { $0.suffix(20) < $1.suffix(20) } }
}
