import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/customers/decoys`
  @Sendable static func decoys(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      try await decoysPage(staff, name: "", phone: "", FormErrors([]), said: Said(visit.query))
    }
  }

  /// `POST /staff/{business}/customers/decoys` with `name` and `phone`.
  @Sendable static func plantDecoy(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      let (name, phone) = (form["name"] ?? "", form["phone"] ?? "")
      do {
        try await staff.desk.plantDecoy(name: name, phone: phone, by: staff.person)
        return seeOther(staff.base + "/customers/decoys?said=" + Said.decoyPlanted.rawValue)
      } catch let refusal as Refusal where refusal.code == .invalid {
        return try await decoysPage(staff, name: name, phone: phone, FormErrors(refusal.fields), said: nil)
      }
    }
  }

  /// `POST /staff/{business}/customers/decoys/{id}/removal`
  @Sendable static func removeDecoy(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      try await staff.desk.removeDecoy(try visit.identifier(), by: staff.person)
      return seeOther(staff.base + "/customers/decoys?said=" + Said.decoyRemoved.rawValue)
    }
  }

  private static func decoysPage(
    _ staff: StaffVisit,
    name: String,
    phone: String,
    _ errors: FormErrors,
    said: Said?
  ) async throws -> Response {
    let url = staff.base + "/customers/decoys"
    let decoys = try await staff.desk.openDecoys(by: staff.person)
    return try staff.visit.page(
      StaffDecoysPage(
        layout: staff.layout("Customers who are nobody", .customers, hasProblem: !errors.isEmpty),
        customersURL: staff.base + "/customers",
        action: url,
        notice: said?.sentence,
        errors: errors.summary,
        name: errors.field("name", name),
        phone: errors.field("phone", phone),
        decoys: decoys.map { decoy in
          StaffDecoysPage.Decoy(
            name: decoy.name,
            phone: PageWords.phone(decoy.phone)?.text,
            planted: "Planted on " + PageWords.longDay(staff.home.day(at: decoy.plantedAt)) + " by "
              + staff.name(of: decoy.plantedBy),
            removeURL: url + "/\(decoy.id)/removal"
          )
        }
      ),
      status: errors.isEmpty ? .ok : .unprocessableContent
    )
  }
}
