import Desk
import Primitives

extension StaffAccountPage {
  init(
    _ access: StaffAccess,
    _ staff: StaffVisit,
    label: Field,
    notice: String?,
    problem: String?
  ) {
    let base = staff.base + "/account"
    let words = AccessWords(zone: staff.home, now: staff.desk.now)
    self.init(
      layout: staff.layout("Your sign-in", hasProblem: problem != nil || label.error != nil, isAccount: true),
      notice: notice,
      problem: problem,
      startOver: access.recovery.map { recovery in
        StartOver(
          text:
            "\(staff.name(of: recovery.askedBy)) asked on \(PageWords.moment(recovery.askedAt, in: staff.home)) that you set "
            + "up your sign-in anew. The link was mailed to you. "
            + (recovery.isOpen(at: staff.desk.now)
              ? "It is open." : "It opens on \(PageWords.moment(recovery.opensAt, in: staff.home))."),
          endURL: base + "/recovery/\(recovery.id)/end"
        )
      },
      passkeys: access.passkeys.map { passkey in
        Passkey(
          label: passkey.label,
          facts: words.facts(passkey),
          removeURL: base + "/passkeys/\(passkey.id)/removal"
        )
      },
      passkeyAdvice: StaffAccountPage.advice(access.passkeys.count),
      addPasskeyURL: base + "/passkeys",
      passkeyOptionsURL: base + "/passkeys/options",
      label: label,
      password: Factor(isSet: access.hasPassword, url: staff.base + "/password"),
      codeApp: Factor(isSet: access.hasCodeApp, url: base + "/code-app"),
      recovery: Recovery(
        access.recoveryCodesLeft,
        hasPassword: access.hasPassword,
        passkeys: access.passkeys.count,
        url: base + "/recovery-codes"
      ),
      sessions: access.sessions.map { session in
        Session(
          browser: session.kind,
          isCurrent: session.isCurrent,
          unusual: AccessWords.unusual(session.unusual),
          began: words.began(session),
          seen: words.seen(session),
          endURL: session.isCurrent ? nil : base + "/sessions/\(session.id)/end"
        )
      },
      endOthersURL: access.sessions.count > 1 ? base + "/sessions/end-others" : nil,
      devices: access.devices.map { device in
        Device(
          browser: device.kind,
          isCurrent: device.isCurrent,
          facts: words.facts(device),
          forgetURL: base + "/devices/\(device.id)/forgetting"
        )
      }
    )
  }

  private static func advice(_ passkeys: Int) -> String? {
    switch passkeys {
    case 0: "You have no passkey yet. With one you sign in faster, and nobody can trick you out of it."
    case 1:
      "Add a second one now, on another device or a security key. Should this one be lost, you still get in."
    default: nil
    }
  }
}

extension StaffAccountPage.Recovery {
  /// Without a password they would open nothing: then the advice is another way in.
  fileprivate init(_ left: Int, hasPassword: Bool, passkeys: Int, url: String) {
    let another = passkeys < 2 ? "; or add a second passkey on another device" : ""
    let none =
      hasPassword
      ? "You have none yet. Make them now and print them."
      : "You sign in with passkeys only. To use codes as well, set a password first\(another)."
    self.init(
      left: left == 0 ? none : "\(left) of 10 are left.",
      isLow: hasPassword && left < 4,
      makeURL: hasPassword ? url : nil,
      button: left == 0 ? "Make recovery codes" : "Make new codes"
    )
  }
}
