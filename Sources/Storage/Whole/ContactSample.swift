import People
import Primitives

extension Records {
  /// At least so many contacts whose data is there, from all over the table; all when there are no more.
  package func contactSample(atLeast least: Int) throws -> [ContactRecord] {
    let span = try first("SELECT min(number), max(number), count(*) FROM contact WHERE erased_at IS NULL") {
      (low: $0.optionalInt(0), high: $0.optionalInt(1), count: $0.int(2))
    }
    guard let span, let low = span.low, let high = span.high else { return [] }
    guard span.count > least, least > 1 else { return try newestContacts(within: .everything, atMost: least) }
    var sample: [Identifier: ContactRecord] = [:]
    var above = low
    for place in 0..<least where above <= high {
      // Numbers have gaps: the next contact from an even place on, and never one that was taken.
      above = max(above, low + (high - low) * place / (least - 1))
      let next = try first(
        """
        SELECT number, \(ContactRecord.columns) FROM contact
        WHERE number >= \(above) AND erased_at IS NULL ORDER BY number LIMIT 1
        """
      ) { (number: $0.int(0), contact: try contactRecord($0, from: 1)) }
      guard let next else { break }
      sample[next.contact.subject] = next.contact
      above = next.number + 1
    }
    // Wide gaps may have led past the end early.
    if sample.count < least {
      for contact in try newestContacts(within: .everything, atMost: least) {
        sample[contact.subject] = contact
      }
    }
    return Array(sample.values)
  }
}
