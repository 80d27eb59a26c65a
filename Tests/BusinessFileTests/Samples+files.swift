import Foundation

extension Samples {
  static func text(at path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }
}
