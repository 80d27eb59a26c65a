extension Weekday {
  /// English: `Monday`.
  package var name: String {
    switch self {
    case .monday: "Monday"
    case .tuesday: "Tuesday"
    case .wednesday: "Wednesday"
    case .thursday: "Thursday"
    case .friday: "Friday"
    case .saturday: "Saturday"
    case .sunday: "Sunday"
    }
  }
}

extension CivilDay {
  /// English: `November`.
  package var monthName: String { CivilDay.monthNames[components.month - 1] }

  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November",
    "December",
  ]
}

extension Zone {
  /// `Europe/Vilnius` is `Vilnius`; nil for zones that are no place, such as `UTC` and `Etc/GMT+5`.
  package var placeName: String? {
    let parts = name.split(separator: "/")
    guard parts.count > 1, parts.first != "Etc", let city = parts.last else { return nil }
    return String(city.map { $0 == "_" ? " " : $0 })
  }
}
