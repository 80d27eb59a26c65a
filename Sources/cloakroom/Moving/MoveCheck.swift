import Audit
import Desk
import Storage
import Vault

/// What was found right at the target before a move says that it is done.
struct MoveCheck {
  let rows: Int
  let contactsOpened: Int
  let audit: AuditReport

  /// - Throws: a ``Complaint`` that names what is not right.
  init(
    expected: [String: Int],
    arrived: [String: Int],
    data: any Records,
    keys: any Records,
    ring: KeyRing
  ) throws {
    for (table, count) in expected.sorted(by: { $0.key < $1.key }) where arrived[table] != count {
      throw Complaint("\(table): \(count) rows were to come, \(arrived[table] ?? 0) are there.")
    }
    rows = expected.values.reduce(0, +)
    do {
      contactsOpened = try SealedSample.open(data: data, keys: keys, ring: ring)
    } catch let fault as SealedSampleFault {
      throw Complaint("The contact \(fault.subject) does not open at the target.")
    }
    audit = try AuditReport.read(data, key: ring.verificationKey, witnesses: [])
    guard audit.holds else {
      let findings = audit.findings.map { "  FOUND: \($0)" }.joined(separator: "\n")
      throw Complaint("The audit record is not whole at the target:\n\(findings)")
    }
  }

  var summary: String {
    """
      rows counted there:           \(rows)
      contacts opened there:        \(contactsOpened)
      audit entries checked there:  \(audit.entries)
      audit root there:             \(Base64.encode(audit.root.bytes))
    """
  }
}
