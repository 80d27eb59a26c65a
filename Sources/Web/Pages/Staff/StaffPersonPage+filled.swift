import Booking
import Desk
import People
import Primitives

extension StaffPersonPage {
  init(
    _ answer: PersonAnswer,
    _ access: PersonAccess,
    _ ways: StaffAccess?,
    _ coming: [DayVisit],
    isMailed: Bool,
    version: Int
  ) {
    let (staff, member) = (answer.staff, answer.member)
    let state = AccessState(access)
    let words = AccessWords(zone: staff.home, now: staff.desk.now)
    let mayEnd = staff.may(.endAccess)
    self.init(
      layout: staff.layout(member.name, .people, hasProblem: !answer.errors.isEmpty),
      name: member.name,
      role: StaffWords.role(member.role, of: staff.business),
      access: state.sentence,
      accessKind: state.kind,
      peopleURL: staff.base + "/people",
      notice: answer.notice,
      errors: answer.typedRole == nil
        ? answer.errors.summary : answer.errors.summary(naming: RoleQuestions.labels),
      invite: answer.link.map { link in
        Invite(
          person: member.name,
          url: link,
          lifetime: PageWords.count(Desk.inviteLifetime / 3_600, "hour"),
          isMailed: isMailed
        )
      },
      recovery: access.recovery.map { Recovery($0, answer, mayEnd: mayEnd) },
      noMail: answer.isMailMissing
        ? NoMail(mailURL: staff.base + "/mail", command: "cloakroom invite \(member.id)") : nil,
      findings: mayEnd ? (ways?.findings ?? []).map { Finding($0, answer, words) } : [],
      mailboxReason: access.mailboxReason,
      ways: ways.map {
        Ways($0, url: mayEnd ? answer.url : nil, isSelf: member.id == staff.person.id, words)
      },
      left: access.leftAt.map { at in
        Left(at: PageWords.moment(at, in: staff.home), coming: coming.map { Coming($0, staff) })
      },
      inviteURL: staff.may(.invitePeople) && access.recovery == nil ? answer.url + "/invite" : nil,
      inviteHeading: StaffPersonPage.inviteHeading(access),
      inviteLabel: StaffPersonPage.inviteLabel(access),
      inviteText: StaffPersonPage.inviteText(access, staff.business),
      leaving: mayEnd && access.leftAt == nil
        ? Leaving(url: answer.url + "/leaving", isLastOwner: access.isLastOwner) : nil,
      rights: staff.may(.manageRoles) && access.leftAt == nil ? Rights(answer, version) : nil
    )
  }

  private static func inviteHeading(_ access: PersonAccess) -> String {
    access.hasTakenUp && access.leftAt == nil
      ? "When \(access.person.name) cannot sign in" : inviteLabel(access)
  }

  private static func inviteLabel(_ access: PersonAccess) -> String {
    if access.hasTakenUp, access.leftAt == nil { return "Let \(access.person.name) start over" }
    return access.isInvited || access.leftAt != nil ? "Invite again" : "Invite"
  }

  /// "Spare Hands gets a new technician with an invite of their own."
  fileprivate static func becomes(_ answer: PersonAnswer) -> String {
    let business = answer.staff.business
    return business.isStrong(answer.member.role)
      ? "\(business.name) gets somebody new with an invite of their own, and without a role yet: to give this one takes two people."
      : "\(business.name) gets a new \(StaffWords.role(answer.member.role, of: business).lowercased()) with an invite of their own."
  }

  private static func inviteText(_ access: PersonAccess, _ business: Business) -> String {
    if access.leftAt != nil {
      return
        "Lets \(access.person.name) back in: a link to set up a new sign-in. Hours come back with the business file."
        + (business.isStrong(access.person.role)
          ? " The role does not come back by itself: to give it takes two people." : "")
    }
    if access.hasTakenUp {
      let name = access.person.name
      let why =
        access.canSignIn
        ? "For a lost phone or a forgotten password."
        : "Everything that signed \(name) in was ended, as after “this was not me”. Speak with \(name) first."
      return why + " "
        + "We mail \(name) a link to set up everything anew; nobody else sees it. It "
        + "opens after \(PageWords.count(Desk.recoveryWait / 3_600, "hour")), so that \(name) or an owner can stop what was "
        + "not meant. A second owner can let it open at once. Nothing changes until \(name) uses it."
    }
    return "A link with which \(access.person.name) sets up how to sign in. It works once."
  }
}

