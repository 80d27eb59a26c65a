import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/people/new`
  @Sendable static func newPerson(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      guard staff.may(.invitePeople), staff.may(.manageRoles) else { throw Refusal(.notAllowed) }
      return try newPersonPage(staff, nil, FormErrors([]))
    }
  }

  /// `POST /staff/{business}/people`: the page of the new person with their invite, this once.
  @Sendable static func addPerson(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      let asked = RoleQuestions(form)
      let person = PersonForm(
        name: form["name"],
        email: form["email"],
        mailboxReason: form["mailbox-reason"],
        role: asked.role ?? .newcomer,
        locations: asked.locations,
        team: asked.team,
        engagement: asked.engagement
      )
      do {
        // Everything that is wrong is said at once.
        guard asked.problems.isEmpty else {
          try await staff.desk.checkPerson(person, by: staff.person)
          throw Refusal.invalid(asked.problems)
        }
        let added = try await staff.desk.addPerson(person, by: staff.person)
        var answer = PersonAnswer(staff, of: added.person)
        answer.link = added.link
        answer.notice =
          added.outcome == .done
          ? "\(added.person.name) is added."
          : "\(added.person.name) is added, as somebody who may do nothing yet: the role waits for the yes of a second person."
        return try await answer.page()
      } catch let refusal as Refusal where refusal.code == .invalid {
        return try newPersonPage(staff, form, FormErrors(asked.all(refusal)))
      }
    }
  }

  private static func newPersonPage(_ staff: StaffVisit, _ typed: Form?, _ errors: FormErrors) throws
    -> Response
  {
    let isRole =
      typed?.filled("mailbox-reason") != nil || errors["email"] == FieldReason.roleMailbox.sentence
    return try staff.visit.page(
      StaffNewPersonPage(
        layout: staff.layout("Add a person", .people, hasProblem: !errors.isEmpty),
        errors: errors.summary(naming: RoleQuestions.labels),
        action: staff.base + "/people",
        peopleURL: staff.base + "/people",
        rolesURL: staff.base + "/roles",
        name: errors.field("name", typed?["name"]),
        email: errors.field("email", typed?["email"]),
        mailboxReason: isRole ? errors.field("mailbox-reason", typed?["mailbox-reason"]) : nil,
        panel: RolePanel(staff.business, nil, typed, errors)
      ),
      status: errors.isEmpty ? .ok : .unprocessableContent
    )
  }

  /// `POST /staff/{business}/people/{id}/role`
  @Sendable static func giveRole(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      var answer = try PersonAnswer(staff)
      let asked = RoleQuestions(form)
      do {
        guard asked.problems.isEmpty, let role = asked.role else { throw Refusal.invalid(asked.problems) }
        let outcome = try await staff.desk.giveRole(
          RoleGrant(
            person: answer.member.id,
            role: role,
            locations: asked.locations,
            team: asked.team,
            engagement: asked.engagement
          ),
          version: form["version"].flatMap { Int($0) },
          by: staff.person
        )
        if case .asked(let approval) = outcome {
          return seeOther(staff.base + "/approvals?said=" + Said(asked: approval).rawValue)
        }
        return answer.seeOther(.roleGiven)
      } catch let refusal as Refusal where refusal.code == .invalid {
        answer.errors = FormErrors(asked.all(refusal))
        answer.typedRole = form
        return try await answer.page()
      } catch let refusal as Refusal where refusal.code == .stale {
        answer.problem = refusal.code
        answer.typedRole = form
        return try await answer.page()
      }
    }
  }
}
