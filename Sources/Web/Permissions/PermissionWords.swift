import Booking

/// What an owner reads about a permit.
enum PermissionWords {
  static func what(_ verb: Verb) -> String {
    switch verb {
    case .viewDay: "see days and weeks: times, services, how full they are"
    case .viewBooking: "open a booking: its time, service and state"
    case .revealContact: "show full name, phone and e-mail after a tap that is written down"
    case .makeBooking: "book for somebody who calls"
    case .moveBooking: "move a booking"
    case .cancelBooking: "cancel a booking"
    case .markVisit: "mark a visit as arrived, done or no-show"
    case .viewHistory: "see who made, changed and looked at a booking"
    case .viewAccess: "see who can see a booking and its customer"
    case .blockTimeOff: "block time"
    case .liftTimeOff: "lift blocked time"
    case .searchCustomers: "find customers by name, phone or e-mail"
    case .viewMoney: "see prices and what was earned"
    case .viewAudit: "read the record of all that was done"
    case .viewMail: "see whether messages leave"
    case .setMail: "set the mail server, and send again what failed"
    case .viewPeople: "see who works here and where they are signed in"
    case .invitePeople: "invite people"
    case .endAccess: "end somebody's sessions, devices or whole access"
    case .manageRoles: "make roles and give them to people"
    case .approveAccess: "say yes or no to what somebody else asks for"
    case .breakGlass: "open in an emergency what the role does not"
    case .exportCustomers: "take customers' data out in bulk"
    case .changeOwnAccess: "change one's own passkeys and codes"
    }
  }
}
