import Booking
import Primitives

extension Entry {
  func services(_ names: Names, currency: String) -> [Service]? {
    guard let items = list() else { return nil }
    var ids = UniqueIDs()
    return items.compactMap { item in
      guard let block = Block(item, keys: Entry.serviceKeys, noun: "a service") else { return nil }
      let id = ids.take(block)
      let service = Service(block, id: id ?? names.placeholder, names: names, currency: currency)
      return id == nil ? nil : service
    }
  }

  private static let serviceKeys = [
    "id", "name", "category", "description", "minutes", "before", "after", "step", "offers", "capacity",
    "place",
    "locations", "price", "colour", "hidden", "notice", "window", "limits", "customer-limits", "questions",
  ]

  /// One length or several to choose from, in minutes.
  fileprivate func lengths() -> [Int]? {
    guard let items = listOrOne() else { return nil }
    if items.isEmpty { refuse("names no length; write 60 or [30, 60]") }
    if items.count > 10 { refuse("at most 10 lengths are allowed") }
    var lengths: [Int] = []
    for item in items {
      guard let minutes = item.duration(1...Service.longest, bare: true) else { continue }
      if lengths.contains(minutes) { item.refuse("\(minutes) minutes is named twice") }
      lengths.append(minutes)
    }
    return lengths
  }

  /// Minor units of the currency, from a decimal number such as `45.00`.
  fileprivate func price(_ currency: String) -> Int? {
    guard let text = word() else { return nil }
    let digits = Currency.minorDigits(currency)
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? parts[1] : ""
    guard parts.count <= 2, parts.count == 1 || !fraction.isEmpty, fraction.utf8.count <= digits,
      let whole = wholeNumber(parts[0]), whole >= 0, parts[0].utf8.first != 0x2D,
      let minor = wholeNumber("0" + fraction + String(repeating: "0", count: digits - fraction.utf8.count))
    else {
      let example = digits == 0 ? "\"45\"" : "\"45.\(String(repeating: "0", count: digits))\""
      refuse("\(quoted(text)) is not a price in \(currency); write it as \(example), not below zero")
      return nil
    }
    return (0..<digits).reduce(whole) { amount, _ in amount * 10 } + minor
  }

  /// `#rrggbb`, kept in lower case.
  fileprivate func colour() -> String? {
    guard let text = word()?.lowercased() else { return nil }
    let hex = text.utf8.dropFirst()
    guard text.utf8.first == 0x23, hex.count == 6,
      hex.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else {
      refuse("\(quoted(text)) is not a colour; write it in quotes as \"#2f6f4f\"")
      return nil
    }
    return text
  }

  /// `60 d`, or `{first: 2026-12-01, last: 2026-12-23}`.
  fileprivate func window() -> Window? {
    if isSingle { return days(0...730).map { .rolling(days: $0) } }
    guard let block = Block(self, keys: ["first", "last"], noun: "a window"),
      let first = block.required("first")?.day(), let last = block.required("last")?.day()
    else { return nil }
    guard first <= last else {
      refuse("ends on \(last), before it begins on \(first)")
      return nil
    }
    return .dates(first: first, last: last)
  }
}

extension Service {
  /// 48 hours in minutes: the longest that one booking may occupy, buffers included.
  static let longest = 2_880

  fileprivate init(_ block: Block, id: Slug, names: Names, currency: String) {
    self.init(
      id: id,
      name: block.required("name")?.text(most: 80) ?? "",
      category: block["category"]?.text(most: 60),
      description: block["description"]?.text(most: 2_000, lines: true),
      durations: block.required("minutes")?.lengths() ?? [],
      before: block["before"]?.duration(0...Service.longest) ?? 0,
      after: block["after"]?.duration(0...Service.longest) ?? 0,
      step: block["step"]?.duration(1...Service.longest),
      offers: block["offers"]?.choice(of: [OfferMode.grid, .packed]) ?? .grid,
      capacity: block["capacity"]?.whole(1...1_000) ?? 1,
      place: block["place"]?.choice(of: [Place.location, .customer, .phone, .video]) ?? .location,
      locations: block.list("locations").references(to: names.locations, noun: "location"),
      price: block["price"]?.price(currency),
      colour: block["colour"]?.colour(),
      hidden: block["hidden"]?.flag() ?? false,
      notice: block["notice"]?.duration(0...Entry.year) ?? 120,
      window: block["window"]?.window() ?? .rolling(days: 60),
      limits: block["limits"]?.limits() ?? .none,
      customerLimits: block["customer-limits"]?.limits() ?? .none,
      questions: block["questions"]?.questions() ?? []
    )
    let occupied = before + (durations.max() ?? 0) + after
    if occupied > Service.longest {
      let reason =
        "before, minutes and after are \(occupied) minutes together; at most 48 hours (2880) are allowed"
      (block["minutes"] ?? block.entry).refuse(reason)
    }
  }
}
