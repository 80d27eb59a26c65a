import Foundation
import NIOCore

/// How pages look: the templates and the assets, read once when the server starts and served from memory.
final class Look: Sendable {
  /// Addresses of what every page refers to.
  let assets: Layout.Assets
  private let templates: [String: Template]
  private let shelf: AssetShelf

  /// Reads everything from the program's own resources.
  ///
  /// - Throws: ``TemplateFault`` or ``AssetFault`` when a file is missing or wrong: the server does not start
  /// then.
  init() async throws {
    let folder = Bundle.module.resourceURL ?? Bundle.module.bundleURL
    templates = try Look.templates(in: folder.appending(path: "Templates"))
    shelf = try AssetShelf(folder: folder.appending(path: "Assets"))
    assets = Layout.Assets(
      css: try shelf.address("app.css"),
      icon: try shelf.address("mark.svg"),
      js: Layout.Modules(
        again: try shelf.address("again.js"),
        fragment: try shelf.address("fragment.js"),
        leave: try shelf.address("leave.js"),
        lock: try shelf.address("lock.js"),
        once: try shelf.address("once.js"),
        passkey: try shelf.address("passkey.js"),
        print: try shelf.address("print.js"),
        zone: try shelf.address("zone.js")
      )
    )
  }

  /// One asset by the last part of its address, hash included; nil for any other name.
  func asset(_ name: String) -> Asset? { shelf[name] }

  /// Writes a page.
  func render(_ model: some PageModel) throws -> ByteBuffer {
    var unknown: Set<String> = []
    return try render(model, unknown: &unknown)
  }

  /// The same, telling which names of the template the model does not have.
  func render<Model: PageModel>(_ model: Model, unknown: inout Set<String>) throws -> ByteBuffer {
    guard let template = templates[Model.template] else { throw TemplateFault.missing(Model.template) }
    var buffer = ByteBufferAllocator().buffer(capacity: 16_384)
    template.fill(try Filling(model), into: &buffer, unknown: &unknown)
    return buffer
  }

  /// Every page's template, and a check that no page is without one.
  private static func templates(in folder: URL) throws -> [String: Template] {
    var sources: [String: [TemplateNode]] = [:]
    let base = folder.path
    for path in try FileManager.default.subpathsOfDirectory(atPath: base) where path.hasSuffix(".mustache") {
      let name = String(path.dropLast(".mustache".count))
      let bytes = try Data(contentsOf: URL(filePath: base + "/" + path))
      sources[name] = try TemplateNode.read(Array(bytes), named: name)
    }
    var templates: [String: Template] = [:]
    for page in PageModels.all { templates[page.template] = try Template(page.template, from: sources) }
    return templates
  }
}
