/// What became of a change that needs two people. The raw value is a notice's detail.
package enum ApprovalNews: String, Hashable, Sendable, CaseIterable {
  case asked = "approval-asked"
  /// Nobody else can agree: it is done after a day.
  case askedAlone = "approval-asked-alone"
  case done = "approval-done"
  case refused = "approval-refused"
  case withdrawn = "approval-withdrawn"
  /// Somebody got more by the business file, from whoever runs the machine.
  case raisedByFile = "raised-by-file"

  /// One to three sentences; `name` is who asked, of the last one whose role it is.
  func sentence(about name: String) -> String {
    switch self {
    case .asked:
      "\(name) asks for a change that gives somebody more power here. It waits for the yes of a second person, for one hour. "
        + "Look at exactly what would change before you agree, and ask \(name), not by mail, if you are in doubt."
    case .askedAlone:
      "\(name) asks for a change that gives somebody more power here. Nobody else can agree to it, so it waits for a day and "
        + "is then done by itself. Until then \(name) can withdraw it."
    case .done: "The change that \(name) asked for, which gives somebody more power here, is done."
    case .refused: "Somebody said no to the change that \(name) asked for. Nothing was changed."
    case .withdrawn: "\(name) has withdrawn the change that was asked for. Nothing was changed."
    case .raisedByFile:
      "\(name) may do more than before: whoever runs the server has applied a business file that says so. Did you not expect "
        + "that? Then ask them, not by mail."
    }
  }
}
