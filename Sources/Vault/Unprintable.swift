/// Something that must not show its content by `print`, string interpolation, `String(reflecting:)` or
/// `dump`.
package protocol Unprintable: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Unprintable {
  package var description: String { "\(Self.self)(not shown)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
