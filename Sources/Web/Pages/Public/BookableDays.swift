import Booking
import Primitives

/// Until which day a service can be booked.
enum BookableDays {
  /// On the clocks of the place, or a day later for zones that are behind it.
  static func lastDay(of service: Service, today: CivilDay) -> CivilDay {
    switch service.window {
    case .rolling(let days): today + days + 1
    case .dates(_, let last): last + 1
    }
  }
}
