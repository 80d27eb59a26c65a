import Booking
import Primitives
import Testing

@testable import Desk

/// What whoever sets up an empty server may hand in.
@Suite struct SetUpTests {
  private static func form(
    name: String = "Ona’s Repairs",
    slug: String? = "",
    zone: String = "Europe/Vilnius",
    owner: String = "Ona Petrauskė",
    email: String = "ona@example.com",
    reason: String? = nil
  ) -> SetUpForm {
    SetUpForm(name: name, slug: slug, zone: zone, ownerName: owner, email: email, mailboxReason: reason)
  }

  private func problems(_ form: SetUpForm) -> [FieldProblem] {
    do throws(Refusal) {
      _ = try CheckedSetUp(form, zones: .system)
      return []
    } catch {
      return error.fields
    }
  }

  @Test func `the least there can be: a name, a place in its zone, an owner who serves nobody yet`() throws {
    let checked = try CheckedSetUp(SetUpTests.form(), zones: .system)
    #expect(try checked.business.id == slug("onas-repairs"))
    #expect(checked.business.services.isEmpty && checked.business.locations.map(\.zone) == ["Europe/Vilnius"])
    #expect(
      checked.business.staff.map(\.role) == [.owner] && checked.business.staff.map(\.id.text) == ["ona"]
    )
    #expect(checked.owner.mailboxReason == nil)
  }

  @Test(arguments: [
    ("Žalioji Aguona", "zalioji-aguona"), ("Müller & Söhne", "muller-and-sohne"), ("Straße 7", "strasse-7"),
    ("Привет мир", "privet-mir"), ("Łódź — Spa", "lodz-spa"), ("  A  B  ", "a-b"),
    (String(repeating: "long ", count: 20), "long-long-long-long-long-long-long-long"),
  ])
  func `a short name is made from the name`(name: String, short: String) throws {
    #expect(Slug(spelling: name)?.text == short)
  }

  @Test func `a name of signs alone makes no short name, and one that is taken gets a number`() throws {
    #expect(Slug(spelling: "!!!") == nil)
    let ona = try slug("ona")
    #expect(ona.distinct(from: [ona, try slug("ona-2")]).text == "ona-3")
  }

  @Test func `every mistake is told, each by its field`() {
    let wrong = SetUpTests.form(name: " ", slug: "Ona!", zone: "../etc/passwd", owner: "", email: "ona")
    #expect(problems(wrong).map(\.path) == ["name", "slug", "zone", "owner", "email"])
    #expect(problems(SetUpTests.form(zone: "Europe/Nowhere")).map(\.reason) == [.notAZone])
    #expect(problems(SetUpTests.form(name: "see www.example.com")).map(\.reason) == [.webAddress])
  }

  @Test func `an address that belongs to a role needs the owner's reason`() throws {
    let without = SetUpTests.form(email: "info@example.com")
    #expect(problems(without) == [FieldProblem(path: "email", reason: .roleMailbox)])
    let with = SetUpTests.form(email: "info@example.com", reason: "Only I read it")
    #expect(try CheckedSetUp(with, zones: .system).owner.mailboxReason == "Only I read it")
  }
}
