import Foundation
import TestKit

extension MailSink {
  var authority: String { folder.appending(path: "authority.pem").path }

  func messages() throws -> [Data] { try files() }

  struct Facts: Decodable {
    let from: String
    let to: [String]
    let hello: String
    let tls: Bool
    let login: String?
  }

  func facts(_ number: Int = 1) throws -> Facts {
    let name = String(format: "%04d.json", number)
    return try JSONDecoder().decode(Facts.self, from: Data(contentsOf: folder.appending(path: name)))
  }
}
