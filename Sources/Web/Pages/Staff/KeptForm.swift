import HTTPTypes
import Hummingbird
import Primitives

/// What somebody was about to do when they had to prove who they are: carried along as hidden fields of the page that
/// asks, and sent again by them afterwards. It is kept nowhere else.
struct KeptForm: Sendable {
  /// Where it was sent; nil for a page that was only to be opened.
  let action: OwnPath?
  /// The page to go on with when there is nothing to send.
  let page: OwnPath?
  /// As typed; without the session's token and without secrets.
  let fields: [Hidden]
  /// Names of the secrets that were typed; they are typed again.
  let secrets: [String]

  /// Fields that travel in no hidden field, by the label they are asked for again with.
  static let secretLabels = [
    "password": "Password", "current": "Current password", "new": "New password",
    "again": "New password again",
    "code": "Code from your app", "recovery": "Recovery code", "passkey": "",
  ]

  private static let prefix = "kept-field-"

  /// Nothing but where to go on.
  init(page: OwnPath?) {
    (action, self.page, fields, secrets) = (nil, page, [], [])
  }

  /// The request that was refused.
  ///
  /// - Parameter form: its form when it changes something, with its session's token already checked.
  init(_ visit: Visit, _ form: Form?) {
    let path = visit.request.uri.path
    guard let business = visit.business, let form else {
      action = nil
      page = visit.business.flatMap { OwnPath(visit.request.uri.string, of: $0) }
      (fields, secrets) = ([], [])
      return
    }
    action = OwnPath(path, of: business, taking: .post)
    page = OwnPath(path, of: business)
    let typed = form.all.filter { $0.name != "csrf" }
    fields = typed.filter { KeptForm.secretLabels[$0.name] == nil }
      .map { Hidden(name: $0.name, value: $0.value) }
    secrets = typed.filter { KeptForm.secretLabels[$0.name]?.isEmpty == false && !$0.value.isEmpty }.map(
      \.name
    )
  }

  /// What the form that proves carried along; anything that is no page of this business is left out.
  init(carriedBy form: Form, of business: Slug) {
    action = form.filled("kept-to").flatMap { OwnPath($0, of: business, taking: .post) }
    page = form.filled("next").flatMap { OwnPath($0, of: business) }
    fields = form.all.filter { $0.name.hasPrefix(KeptForm.prefix) }
      .map { Hidden(name: String($0.name.dropFirst(KeptForm.prefix.count)), value: $0.value) }
      .filter { $0.name != "csrf" && KeptForm.secretLabels[$0.name] == nil }
    secrets = (form["kept-secrets"] ?? "").split(separator: " ").map(String.init)
      .filter { KeptForm.secretLabels[$0]?.isEmpty == false }
  }

  /// Whether there is anything that could be lost.
  var hasFields: Bool { !fields.isEmpty || !secrets.isEmpty }

  /// The hidden fields of the form that proves.
  var carried: [Hidden] {
    var carried: [Hidden] = []
    if let page { carried.append(Hidden(name: "next", value: page.text)) }
    guard let action else { return carried }
    carried.append(Hidden(name: "kept-to", value: action.text))
    if !secrets.isEmpty {
      carried.append(Hidden(name: "kept-secrets", value: secrets.joined(separator: " ")))
    }
    return carried + fields.map { Hidden(name: KeptForm.prefix + $0.name, value: $0.value) }
  }
}
