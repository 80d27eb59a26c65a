import Foundation
import TestKit
import Testing

@testable import Primitives

/// All zones of the machine's tzdata against Python's `zoneinfo`, which reads the same files with other code.
@Suite struct ZoneChangesTests {
  @Test func `every zone changes when Python says so, ten years back and ten years ahead`() throws {
    let theirs = try SecondOpinion.shared.get()
    let span = SecondOpinion.span
    #expect(theirs.zones.count > 400)
    var wrong: [String] = []
    for (name, changes) in theirs.zones {
      let zone = try Zone(named: name)
      var ours: [SecondOpinion.Change] = []
      var segment = zone.table.segment(at: span.lowerBound)
      while segment.end <= span.upperBound {
        let next = zone.table.segment(at: segment.end)
        // A file may record a change of the summer time flag alone, which nobody sees.
        if next.offset != segment.offset || zone.table.labels[next.label] != zone.table.labels[segment.label]
        {
          ours.append(
            SecondOpinion.Change(
              at: segment.end,
              before: segment.offset,
              after: next.offset,
              names: zone.table.labels[segment.label] + " " + zone.table.labels[next.label]
            )
          )
        }
        segment = next
      }
      if ours != changes { wrong.append("\(name): \(ours) is not \(changes)") }
      for change in changes {
        if zone.offset(at: Instant(seconds: Int64(change.at - 1))) != change.before {
          wrong.append("\(name) before")
        }
        if zone.offset(at: Instant(seconds: Int64(change.at))) != change.after {
          wrong.append("\(name) after")
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  @Test func `wall times around every change mean what Python says`() throws {
    let theirs = try SecondOpinion.shared.get()
    #expect(theirs.walls.count > 10_000)
    var wrong: [String] = []
    for wall in theirs.walls {
      let zone = try ZoneLibrary.system.zone(named: wall.zone)
      let time = WallTime(day: CivilDay(number: 0), second: wall.local)
      let mapping = zone.instants(of: time)
      if mapping != wall.mapping {
        wrong.append("\(wall.zone) \(wall.local): \(mapping) is not \(wall.mapping)")
      }
      if time.second == 0 {
        let start = zone.startOfDay(time.day)
        let expected: Instant
        switch wall.mapping {
        case .once(let instant), .gap(let instant), .twice(let instant, _): expected = instant
        }
        if start != expected { wrong.append("\(wall.zone) \(time.day) starts at \(start.seconds)") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }
}

/// What Python's `zoneinfo` finds. A missing python3 is a failure, not a reason to skip.
private struct SecondOpinion {
  struct Change: Equatable {
    let at: Int
    let before: Int
    let after: Int
    let names: String
  }

  struct Wall {
    let zone: String
    let local: Int
    let mapping: WallMapping
  }

  var zones: [String: [Change]] = [:]
  var walls: [Wall] = []

  struct Unanswered: Error {
    let reason: String
  }

  /// Ten years back and ten ahead.
  static let span: Range<Int> = {
    let now = Int(Date().timeIntervalSince1970)
    return (now - 3_653 * 86_400)..<(now + 3_653 * 86_400)
  }()

  /// Asked once for both tests: it takes Python a few seconds.
  static let shared = Result { try ask(span) }

  private static func ask(_ span: Range<Int>) throws -> SecondOpinion {
    let answer = try Programs.run(
      ["python3", "-c", script, String(span.lowerBound), String(span.upperBound)]
    )
    guard answer.status == 0 else { throw Unanswered(reason: "python3 with zoneinfo is needed") }
    var opinion = SecondOpinion()
    for line in answer.text.split(separator: "\n") {
      let parts = line.split(separator: "\t").map(String.init)
      let numbers = parts.dropFirst(2).compactMap { Int($0) }
      switch parts[0] {
      case "zone": opinion.zones[parts[1]] = []
      case "change":
        let change = Change(at: numbers[0], before: numbers[1], after: numbers[2], names: parts[5])
        opinion.zones[parts[1], default: []].append(change)
      case "wall":
        let times = numbers.dropFirst().map { Instant(seconds: Int64($0)) }
        let mapping: WallMapping =
          switch parts[3] {
          case "gap": .gap(end: times[0])
          case "once": .once(times[0])
          default: .twice(first: times[0], second: times[1])
          }
        opinion.walls.append(Wall(zone: parts[1], local: numbers[0], mapping: mapping))
      default: throw Unanswered(reason: String(line))
      }
    }
    return opinion
  }

  private static let script = """
    import os, sys
    from datetime import datetime, timedelta, timezone
    from zoneinfo import ZoneInfo, reset_tzpath

    folder = "/usr/share/zoneinfo"
    reset_tzpath(to=[folder])
    first, last = int(sys.argv[1]), int(sys.argv[2])
    epoch = datetime(1970, 1, 1)

    def look(zone, at):
        moment = datetime.fromtimestamp(at, zone)
        return int(moment.utcoffset().total_seconds()), moment.tzname()

    def wall(name, zone, local, change):
        naive = epoch + timedelta(seconds=local)
        found = []
        for fold in (0, 1):
            offset = naive.replace(tzinfo=zone, fold=fold).utcoffset()
            at = int((naive - offset - epoch).total_seconds())
            if datetime.fromtimestamp(at, zone).replace(tzinfo=None) == naive and at not in found:
                found.append(at)
        kind = ("gap", "once", "twice")[len(found)]
        times = "\\t".join(str(at) for at in sorted(found) or [change])
        print(f"wall\\t{name}\\t{local}\\t{kind}\\t{times}")

    names = []
    for path, folders, files in os.walk(folder):
        folders[:] = [one for one in folders if one not in ("posix", "right")]
        for file in files:
            with open(os.path.join(path, file), "rb") as opened:
                if opened.read(4) == b"TZif" and file not in ("localtime", "posixrules"):
                    names.append(os.path.relpath(os.path.join(path, file), folder))
    for name in sorted(names):
        zone = ZoneInfo(name)
        print(f"zone\\t{name}")
        at, seen = first, look(zone, first)
        while at < last:
            step = min(at + 86400, last)
            then = look(zone, step)
            if then != seen:
                low, high = at, step
                while high - low > 1:
                    middle = (low + high) // 2
                    if look(zone, middle) == seen: low = middle
                    else: high = middle
                after = look(zone, high)
                print(f"change\\t{name}\\t{high}\\t{seen[0]}\\t{after[0]}\\t{seen[1]} {after[1]}")
                old, new = high + seen[0], high + after[0]
                midnights = [day * 86400 for day in range(min(old, new) // 86400, max(old, new) // 86400 + 2)]
                for local in {old - 1, old, old + 1, new - 1, new, new + 1, (old + new) // 2, *midnights}:
                    wall(name, zone, local, high)
                seen, at = after, high
            else:
                at = step
    """
}
