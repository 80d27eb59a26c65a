import Primitives
import Testing

@testable import Audit

struct AuditEntryTests {
  @Test func `an entry is written as the format page shows it`() throws {
    let entry = AuditEntry(
      act: "booking.made",
      actor: .stranger(network: "192.0.2.0/24"),
      at: noon - 5 * 3_600,
      outcome: .done,
      purpose: .booking,
      records: [
        "booking/01a1ee56-6085-74f4-ad73-c1d1c3efb961", "subject/01a1ee56-6085-7a13-9b30-7a0c5ef2b962",
      ],
      fields: ["name", "email"]
    )
    #expect(
      String(decoding: entry.canonicalBytes, as: UTF8.self) == """
        {"act":"booking.made","actor":"stranger","at":"2026-11-22T07:00:00Z","fields":["name","email"],\
        "outcome":"done","purpose":"booking","records":["booking/01a1ee56-6085-74f4-ad73-c1d1c3efb961",\
        "subject/01a1ee56-6085-7a13-9b30-7a0c5ef2b962"],"v":1}
        """
    )
  }

  @Test func `a stranger's network is never in the leaf`() {
    let leaves = ["192.0.2.0/24", "2001:db8::/56"].map { network in
      AuditEntry(
        act: "booking.made",
        actor: .stranger(network: network),
        at: noon,
        outcome: .done,
        purpose: .booking
      ).canonicalBytes
    }
    #expect(leaves[0] == leaves[1])
  }

  @Test func `every entry of every actor, outcome and purpose is canonical and reads back`() throws {
    let id = Identifier(at: noon)
    let tadas = try #require(Slug("tadas"))
    let actors: [Actor] = [
      .stranger(network: "x"), .customer(booking: id), .contact(id), .staff(tadas, session: id),
      .commandLine, .server,
    ]
    let outcomes = [AuditEntry.Outcome.done] + RefusalCode.allCases.map { .refused($0) }
    for actor in actors {
      for outcome in outcomes {
        for purpose in AuditEntry.Purpose.allCases {
          for count in [nil, 0, 12] {
            let entry = AuditEntry(
              act: "day.opened",
              actor: actor,
              at: noon,
              outcome: outcome,
              purpose: purpose,
              records: ["awkward/\"\\\u{0}\u{7}\t\r\n\u{1F}ž🪡\u{2028}"],
              fields: ["name"],
              count: count
            )
            let json = try #require(CanonicalJSON(entry.canonicalBytes))
            #expect(json["outcome"]?.string == outcome.text)
            #expect(json["purpose"]?.string == purpose.rawValue)
            #expect(json["records"]?.strings == entry.records)
            #expect(json["count"]?.integer == count)
            #expect((json["session"]?.string == id.description) == (actor == .staff(tadas, session: id)))
            let read = try #require(AuditEntry(canonicalBytes: entry.canonicalBytes))
            #expect(read.canonicalBytes == entry.canonicalBytes)
          }
        }
      }
    }
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_868_799, "2000-02-29T23:59:59Z"),
    (4_102_444_800, "2100-01-01T00:00:00Z"),
  ])
  func `times are written in UTC`(_ seconds: Int64, _ text: String) {
    #expect(Instant(seconds: seconds).auditText == text)
  }

  @Test(arguments: [
    #"{"a":1 }"#, #"{"b":1,"a":2}"#, #"{"a":1,"a":2}"#, #"{"a":01}"#, #"{"a":1.0}"#, #"{"a":-0}"#,
    #"{"a":+1}"#,
    #"{"a":"\/"}"#, #"{"a":"\u0041"}"#, #"{"a":"\u001F"}"#, #"{"a":"\n"} "#, #"{"a":true}"#, #"{"a":null}"#,
    #"{"a":"b}"#, #"{"a":["x",]}"#, #"{"a"}"#, "", "{", "[[[[[[[[[[[[]]]]]]]]]]]]", #"{"a":"\#u{7}"}"#,
  ])
  func `what is not canonical is refused`(_ text: String) {
    #expect(CanonicalJSON(Array(text.utf8)) == nil)
  }

  @Test func `an entry with anything unknown in it is not read`() throws {
    let text = """
      {"act":"day.opened","actor":"staff/tadas","at":"2026-11-22T07:00:00Z","fields":[],"outcome":"done",\
      "purpose":"visit","records":[],"session":"01a1ee56-6085-74f4-ad73-c1d1c3efb961","v":1}
      """
    #expect(AuditEntry(canonicalBytes: Array(text.utf8)) != nil)
    for (good, bad) in [
      ("\"v\":1", "\"v\":2"), ("visit", "gossip"), ("done", "undone"), ("staff/tadas", "staff/"),
      ("staff/tadas", "robot"), ("staff/tadas", "customer/tadas"), ("2026-11-22T", "2026-11-32T"),
      ("{", " {"),
      (",\"session\":\"01a1ee56-6085-74f4-ad73-c1d1c3efb961\"", ""),
    ] {
      let changed = text.replacing(good, with: bad)
      #expect(changed != text && AuditEntry(canonicalBytes: Array(changed.utf8)) == nil, "\(bad)")
    }
  }

  @Test func `bad UTF-8 is refused`() {
    #expect(CanonicalJSON([0x22, 0xC3, 0x28, 0x22]) == nil)
    #expect(CanonicalJSON([0x22, 0xED, 0xA0, 0x80, 0x22]) == nil)
    #expect(CanonicalJSON([0x22, 0x61, 0x22]) == .string("a"))
  }
}
