import StoragePostgres
import Testing

/// Which addresses are taken, and that no password is ever said.
@Suite struct AddressTests {
  @Test(arguments: [
    "postgres:///house", "postgresql://ona@localhost/house",
    "postgres://ona@127.0.0.1:5433/house?sslmode=disable",
    "postgres://ona@[::1]/house?sslmode=prefer", "postgres://ona@%2Frun%2Fpostgresql/house?sslmode=allow",
    "postgres://ona@db.example.test/house", "postgres://ona@db.example.test/house?sslmode=verify-full",
    "postgres://ona@db.example.test/house?sslmode=verify-ca",
    "postgres://ona@a.example.test,b.example.test:5433/house",
    "postgres://ona@db.example.test/house?hostaddr=127.0.0.1&sslmode=disable",
  ])
  func `an address is taken that stays on this machine or checks who answers`(url: String) throws {
    _ = try PostgresAddress(url)
  }

  @Test(
    arguments: [
      "postgres://ona@db.example.test/house", "postgres://ona@192.0.2.1/house",
      "postgres://ona@127.1.example.test/house",
      "postgres://ona@localhost,db.example.test/house", "postgres://ona@localhost/house?hostaddr=192.0.2.1",
    ],
    ["disable", "allow", "prefer", "require"]
  )
  func `an address is refused that leaves this machine and does not check who answers`(
    url: String,
    mode: String
  ) {
    let joined = url + (url.contains("?") ? "&" : "?") + "sslmode=" + mode
    #expect(throws: PostgresAddress.Refusal.unsafe(sslmode: mode)) { try PostgresAddress(joined) }
  }

  @Test(arguments: [
    "", "house", "sqlite:house.db", "host=localhost dbname=house", "mysql://ona@localhost/house",
    "postgres://ona@localhost/house?colour=red", "postgres://ona:pa%zz@localhost/house",
    "postgres://[::1/house",
    "postgres://ona@localhost/house\u{0}",
  ])
  func `what is no address is refused`(text: String) {
    #expect(throws: PostgresAddress.Refusal.notAnAddress) { try PostgresAddress(text) }
  }

  @Test func `a service file is not heard`() {
    #expect(throws: PostgresAddress.Refusal.namesAService) {
      try PostgresAddress("postgres:///?service=house")
    }
  }

  @Test func `an address never says its password`() throws {
    for url in [
      "postgres://ona:needle@localhost/house", "postgres://ona@localhost/house?password=needle",
      "postgres://ona:needle@db.example.test/house",
    ] {
      let address = try PostgresAddress(url)
      #expect(!"\(address)".contains("needle") && !"\(address.keys())".contains("needle"))
    }
    let refusal = #expect(throws: PostgresAddress.Refusal.self) {
      try PostgresAddress("postgres://ona:needle@db.example.test/house?sslmode=disable")
    }
    #expect(refusal.map { !"\($0)".contains("needle") } == true)
  }

  @Test func `keys lie on the same server in a database and under a role of their own`() throws {
    let address = try PostgresAddress("postgres://ona:secret@localhost:5433/house")
    #expect("\(address)" == "postgres://ona@localhost:5433/house")
    #expect("\(address.keys())" == "postgres://ona_keys@localhost:5433/house_keys")
  }
}
