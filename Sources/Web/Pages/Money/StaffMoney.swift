import Booking
import Desk
import Hummingbird
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/money?month=`: any day of the month.
  @Sendable static func money(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      let day = visit.query.filled("month").flatMap { CivilDay($0) } ?? staff.today
      return staff.fading(
        try visit.page(StaffMoneyPage(try await staff.desk.openMoney(of: day, by: staff.person), staff))
      )
    }
  }
}

extension StaffMoneyPage {
  fileprivate init(_ money: MoneyView, _ staff: StaffVisit) {
    let currency = staff.business.currency
    func url(_ day: CivilDay) -> String { staff.base + "/money?month=\(day)" }
    func sum(_ sum: MoneyView.Sum) -> String { sum.amount == 0 ? "–" : PageWords.price(sum.amount, currency) }
    self.init(
      layout: staff.layout("Money", .money),
      heading: PageWords.month(money.month),
      previousURL: url(money.month - 1),
      nextURL: url(money.month + 31),
      thisMonthURL: staff.base + "/money",
      isThisMonth: money.month == staff.today.startOfMonth,
      done: sum(money.done),
      doneCount: StaffMoneyPage.count(money.done),
      coming: sum(money.coming),
      comingCount: StaffMoneyPage.count(money.coming),
      noShows: PageWords.count(money.noShows, "visit"),
      bars: Bars(money, currency),
      services: money.services.map { service in
        Row(
          name: service.name,
          price: service.price.map { PageWords.price($0, currency) } ?? "no price",
          doneCount: String(service.done.visits),
          done: sum(service.done),
          comingCount: String(service.coming.visits),
          coming: sum(service.coming)
        )
      }
    )
  }

  /// "27 visits, 2 of them without a price"
  private static func count(_ sum: MoneyView.Sum) -> String {
    PageWords.count(sum.visits, "visit")
      + (sum.unpriced > 0 ? ", \(sum.unpriced) of them without a price" : "")
  }
}

extension StaffMoneyPage.Bars {
  fileprivate init?(_ money: MoneyView, _ currency: String) {
    guard let most = money.days.max(by: { $0.done.amount < $1.done.amount }), most.done.amount > 0,
      let first = money.days.first, let last = money.days.last
    else { return nil }
    self.init(
      width: String(money.days.count * 10),
      bars: money.days.enumerated().filter { $0.element.done.amount > 0 }.map { index, day in
        let height = max(2, day.done.amount * 100 / most.done.amount)
        return StaffMoneyPage.Bar(x: String(index * 10 + 1), y: String(100 - height), height: String(height))
      },
      most: "Most on \(PageWords.day(most.day)): \(PageWords.price(most.done.amount, currency)).",
      first: PageWords.dayOfMonth(first.day),
      last: PageWords.dayOfMonth(last.day)
    )
  }
}
