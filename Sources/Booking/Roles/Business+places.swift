package import Primitives

extension Business {
  /// The places at which rules of the scope `location` let somebody look: those named for them, else those of their
  /// working hours, else the only place there is. Nobody's by default is everywhere.
  package func places(of person: StaffMember) -> Set<Slug> {
    if !person.locations.isEmpty { return Set(person.locations) }
    let worked = Set(person.hours.map(\.location) + person.overrides.map(\.location))
    if !worked.isEmpty { return worked }
    return locations.count == 1 ? Set(locations.map(\.id)) : []
  }

  /// Everybody of somebody's team, themselves included.
  package func team(of person: StaffMember) -> Set<Slug> {
    guard let team = person.team else { return [person.id] }
    return Set(staff.filter { $0.team == team }.map(\.id))
  }
}
