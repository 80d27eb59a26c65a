import Booking
import Primitives

extension NoticeLetter {
  /// The message in plain English; why there is no HTML, ``Letter/text`` says.
  package var text: String {
    let parts: [String?] = [
      "Hello\(recipient.name.isEmpty ? "" : " " + recipient.name.onOneLine),",
      said,
      closing,
    ]
    return parts.compactMap { $0 }.joined(separator: "\n\n") + "\n"
  }

  private var said: String {
    switch matter {
    case .invite(let link, let until): invite(link, until)
    case .recovery(let facts): recovery(facts)
    case .newSignIn(let facts, let disown): newSignIn(facts, disown)
    case .othersSignIn(let name, let facts, let access): othersSignIn(name.onOneLine, facts, access)
    case .accessChanged(let change, let at): accessChanged(change, at)
    case .othersAccessChanged(let name, let change, let at, let access):
      othersAccessChanged(name?.onOneLine ?? "somebody who works with you", change, at, access)
    case .sharedLogin(let name, let access): sharedLogin(name.onOneLine, access)
    case .approval(let news, let matter, let name, let at, let page):
      approval(news.sentence(about: name.onOneLine, matter), at, page)
    case .customerLink(let link, let until): customerLink(link, until)
    case .leaveAsked(let name, let wish, let minutes, let page):
      leaveAsked(name.onOneLine, wish, minutes, page)
    case .leaveAnswered(let answer, let until, let page): leaveAnswered(answer, until, page)
    case .emergency(let name, let at, let until, let page): emergency(name.onOneLine, at, until, page)
    }
  }

  private func invite(_ link: String, _ until: Instant) -> String {
    """
    You are invited to sign in at \(business.onOneLine), by name and for yourself alone. Here you set up how:
    \(link.onOneLine)

    The link works once, until \(SpokenTime.moment(until, in: zone)). It is for you: please pass it on to nobody. \
    After that, ask for a new one.
    """
  }

  private func recovery(_ facts: RecoveryFacts) -> String {
    let opens = SpokenTime.moment(facts.opensAt, in: zone)
    let until = SpokenTime.moment(facts.until, in: zone)
    let when =
      if facts.opensAt > sent {
        "If you asked for it, because a phone is lost or a password forgotten: this link opens on \(opens). Then it works "
          + "once, until \(until):"
      } else {
        "If you asked for it, because a phone is lost or a password forgotten: this link is open now"
          + (facts.openedBy.map { ", since \($0.onOneLine) agreed" } ?? "")
          + ". It works once, until \(until):"
      }
    return """
      \(facts.askedBy.onOneLine) has asked that you set up your sign-in at \(business.onOneLine) anew. Nothing has changed yet.

      \(when)
      \(facts.link.onOneLine)

      Whoever uses it signs in as you, and everything you signed in with before ends. Only you have got it: please pass it on \
      to nobody.

      If you did not ask for it, open this and stop it. Then tell another owner, not by mail:
      \(facts.stop.onOneLine)
      """
  }

  private func newSignIn(_ facts: SignInFacts, _ disown: String) -> String {
    """
    Somebody has just signed in as you at \(business.onOneLine):

    \(told(facts))

    Was this you? Then there is nothing to do.

    If it was not you, open this and say so. Everything that signs in as you ends at once, here and elsewhere:
    \(disown.onOneLine)
    """
  }

  private func othersSignIn(_ name: String, _ facts: SignInFacts, _ access: String) -> String {
    """
    Somebody has just signed in as \(name) at \(business.onOneLine):

    \(told(facts))

    \(name) has got this message too, with a way to say "this was not me". If in doubt, ask \(name), not by mail. \
    Here you see where \(name) is signed in, and can end it:
    \(access.onOneLine)
    """
  }

  private func accessChanged(_ change: NoticedChange, _ at: Instant) -> String {
    """
    This is about how you sign in at \(business.onOneLine).

    \(change.toOneself)

    When: \(SpokenTime.moment(at, in: zone))

    \(change.ifNotYou)
    """
  }

  private func othersAccessChanged(_ name: String, _ change: NoticedChange, _ at: Instant, _ access: String)
    -> String
  {
    """
    This is about the access of \(name) at \(business.onOneLine).

    \(change.toOwners(about: name))

    When: \(SpokenTime.moment(at, in: zone))

    Here you see it, and can end access:
    \(access.onOneLine)
    """
  }

  private func sharedLogin(_ name: String, _ access: String) -> String {
    """
    The sign-in of \(name) at \(business.onOneLine) seems to be used by more than one person: it is used at the same time \
    from different places, or from many browsers.

    Access should belong to one person each, so that you know who did what. Here you see what was noticed, and can give \
    each person a sign-in of their own:
    \(access.onOneLine)
    """
  }

  private func approval(_ said: String, _ at: Instant, _ page: String) -> String {
    """
    This is about what takes two people at \(business.onOneLine).

    \(said)

    When: \(SpokenTime.moment(at, in: zone))

    Here you see it:
    \(page.onOneLine)
    """
  }

  private func customerLink(_ link: String, _ until: Instant) -> String {
    """
    Somebody, probably you, asked for a link to the bookings made with this e-mail address at \(business.onOneLine). \
    Here they are:
    \(link.onOneLine)

    The link works once, until \(SpokenTime.moment(until, in: zone)).

    It was not you? Then there is nothing to do: without this message nobody gets in. Please pass it on to nobody.
    """
  }

  private func told(_ facts: SignInFacts) -> String {
    let lines =
      ["When: \(SpokenTime.moment(facts.at, in: zone))"]
      + (facts.browser.isEmpty ? [] : ["With: \(facts.browser.onOneLine)"])
      + facts.oddities.map(\.sentence)
    return lines.joined(separator: "\n")
  }

  private var closing: String? {
    let ways = [
      contact.email.map { "write to \($0.onOneLine)" }, contact.phone.map { "call \($0.onOneLine)" },
    ]
    let given = ways.compactMap { $0 }.joined(separator: " or ")
    guard case .customerLink = matter, !given.isEmpty else { return nil }
    return "Questions? Please \(given)."
  }
}
