import Testing

@testable import Web

/// Against the standard's own figures; that foreign readers read it, `Tests/Journeys/test_browser_invite.py` shows.
@Suite struct `QR codes` {
  @Test func `error correction is the standard's`() {
    // "HELLO WORLD" in version 1-M.
    let data: [UInt8] = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17]
    #expect(ReedSolomon(degree: 10).remainder(of: data) == [196, 35, 39, 119, 235, 215, 231, 226, 93, 23])
  }

  @Test(arguments: [(0, 0b1010100_00010010), (5, 0b1000000_11001110), (7, 0b1001010_10100000)])
  func `format bits are the standard's`(mask: Int, bits: Int) {
    #expect(QRGrid.format(mask: mask) == bits)
  }

  @Test(arguments: [(7, 0b00_01111100_10010100), (40, 0b10_10001100_01101001)])
  func `version bits are the standard's`(version: Int, bits: Int) {
    #expect(QRGrid.information(version: version) == bits)
  }

  @Test(arguments: [
    (2, [6, 18]), (7, [6, 22, 38]), (14, [6, 26, 46, 66]), (32, [6, 34, 60, 86, 112, 138]),
    (40, [6, 30, 58, 86, 114, 142, 170]),
  ])
  func `alignment patterns stand where the standard has them`(version: Int, centres: [Int]) {
    #expect(QRVersion(number: version).alignments == centres)
  }

  @Test(arguments: [
    (14, 21), (15, 25), (26, 25), (27, 29), (122, 45), (123, 49), (180, 53), (213, 57), (2_331, 177),
  ])
  func `the smallest version that holds the text is taken`(bytes: Int, size: Int) throws {
    let code = try #require(QRCode(String(repeating: "a", count: bytes)))
    #expect(code.size == size && code.modules.count == size * size)
    for (x, y) in [(0, 0), (size - 1, 0), (0, size - 1), (3, 3), (8, size - 8)] { #expect(code[x, y]) }
    #expect(!code[7, 7] && !code[1, 1])
  }

  @Test func `what no version holds is no picture`() {
    #expect(QRCode(String(repeating: "a", count: 2_332)) == nil)
  }

  @Test func `the path draws each dark module once`() throws {
    let code = try #require(QRCode("otpauth://totp/Spare%20Hands:ona@example.test?secret=JBSWY3DPEHPK3PXP"))
    let widths = code.path.split(separator: "M").compactMap { part in
      part.split(separator: "h").dropFirst().first.flatMap { $0.split(separator: "v").first }.flatMap {
        Int($0)
      }
    }
    #expect(widths.reduce(0, +) == code.modules.count { $0 })
  }
}
