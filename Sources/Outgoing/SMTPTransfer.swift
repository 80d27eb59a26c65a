import CCurl
import Primitives
import Synchronization

/// One conversation with a mail server, spoken by libcurl.
///
/// Runs once, on the thread that calls ``perform()``.
final class SMTPTransfer: Sendable {
  private let message: [UInt8]
  private let recipient: EmailAddress
  private let server: MailServer
  private let limits: CourierLimits

  /// How much of the message libcurl has taken.
  private let taken = Atomic<Int>(0)
  private let stage = Atomic<SMTPStage>(.greeting)
  private let isBrokenOff = Atomic<Bool>(false)
  /// Whether the server refused the last command for a policy of its own. Nothing else of its words is kept, for they quote addresses.
  private let isOfPolicy = Atomic<Bool>(false)

  /// Once for the process, before the first handle; libcurl asks for that.
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_SSL)) == CURLE_OK

  init(message: [UInt8], recipient: EmailAddress, server: MailServer, limits: CourierLimits) {
    self.message = message
    self.recipient = recipient
    self.server = server
    self.limits = limits
  }

  /// From any thread; takes effect within about a second.
  func breakOff() { isBrokenOff.store(true, ordering: .relaxed) }

  func perform() -> Delivery {
    // Addresses cannot hold controls; the envelope is made of lines, so it is asked again where it is made.
    let envelope = [server.sender.text, recipient.text]
    guard envelope.allSatisfy({ $0.utf8.allSatisfy { (0x21..<0x7F).contains($0) } }) else {
      return .permanentFailure(DeliveryFault(.recipientRefused))
    }
    guard Self.isReady, let handle = curl_easy_init() else {
      return .temporaryFailure(DeliveryFault(.unusable))
    }
    defer { curl_easy_cleanup(handle) }
    guard let recipients = curl_slist_append(nil, recipient.text) else {
      return .temporaryFailure(DeliveryFault(.unusable))
    }
    defer { curl_slist_free_all(recipients) }
    // An option that is not taken would weaken what the settings promise: nothing is sent then.
    guard prepare(handle, recipients) else { return .temporaryFailure(DeliveryFault(.unusable)) }
    return withExtendedLifetime(self) {
      let result = curl_easy_perform(handle)
      return delivery(result, code: Int(cloakroom_curl_response_code(handle)))
    }
  }

  private func prepare(_ handle: UnsafeMutableRawPointer, _ recipients: UnsafeMutablePointer<curl_slist>)
    -> Bool
  {
    let options = CurlOptions(handle)
    let context = Unmanaged.passUnretained(self).toOpaque()
    options.check(cloakroom_curl_set_listener(handle, heard, context))
    options.check(cloakroom_curl_set_progress(handle, progressed, context))
    options.check(cloakroom_curl_set_read(handle, wanted, context))
    options.set(CURLOPT_URL, url)
    options.set(CURLOPT_PROTOCOLS_STR, server.security == .implicitTLS ? "smtps" : "smtp")
    // An empty proxy: none, whatever the environment says.
    options.set(CURLOPT_PROXY, "")
    options.set(CURLOPT_NOSIGNAL, 1)
    options.set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(limits.connect))
    options.set(CURLOPT_TIMEOUT_MS, milliseconds(limits.whole))

    options.check(cloakroom_curl_set_tls(handle, server.security == .plainOnLoopbackOnly ? 0 : 1))
    options.set(CURLOPT_SSL_VERIFYPEER, 1)
    options.set(CURLOPT_SSL_VERIFYHOST, 2)
    if let authorities = limits.authorities { options.set(CURLOPT_CAINFO, authorities) }
    if let login = server.login {
      options.set(CURLOPT_USERNAME, login.username)
      options.set(CURLOPT_PASSWORD, login.password)
    }

    options.set(CURLOPT_MAIL_FROM, server.sender.text)
    options.check(cloakroom_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients))
    options.set(CURLOPT_UPLOAD, 1)
    options.check(cloakroom_curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(message.count)))
    return options.areTaken
  }

  /// The path is what EHLO says; the sender's domain, since the machine's name is nobody's business.
  private var url: String {
    let host = server.host.utf8.contains(UInt8(ascii: ":")) ? "[" + server.host + "]" : server.host
    let scheme = server.security == .implicitTLS ? "smtps" : "smtp"
    return "\(scheme)://\(host):\(server.port)/\(server.sender.domain)"
  }

  private func milliseconds(_ duration: Duration) -> Int {
    max(
      1,
      Int(duration.components.seconds) * 1_000 + Int(duration.components.attoseconds / 1_000_000_000_000_000)
    )
  }

  /// Copies the next piece of the message; called by libcurl on the thread of ``perform()``.
  fileprivate func give(_ buffer: UnsafeMutablePointer<CChar>, atMost room: Int) -> Int {
    let start = taken.load(ordering: .relaxed)
    let count = min(room, message.count - start)
    message.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(start: buffer, count: count)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]))
    }
    taken.store(start + count, ordering: .relaxed)
    return count
  }

  fileprivate func hear(_ command: UnsafeBufferPointer<CChar>) {
    guard let next = SMTPStage(command: command) else { return }
    stage.store(next, ordering: .relaxed)
    isOfPolicy.store(false, ordering: .relaxed)
  }

  fileprivate func hear(reply: UnsafeBufferPointer<CChar>) {
    let line = String(decoding: reply.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // The refusal may be one of several lines, and is followed by the answer to QUIT.
    if SMTPReply.isOfPolicy(line) { isOfPolicy.store(true, ordering: .relaxed) }
  }

  fileprivate var mustEnd: Bool { isBrokenOff.load(ordering: .relaxed) }

  private func delivery(_ result: CURLcode, code: Int) -> Delivery {
    if result == CURLE_OK { return .delivered }
    if result == CURLE_ABORTED_BY_CALLBACK { return .temporaryFailure(DeliveryFault(.closed)) }
    let stage = stage.load(ordering: .relaxed)
    guard (400...599).contains(code) else {
      return .temporaryFailure(DeliveryFault(cause(of: result, at: stage)))
    }
    let fault = DeliveryFault(
      stage.cause(code: code, isOfPolicy: isOfPolicy.load(ordering: .relaxed)),
      code: code
    )
    let isFinal = code >= 500 && (fault.cause == .recipientRefused || fault.cause == .messageRefused)
    return isFinal ? .permanentFailure(fault) : .temporaryFailure(fault)
  }

  /// When the server's last word was no refusal.
  private func cause(of result: CURLcode, at stage: SMTPStage) -> DeliveryCause {
    switch result {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT: .unreachable
    case CURLE_OPERATION_TIMEDOUT: .timedOut
    case CURLE_USE_SSL_FAILED: .notEncrypted
    case CURLE_PEER_FAILED_VERIFICATION: .certificateRefused
    case CURLE_LOGIN_DENIED: .signInRefused
    case CURLE_SSL_CACERT_BADFILE, CURLE_UNSUPPORTED_PROTOCOL, CURLE_NOT_BUILT_IN: .unusable
    default: .brokenOff
    }
  }
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> SMTPTransfer? {
  context.map { Unmanaged<SMTPTransfer>.fromOpaque($0).takeUnretainedValue() }
}

private let wanted: curl_read_callback = { buffer, size, count, context in
  guard let buffer, let transfer = transfer(context) else { return Int(CURL_READFUNC_ABORT) }
  return transfer.give(buffer, atMost: size * count)
}

private let progressed: curl_xferinfo_callback = { context, _, _, _, _ in
  transfer(context)?.mustEnd ?? true ? 1 : 0
}

private let heard: curl_debug_callback = { _, kind, text, length, context in
  guard let text else { return 0 }
  let words = UnsafeBufferPointer(start: text, count: length)
  switch kind {
  case CURLINFO_HEADER_OUT: transfer(context)?.hear(words)
  case CURLINFO_HEADER_IN: transfer(context)?.hear(reply: words)
  default: break
  }
  return 0
}
