import Audit
import Booking
import Messages
import Outgoing
import People
import Primitives
import Storage
import Vault

extension Desk {
  /// A notice in words; nil when nobody needs it any more: its link was used, its finding settled, its reader is gone.
  func noticeLetter(_ row: NoticeRow, from server: MailServer) async throws -> WrittenMessage? {
    let timetable = try await timetable()
    guard let reader = try await reader(of: row, timetable),
      let matter = try await matter(of: row, timetable),
      let zone = timetable.homeZone(of: nil)
    else { return nil }
    let business = timetable.business
    let letter = NoticeLetter(
      matter: matter,
      business: business.name,
      contact: business.contact,
      zone: zone,
      recipient: reader.mailbox,
      sender: Mailbox(name: business.name, address: server.sender),
      address: address,
      sent: clock.now(),
      id: row.id
    )
    var detail = ActDetail()
    DueMessage.notice(row).touch(&detail)
    detail.fields = reader.fields
    return WrittenMessage(mail: try letter.mail(), detail: detail)
  }

  private struct Reader {
    let mailbox: Mailbox
    /// What was opened to know it.
    let fields: [String]
  }

  private func reader(of row: NoticeRow, _ timetable: Timetable) async throws -> Reader? {
    switch row.recipient {
    case .staff(let slug):
      guard let account = try await store.ask({ try $0.staffAccount(slug) }),
        // Who has left is told so, and nothing else.
        account.active || row.detail == NoticedChange.left.rawValue,
        let keys = try await keys.open(account.subject)
      else { return nil }
      let email = try EmailAddress(try keys.open(account.email, at: account.emailCell()))
      return Reader(
        mailbox: Mailbox(name: timetable.staffMember(slug)?.name ?? "", address: email),
        fields: ["email"]
      )
    case .contact(let subject):
      guard let contact = try await store.ask({ try $0.contact(subject) }),
        let keys = try await keys.open(subject),
        let email = try contact.open(.email, keys)
      else { return nil }
      return Reader(
        mailbox: Mailbox(name: try contact.open(.name, keys) ?? "", address: try EmailAddress(email)),
        fields: [ContactField.email, .name].map(\.rawValue)
      )
    }
  }

  private func matter(of row: NoticeRow, _ timetable: Timetable) async throws -> NoticeMatter? {
    let now = clock.now()
    switch row.kind {
    case .invite:
      guard let invite = try await store.ask({ try $0.openInvite(row.about, now: now) }) else { return nil }
      guard let recovery = invite.recovery else {
        return .invite(link: link(to: invite), until: invite.expiresAt)
      }
      // What somebody let open before its time was told then.
      if row.detail == Desk.recoveryReminder, recovery.openedBy != nil { return nil }
      let stop = ring.linkCode(.stopRecovery, row: invite.id)
      return .recovery(
        RecoveryFacts(
          askedBy: name(of: recovery.askedBy, timetable),
          openedBy: recovery.openedBy.map { name(of: $0, timetable) },
          opensAt: recovery.opensAt,
          until: invite.expiresAt,
          link: link(to: invite),
          stop: "\(address)/staff/\(business)/not-me#\(stop)"
        )
      )
    case .newSignIn:
      guard let signIn = try await store.ask({ try $0.noticedSignIn(row.about) }) else { return nil }
      let code = ring.linkCode(.disown, row: row.about)
      return .newSignIn(SignInFacts(signIn), disown: "\(address)/staff/\(business)/not-me#\(code)")
    case .othersSignIn:
      guard let signIn = try await store.ask({ try $0.noticedSignIn(row.about) }) else { return nil }
      return .othersSignIn(
        of: name(of: signIn.staff, timetable),
        SignInFacts(signIn),
        access: accessURL(of: signIn.staff)
      )
    case .accessChanged:
      return .accessChanged(NoticedChange(rawValue: row.detail) ?? .other, at: row.id.madeAt)
    case .othersAccessChanged:
      if let news = ApprovalNews(rawValue: row.detail) { return try await approval(news, row, timetable) }
      let change = NoticedChange(rawValue: row.detail) ?? .other
      let holder = try await store.ask { try $0.holder(of: row.about) }
      return .othersAccessChanged(
        of: holder.map { name(of: $0, timetable) },
        change,
        at: row.id.madeAt,
        access: accessURL(of: holder)
      )
    case .sharedLogin:
      guard let staff = try await store.ask({ try $0.noticedFinding(row.about) }) else { return nil }
      return .sharedLogin(of: name(of: staff, timetable), access: accessURL(of: staff))
    case .customerLink:
      guard let link = try await store.ask({ try $0.openCustomerLink(row.about, now: now) }) else {
        return nil
      }
      let code = ring.linkCode(.customer, row: link.id)
      return .customerLink("\(address)/my/\(business)/open#\(code)", until: link.expiresAt)
    case .leaveAsked, .leaveAnswered, .emergency:
      return try await store.ask { try $0.leave(row.about) }.flatMap { leaveMatter(row, $0, timetable) }
    }
  }

  /// A change that needs two people, or one of a person's role by the machine's owner.
  private func approval(_ news: ApprovalNews, _ row: NoticeRow, _ timetable: Timetable) async throws
    -> NoticeMatter?
  {
    let staff = "\(address)/staff/\(business)"
    if news == .raisedByFile {
      guard let raised = try await store.ask({ try $0.holder(of: row.about) }) else { return nil }
      let name = name(of: raised, timetable)
      return .approval(news, .morePower, by: name, at: row.id.madeAt, page: accessURL(of: raised))
    }
    guard let approval = try await store.ask({ try $0.approval(row.about) }) else { return nil }
    let name = name(of: approval.askedBy, timetable)
    let isAsked = news == .asked || news == .askedAlone
    let page = isAsked ? "/approvals" : approval.kind.page
    let matter: ApprovalNews.Matter =
      switch approval.kind {
      case .roleRaise: .morePower
      case .customerExport: .customerFile
      case .customerErasure: .erasure
      }
    return .approval(news, matter, by: name, at: row.id.madeAt, page: staff + page)
  }

  func name(of staff: Slug, _ timetable: Timetable) -> String {
    timetable.staffMember(staff)?.name ?? staff.text
  }

  /// Where an owner sees how somebody signs in; the list of people when it is not known who.
  private func accessURL(of staff: Slug?) -> String {
    "\(address)/staff/\(business)/people" + (staff.map { "/\($0)" } ?? "")
  }
}

extension SignInFacts {
  fileprivate init(_ signIn: NoticedSignIn) {
    self.init(
      at: signIn.startedAt,
      browser: signIn.kind,
      oddities: signIn.unusual.compactMap(SignInOddity.init(rawValue:))
    )
  }
}
