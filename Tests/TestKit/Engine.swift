/// Every engine that a business can live on; tests of what they have in common run on each.
package enum Engine: String, CaseIterable, Sendable {
  case sqlite
  case postgres
}
