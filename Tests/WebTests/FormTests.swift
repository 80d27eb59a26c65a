import Primitives
import Testing

@testable import Web

@Suite struct `Forms` {
  @Test func `fields are decoded as browsers write them`() {
    let form = Form(query: "name=Rasa+Kaln%C4%97&note=1%2B1%3D2%26&empty=&flag")
    #expect(form["name"] == "Rasa Kalnė")
    #expect(form["note"] == "1+1=2&")
    #expect(form["empty"] == "")
    #expect(form.filled("empty") == nil)
    #expect(form["flag"] == "")
    #expect(form["other"] == nil)
  }

  @Test func `of repeated names the first counts`() {
    #expect(Form(query: "a=1&a=2")["a"] == "1")
  }

  @Test(arguments: [("a=%", "%"), ("a=%4", "%4"), ("a=%zz", "%zz"), ("a=%41%", "A%"), ("a=b=c", "b=c")])
  func `broken escapes stay as they are`(text: String, value: String) {
    #expect(Form(query: text)["a"] == value)
  }

  @Test func `bytes that are no text become replacement characters`() {
    #expect(Form(query: "a=%FF")["a"] == "\u{FFFD}")
  }

  @Test func `answers are found by their prefix`() {
    #expect(Form(query: "answer-door=3&answer-=x&name=y").named("answer-") == ["door": "3", "": "x"])
  }

  @Test func `addresses are written so that they read back the same`() {
    let url = QueryText.url(
      "/book/x",
      [("start", "2026-10-31T22:00:00-04:00"), ("none", nil), ("zone", "Etc/GMT+5")],
      at: "times"
    )
    #expect(url == "/book/x?start=2026-10-31T22:00:00-04:00&zone=Etc/GMT%2B5#times")
    #expect(QueryText.encoded("ė &#?=+\n") == "%C4%97%20%26%23%3F%3D%2B%0A")
  }

  @Test func `problems stand beside the fields of the form`() {
    let errors = FormErrors([
      .init(path: "customer/email", reason: .notAnAddress), .init(path: "answers/door", reason: .missing),
    ])
    #expect(errors["email"] != nil)
    #expect(errors.summary?.items.map(\.target) == ["#email", "#answer-door"])
  }
}
