import Desk

/// What the terminal of an empty server shows.
enum SetUpSheet {
  /// - Parameters:
  ///   - address: from the configuration alone, so that no request decides where the link leads.
  ///   - code: stands in the fragment, which browsers send nowhere.
  static func text(address: String, code: String) -> String {
    """

    Nothing is set up here yet. Open this link to name the business and become its owner:

      \(address)/setup#\(code)

    It works once, within \(SetUp.lifetime / 60) minutes. If it has expired, start the server again: it prints a new one.

    """
  }
}
