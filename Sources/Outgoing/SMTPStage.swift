import Synchronization

/// How far a conversation has come: the last command said.
///
/// Decides what a refusal is about.
enum SMTPStage: UInt8, AtomicRepresentable {
  case greeting
  case hello
  case encryption
  case signIn
  case sender
  case recipient
  case message

  /// Looks at the command's verb only; what follows may be a password.
  ///
  /// Nil for anything else that is said, such as the later lines of a sign-in.
  init?(command: UnsafeBufferPointer<CChar>) {
    let start = String(decoding: command.prefix(10).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let verbs: [(String, SMTPStage)] = [
      ("EHLO ", .hello), ("HELO ", .hello), ("STARTTLS", .encryption), ("AUTH ", .signIn),
      ("MAIL FROM:", .sender),
      ("RCPT TO:", .recipient), ("DATA", .message),
    ]
    guard let (_, stage) = verbs.first(where: { start.hasPrefix($0.0) }) else { return nil }
    self = stage
  }

  /// What a refusal with this reply code says, at this stage.
  ///
  /// - Parameter isOfPolicy: whether the reply says that it is about who sends and not about the address.
  func cause(code: Int, isOfPolicy: Bool) -> DeliveryCause {
    // RFC 4954 §6: authentication required, too weak, wrong, or needing encryption, whenever it is said.
    if [530, 534, 535, 538].contains(code) { return .signInRefused }
    return switch self {
    case .greeting, .hello: .serverRefused
    case .encryption: .notEncrypted
    case .signIn: .signInRefused
    case .sender: .senderRefused
    case .recipient: isOfPolicy && code >= 500 ? .relayRefused : .recipientRefused
    case .message: .messageRefused
    }
  }
}