extension StaffPersonPage.Recovery {
  fileprivate init(_ recovery: WaitingRecovery, _ answer: PersonAnswer, mayEnd: Bool) {
    let (staff, name) = (answer.staff, answer.member.name)
    let until = PageWords.moment(recovery.expiresAt, in: staff.home)
    let isOpen = recovery.isOpen(at: staff.desk.now)
    let isOwn = [recovery.askedBy, answer.member.id].contains(staff.person.id)
    let mayOpen = staff.may(.invitePeople) && !isOpen
    let url = answer.url + "/recoveries/\(recovery.id)"
    let agreed = recovery.openedBy.map { ", since \(staff.name(of: $0)) agreed" } ?? ""
    self.init(
      asked: "\(staff.name(of: recovery.askedBy)) asked for it on "
        + "\(PageWords.moment(recovery.askedAt, in: staff.home)).",
      state: isOpen
        ? "The link that \(name) got by mail is open\(agreed). It works once, until \(until)."
        : "\(name) has got a link by mail. It opens on \(PageWords.moment(recovery.opensAt, in: staff.home)) and then works "
          + "once, until \(until).",
      whyNot: mayOpen && isOwn
        ? "Only an owner who did not ask for it can let it open before that, and nobody for themselves."
        : nil,
      openURL: mayOpen && !isOwn ? url + "/opening" : nil,
      endURL: mayEnd ? url + "/end" : nil
    )
  }
}

extension StaffPersonPage.Rights {
  fileprivate init(_ answer: PersonAnswer, _ version: Int) {
    self.init(
      url: answer.url + "/role",
      rolesURL: answer.staff.base + "/roles",
      version: String(version),
      problem: answer.problem?.sentence,
      panel: RolePanel(answer.staff.business, answer.member, answer.typedRole, answer.errors)
    )
  }
}

extension StaffPersonPage.Finding {
  fileprivate init(_ finding: Finding, _ answer: PersonAnswer, _ words: AccessWords) {
    let url = answer.url + "/findings/\(finding.id)"
    let typed = answer.typed
    let isRole =
      typed?.filled("mailbox-reason") != nil || answer.errors["email"] == FieldReason.roleMailbox.sentence
    self.init(
      id: finding.id.description,
      text: "Since \(PageWords.moment(finding.foundAt, in: words.zone)): "
        + finding.signs.map(Self.sign).joined(separator: "; ") + ".",
      splitURL: answer.staff.may(.manageRoles) ? url + "/split" : nil,
      becomes: StaffPersonPage.becomes(answer),
      explainedURL: url + "/explained",
      name: answer.errors.field("name", typed?["name"]),
      email: answer.errors.field("email", typed?["email"]),
      mailboxReason: isRole ? answer.errors.field("mailbox-reason", typed?["mailbox-reason"]) : nil
    )
  }

  private static func sign(_ sign: SharedLoginSign) -> String {
    switch sign {
    case .twoPlaces: "used on two devices in two networks at the same time"
    case .manyDevices: "used on one new device after the other"
    case .noPasskey: "used on several devices at once, with no passkey that would be one person’s own"
    }
  }
}

extension StaffPersonPage.Ways {
  /// - Parameters:
  ///   - url: of the person's page, for ending things; nil for who may not.
  ///   - isSelf: whoever looks; their own passkeys they remove on the page of their own sign-in.
  fileprivate init(_ access: StaffAccess, url: String?, isSelf: Bool, _ words: AccessWords) {
    let hasBoth = access.hasPassword && access.hasCodeApp
    self.init(
      passkeys: access.passkeys.map { passkey in
        StaffPersonPage.Passkey(
          facts: (passkey.label.isEmpty ? "" : passkey.label + ": ") + words.facts(passkey),
          isLast: !hasBoth && access.passkeys.count == 1,
          removeURL: isSelf ? nil : url.map { $0 + "/passkeys/\(passkey.id)/removal" }
        )
      },
      password: hasBoth ? "Set up" : "None",
      recovery: access.recoveryCodesLeft == 0
        ? "None" : "\(access.recoveryCodesLeft) of \(RecoveryCode.count) are left",
      sessions: access.sessions.map { session in
        StaffPersonPage.Session(
          browser: session.kind,
          isCurrent: session.isCurrent,
          unusual: AccessWords.unusual(session.unusual),
          began: words.began(session),
          seen: words.seen(session),
          endURL: session.isCurrent ? nil : url.map { $0 + "/sessions/\(session.id)/end" }
        )
      },
      endAllURL: access.sessions.contains { !$0.isCurrent } ? url.map { $0 + "/sessions/end" } : nil,
      devices: access.devices.map { device in
        StaffPersonPage.Device(
          browser: device.kind,
          facts: words.facts(device),
          forgetURL: device.isCurrent ? nil : url.map { $0 + "/devices/\(device.id)/forgetting" }
        )
      }
    )
  }
}

extension StaffPersonPage.Coming {
  init(_ visit: DayVisit, _ staff: StaffVisit) {
    let booking = visit.booking
    let zone = staff.zone(of: booking)
    self.init(
      time: PageWords.shortDay(zone.day(at: booking.served.start)) + ", "
        + PageWords.hours(booking.served, in: zone),
      what: StaffWords.firstName(visit) + ", " + StaffWords.service(visit),
      moveURL: staff.base + "/bookings/\(booking.id)/reschedule"
    )
  }
}
