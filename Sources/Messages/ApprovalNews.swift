/// What became of something that takes two people. The raw value is the notice's detail.
package enum ApprovalNews: String, Hashable, Sendable, CaseIterable {
  case asked = "approval-asked"
  /// Nobody else can agree: it is done after a day.
  case askedAlone = "approval-asked-alone"
  case done = "approval-done"
  case refused = "approval-refused"
  case withdrawn = "approval-withdrawn"
  /// Whoever asked for a file has taken it.
  case taken = "approval-taken"
  /// A file that was agreed to cannot be taken any more.
  case stopped = "approval-stopped"
  /// Somebody got more by the business file, from whoever runs the machine.
  case raisedByFile = "raised-by-file"

  /// What takes two people.
  package enum Matter: Hashable, Sendable, CaseIterable {
    case morePower
    case customerFile
    case erasure

    fileprivate var words: String {
      switch self {
      case .morePower: "a change that gives somebody more power here"
      case .customerFile: "a file with the data of all customers"
      case .erasure: "the erasing, for good, of customers whose visits are long over"
      }
    }
  }

  /// One to three sentences; `name` is who asked, of the last one whose role it is.
  func sentence(about name: String, _ matter: Matter) -> String {
    switch self {
    case .asked:
      "\(name) asks for \(matter.words). It waits for the yes of a second person, for one hour. "
        + "Look at exactly what would be done before you agree, and ask \(name), not by mail, if you are in doubt."
    case .askedAlone:
      "\(name) asks for \(matter.words). Nobody else can agree to it, so it waits for a day and is then done by itself. "
        + "Until then \(name) can withdraw it."
    case .done: done(name, matter)
    case .refused: "\(name) asked for \(matter.words). Somebody said no, and nothing was done."
    case .withdrawn: "\(name) asked for \(matter.words), and has withdrawn that. Nothing was done."
    case .taken:
      "\(name) has taken \(matter.words), as was agreed. One line in it is nobody's: its address, which is on the page "
        + "below, tells later which file it was."
    case .stopped:
      "\(name) had leave to take \(matter.words). Somebody has stopped that: it cannot be taken any more. The record says "
        + "whether it was taken before."
    case .raisedByFile:
      "\(name) may do more than before: whoever runs the server has applied a business file that says so. Did you not expect "
        + "that? Then ask them, not by mail."
    }
  }

  private func done(_ name: String, _ matter: Matter) -> String {
    switch matter {
    case .morePower: "The change that \(name) asked for, which gives somebody more power here, is done."
    case .customerFile:
      "\(name) asked for a file with the data of all customers, and can take it now. You are told when that happens."
    case .erasure:
      "The data of customers whose visits are long over is erased, as \(name) asked. Copies in backups go with those."
    }
  }
}
