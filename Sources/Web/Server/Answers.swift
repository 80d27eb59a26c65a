import HTTPTypes
import Primitives

/// The one place where the trade's words become HTTP's.
extension RefusalCode {
  var status: HTTPResponse.Status {
    switch self {
    case .invalid: .unprocessableContent
    // Also "not yours": existence is not disclosed.
    case .unknown: .notFound
    case .slotTaken, .notOffered, .stale, .tooLate, .tooEarly, .alreadyEnded, .keyReused, .comingBookings,
      .mailNotSet, .lastFactor, .roleInUse, .approvalEnded:
      .conflict
    case .notAllowed, .outsideHours, .roleEnded, .asleep, .stepUpRequired, .passwordDue: .forbidden
    case .signInNeeded, .signInRefused, .locked: .unauthorized
    case .tooMany, .volumeReached, .movedTooOften: .tooManyRequests
    case .inviteSpent, .linkSpent, .alreadySetUp: .gone
    case .mailFailed: .badGateway
    case .away: .serviceUnavailable
    }
  }

  /// What to tell a person, in one or two sentences.
  var sentence: String {
    switch self {
    case .invalid: "Something in the form needs another look."
    case .slotTaken: "Somebody has just taken this time. Please choose another one."
    case .notOffered: "This time cannot be booked. Please choose one of the times shown."
    case .stale: "This has changed since you opened it. Please look at it again."
    case .tooLate: "It is too close to the appointment to change it here. Please call us."
    case .tooEarly: "It is too early for that: the visit has not begun."
    case .alreadyEnded: "This booking can no longer be changed."
    case .unknown: "There is nothing here. The link may be incomplete or out of date."
    case .notAllowed: "You are not allowed to do this."
    case .outsideHours: "Your role shows this around the time of the visit only."
    case .roleEnded:
      "Nobody has confirmed your role in time, so it lets you do nothing for now. An owner can confirm it, on the page Access review."
    case .signInNeeded: "Please sign in."
    case .signInRefused: "That did not match. Check the address, the password and the code from your app."
    case .locked: "This screen is locked. Confirm that it is you to go on."
    case .asleep:
      "This sign-in has not been used for 60 days and sleeps. An owner can wake it, on the page Access review."
    case .stepUpRequired: "Please confirm that it is you before you do this."
    case .passwordDue: "Please choose a new password first."
    case .tooMany: "That was too often in a short time. Please wait a little and try again."
    case .volumeReached:
      "You have opened as many customers as your role allows for now. Wait a little, or ask an owner. "
        + "The owners have been told."
    case .movedTooOften:
      "This booking has been moved too often today. Please try again tomorrow, or speak to us."
    case .keyReused: "This form was already sent with other details. Please start again."
    case .comingBookings: "There are bookings to come that need this."
    case .inviteSpent: "This invitation was used or has expired. Ask for a new one."
    case .linkSpent: "This link was used or has expired. Ask for a new one."
    case .alreadySetUp: "This has been set up already. Sign in instead."
    case .lastFactor: "This is the last way to sign in that is left. Add another one first."
    case .roleInUse: "Somebody has this role. Give them another one first."
    case .approvalEnded: "This was decided or withdrawn already, or its time is over."
    case .mailNotSet: "No mail server is set yet."
    case .mailFailed: "The mail server did not take the message. Check the settings."
    case .away: "We cannot save anything at the moment. Nothing was changed; please try again shortly."
    }
  }
}

extension FieldReason {
  /// What to tell a person beside the field.
  var sentence: String {
    switch self {
    case .missing: "Please fill this in."
    case .tooLong: "This is too long."
    case .tooShort: "This is too short."
    case .controlCharacter:
      "This holds invisible or special characters that cannot be used here. Please type it again."
    case .webAddress: "Please leave out the web address."
    case .notAnAddress: "This does not look like an e-mail address. It should be like name@example.com."
    case .notAPhone: "This does not look like a phone number. Use digits, with + for another country."
    case .notATime: "This is not a time we understand."
    case .notADay: "This is not a day we understand."
    case .notAZone: "This is not a time zone we know."
    case .notANumber: "This must be a number."
    case .notAChoice: "Please choose one of the choices."
    case .unknownField: "This is not asked for here."
    case .wrongType: "This is of another type than the description says."
    case .malformedJSON: "This is not well-formed JSON."
    case .cardNumber:
      "This looks like a payment card number. Please remove it: we never take card numbers here."
    case .beforeFrom: "This is before the first day."
    case .rangeTooLong: "At most 62 days can be asked for at once."
    case .commonPassword: "This password is easy to guess. Please choose another one."
    case .breachedPassword:
      "This password is on lists of stolen passwords, so that guessing programs try it first. Please choose another one."
    case .usedPassword: "You have used this password before. Please choose another one."
    case .roleMailbox:
      "This address seems to belong to a role and not to one person. Use a personal address, or say why it has to be this one."
    case .addressTaken: "Somebody else here signs in with this address."
    case .wrongCode:
      "This code does not match. Check that the clock of your phone is right and use the newest code."
    case .mismatch: "These do not match."
    case .nameTaken: "There is a role of this name already."
    case .faultyRule: "There is no such rule: its scope, level or hours do not fit what it is about."
    case .past: "Please choose a day that is not over yet."
    case .notOver: "Please choose a day that has begun: what is still to come is kept."
    case .nobody: "Nobody is left whose visits were all before that day."
    case .lastOwner: "Nobody else is an owner who can sign in, so this one stays."
    }
  }
}
