/// A browser and the system it runs on, told from what it says of itself: enough for people to recognise
/// their own devices, too little to follow anybody by. Whatever is not of the closed set is "another".
package struct BrowserKind: Sendable, Hashable {
  package enum Browser: String, Sendable, CaseIterable {
    case firefox = "Firefox"
    case chrome = "Chrome"
    case edge = "Edge"
    case safari = "Safari"
    case opera = "Opera"
    case samsung = "Samsung Internet"
    case other = "Another browser"
  }

  package enum System: String, Sendable, CaseIterable {
    case windows = "Windows"
    case mac = "macOS"
    case linux = "Linux"
    case chromeOS = "ChromeOS"
    case android = "Android"
    case iPhone = "iPhone"
    case iPad = "iPad"
    case other = "another system"
  }

  package let browser: Browser
  package let system: System

  package init(browser: Browser, system: System) {
    self.browser = browser
    self.system = system
  }

  /// Reads a `User-Agent` field (RFC 9110 §10.1.5); never believed for more than a label.
  package init(userAgent: String?) {
    // Every browser names its ancestors too, so the more special mark comes first.
    let text = String((userAgent ?? "").unicodeScalars.prefix(512).map(Character.init))
    let browsers: [(String, Browser)] = [
      ("Edg/", .edge), ("EdgA/", .edge), ("EdgiOS/", .edge), ("OPR/", .opera), ("SamsungBrowser/", .samsung),
      ("Firefox/", .firefox), ("FxiOS/", .firefox), ("CriOS/", .chrome), ("Chrome/", .chrome),
      ("Chromium/", .chrome), ("Version/", .safari),
    ]
    let systems: [(String, System)] = [
      ("iPhone", .iPhone), ("iPad", .iPad), ("Android", .android), ("CrOS", .chromeOS), ("Windows", .windows),
      ("Macintosh", .mac), ("Linux", .linux),
    ]
    browser = browsers.first { text.contains($0.0) }?.1 ?? .other
    system = systems.first { text.contains($0.0) }?.1 ?? .other
  }

  /// "Firefox on Linux".
  package var words: String { "\(browser.rawValue) on \(system.rawValue)" }
}
