import Yams

/// A block of keys, of which only some are known.
struct Block {
  let entry: Entry
  private var values: [String: Entry] = [:]
  private var given: Set<String> = []

  /// Nil when there is no block; refuses unknown keys, with the nearest known one, and keys without a value.
  init?(_ entry: Entry, keys: [String], noun: String) {
    guard case .mapping(let mapping) = entry.node else {
      entry.refuse("must be a block of keys: \(keys.joined(separator: ", "))")
      return nil
    }
    self.entry = entry
    for (keyNode, valueNode) in mapping {
      let keyEntry = Entry(keyNode, at: entry.path, near: entry)
      guard case .scalar(let key) = keyNode else {
        keyEntry.refuse("a key must be a single word")
        continue
      }
      guard keys.contains(key.string) else {
        let hint = didYouMean(key.string, among: keys)
        let all = keys.joined(separator: ", ")
        keyEntry.refuse("\(quoted(key.string)) is not a key of \(noun)\(hint); its keys are \(all)")
        // A key that was misspelt is not missing as well.
        if let meant = nearest(to: key.string, among: keys) { given.insert(meant) }
        continue
      }
      given.insert(key.string)
      let path = entry.path.isEmpty ? key.string : "\(entry.path).\(key.string)"
      let value = Entry(valueNode, at: path, near: keyEntry)
      if value.isNothing {
        let reason = "\(quoted(key.string)) has no value; leave the key out, or put a value with # in quotes"
        entry.report.refuse(line: keyEntry.line, column: keyEntry.column, path: path, reason)
      } else {
        values[key.string] = value
      }
    }
  }

  /// Nil when the key is absent, or was refused already.
  subscript(key: String) -> Entry? { values[key] }

  /// Refuses a block without the key.
  func required(_ key: String) -> Entry? {
    if !given.contains(key) { entry.refuse("\(quoted(key)) is missing") }
    return values[key]
  }

  /// The entries of a list that may be left out.
  func list(_ key: String) -> [Entry] { values[key]?.list() ?? [] }
}
