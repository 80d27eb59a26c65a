/// The statements one connection has prepared, by their text; the longest unused go first.
struct PostgresPrepared {
  struct Key: Hashable {
    let text: String
    let schema: String
  }

  final class Name {
    let text: String
    fileprivate var lastUse = 0
    fileprivate init(_ text: String) { self.text = text }
  }

  private let most: Int
  private var names: [Key: Name] = [:]
  private var uses = 0
  private var made = 0

  init(most: Int) { self.most = most }

  var count: Int { names.count }

  mutating func name(of key: Key) -> Name? {
    guard let name = names[key] else { return nil }
    uses += 1
    name.lastUse = uses
    return name
  }

  mutating func add(_ key: Key) -> Name {
    made += 1
    uses += 1
    let name = Name("s\(made)")
    name.lastUse = uses
    names[key] = name
    return name
  }

  /// The server did not prepare it.
  mutating func forget(_ key: Key) { names[key] = nil }

  /// Forgets so many that a quarter of the room is free, once there are too many; their names, to be deallocated.
  mutating func superfluous() -> [String] {
    guard names.count > most else { return [] }
    let oldest = names.sorted { $0.value.lastUse < $1.value.lastUse }.prefix(names.count - most * 3 / 4)
    for (key, _) in oldest { names[key] = nil }
    return oldest.map(\.value.text)
  }
}
