import Booking
import Primitives
import Testing

@testable import People

struct PermitTests {
  /// The whole matrix, written out a second time: owners all, administrators all but people and mail, technicians
  /// their own visits; and nobody another's ways to sign in.
  @Test(arguments: Verb.allCases)
  func `each role may do what its job needs and nothing else`(_ verb: Verb) {
    let ofOwners: Set<Verb> = [.viewMail, .setMail, .viewPeople, .invitePeople, .endAccess]
    let ofTheOffice = ofOwners.union([.searchCustomers])
    for whose in Whose.allCases {
      if verb == .changeOwnAccess {
        for role in Role.allCases { #expect(isGranted(verb, role, whose) == (whose == .own)) }
        continue
      }
      #expect(isGranted(verb, .owner, whose))
      #expect(isGranted(verb, .administrator, whose) == !ofOwners.contains(verb))
      #expect(isGranted(verb, .technician, whose) == (whose == .own && !ofTheOffice.contains(verb)))
    }
  }

  @Test func `somebody else's booking looks like none at all`() throws {
    let decision = Permit.decide(.viewBooking, by: .technician, touching: .everybodys)
    #expect(decision == .refused(.notTheirs))
    #expect(throws: Refusal(.unknown)) { try decision.get() }
    let never = Permit.decide(.setMail, by: .technician, touching: .own)
    #expect(never == .refused(.notTheirRole))
    #expect(throws: Refusal(.notAllowed)) { try never.get() }
  }

  @Test func `own is one's own, and nobody's is everybody's`() throws {
    let tadas = try #require(Slug("tadas"))
    let milda = try #require(Slug("milda"))
    #expect(Whose(tadas, for: tadas) == .own)
    #expect(Whose(milda, for: tadas) == .everybodys)
    #expect(Whose(nil, for: tadas) == .everybodys)
  }

  private func isGranted(_ verb: Verb, _ role: Role, _ whose: Whose) -> Bool {
    if case .granted(let permit) = Permit.decide(verb, by: role, touching: whose) {
      permit.verb == verb && permit.whose == whose
    } else {
      false
    }
  }
}
