import Booking
import Desk
import Hummingbird
import Primitives

extension StaffPages {
  /// `POST /staff/{business}/people/{id}/leaving`: ends all access and shows, this once, how each thing was refused after.
  @Sendable static func leave(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      let answer = try PersonAnswer(staff)
      let leaving = try await staff.desk.leave(answer.member.id, by: staff.person)
      return try visit.page(
        StaffLeftPage(
          layout: staff.layout("\(leaving.person.name) has left", .people),
          name: leaving.person.name,
          isAllRefused: leaving.proofs.allSatisfy(\.isRefused),
          proofs: leaving.proofs.filter { $0.count > 0 }.map(StaffLeftPage.Proof.init),
          coming: leaving.coming.map { StaffPersonPage.Coming($0, staff) },
          personURL: answer.url,
          peopleURL: staff.base + "/people"
        )
      )
    }
  }
}

extension StaffLeftPage.Proof {
  fileprivate init(_ proof: LeaveProof) {
    self.init(
      what: Self.what(proof),
      outcome: proof.isRefused
        ? "Ended. Tried again just now, and refused." : "Tried again just now, and not refused.",
      isRefused: proof.isRefused
    )
  }

  private static func what(_ proof: LeaveProof) -> String {
    switch proof.thing {
    case .session: PageWords.count(proof.count, "sign-in")
    case .device: PageWords.count(proof.count, "known browser")
    case .passkey: PageWords.count(proof.count, "passkey")
    case .password: "The password"
    case .codeApp: "The app that makes codes"
    case .recoveryCode: PageWords.count(proof.count, "recovery code")
    case .invite: PageWords.count(proof.count, "open invite")
    }
  }
}
