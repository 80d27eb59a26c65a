import Testing

@testable import Web

@Suite struct `The table of routes` {
  @Test(arguments: [
    ("/book/spare-hands", "GET, HEAD"), ("/book/spare-hands/bookings", "POST"),
    ("/staff/spare-hands/mail", "GET, HEAD, POST"), ("/api/v1/spare-hands/slots", "GET, HEAD"),
    ("/staff/spare-hands/bookings/new", "GET, HEAD"), ("/", "GET, HEAD"),
  ])
  func `a path tells which methods it takes`(path: String, allowed: String) {
    #expect(Routes.allowed(Routes.at(path)) == allowed)
  }

  @Test(arguments: ["/nowhere", "/book", "/api/v1/spare-hands/nothing", "/book/spare-hands/bookings/x"])
  func `a path that is none has no routes`(path: String) {
    #expect(Routes.at(path).isEmpty)
  }
}
