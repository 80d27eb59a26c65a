import Booking
import Desk
import HTTPTypes
import Hummingbird
import NIOCore
import People
import Primitives

/// A file of customers as CSV (RFC 4180, UTF-8 with the mark by which programs for tables know it), written while it is
/// read. When reading fails the connection ends before the file does, so that half of one is not taken for the whole.
struct CustomerTable: Sendable {
  private let reader: ExportReader
  private let timetable: Timetable
  private let day: CivilDay

  init(_ reader: ExportReader, _ timetable: Timetable, on day: CivilDay) {
    self.reader = reader
    self.timetable = timetable
    self.day = day
  }

  func response() -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/csv; charset=utf-8; header=present",
        .contentDisposition: "attachment; filename=\"customers-\(timetable.business.id)-\(day).csv\"",
        .cacheControl: "no-store",
      ],
      body: ResponseBody { writer in
        try await writer.write(ByteBuffer(string: "\u{FEFF}" + CustomerTable.line(header)))
        try await reader.read { piece in
          try await writer.write(ByteBuffer(string: piece.map { CustomerTable.line(cells($0)) }.joined()))
        }
        try await writer.finish(nil)
      }
    )
  }

  private var header: [String] {
    ["day", "from", "until", "time zone", "service", "with", "place", "status", "name", "e-mail", "phone"]
      + (reader.export.hasDetails ? ["address", "answers"] : []) + ["file"]
  }

  private func cells(_ one: ExportedContact) -> [String] {
    let business = timetable.business
    var cells = Array(repeating: "", count: 8)
    if let booking = one.booking, let zone = timetable.zone(of: booking.location) ?? timetable.firstZone {
      cells = [
        "\(zone.day(at: booking.served.start))", PageWords.clock(booking.served.start, in: zone),
        PageWords.clock(booking.served.end, in: zone), zone.name,
        timetable.service(booking.service)?.name ?? booking.service.text,
        timetable.staffMember(booking.staff)?.name ?? booking.staff.text,
        business.location(booking.location)?.name ?? booking.location.text, PageWords.state(booking.state),
      ]
    }
    cells += [one.name, one.email ?? "", one.phone ?? ""]
    if reader.export.hasDetails {
      let questions = one.booking.flatMap { timetable.service($0.service)?.questions } ?? []
      cells += [
        one.address ?? "",
        one.answers.map { answer in
          (questions.first { $0.id == answer.question }?.label ?? answer.question.text) + ": " + answer.answer
        }.joined(separator: "; "),
      ]
    }
    return cells + ["\(reader.id)"]
  }

  static func line(_ cells: [String]) -> String {
    cells.map { "\"" + harmless($0).replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\r\n"
  }

  /// What a program for tables would take for a formula begins with an apostrophe (OWASP, CSV injection), also after a
  /// semicolon, at which such programs cut in many countries; line ends and tabs become spaces. Phone numbers stay as they
  /// are.
  private static func harmless(_ cell: String) -> String {
    if cell.first == "+", cell.dropFirst().allSatisfy({ $0.isASCII && ($0.isNumber || $0 == " ") }) {
      return cell
    }
    var safe = ""
    var isAtStart = true
    for character in cell {
      let character = character.isNewline || character == "\t" ? " " : character
      if isAtStart, formulas.contains(character) { safe.append("'") }
      if character != " ", character != "\"", character != "'" { isAtStart = character == ";" }
      safe.append(character)
    }
    return safe
  }

  /// With their wide forms, which some programs take for the same.
  private static let formulas: Set<Character> = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]
}
