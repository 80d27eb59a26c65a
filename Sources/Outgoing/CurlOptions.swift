import CCurl

/// Sets options of one handle and remembers whether all were taken.
final class CurlOptions {
  private let handle: UnsafeMutableRawPointer
  private(set) var areTaken = true

  init(_ handle: UnsafeMutableRawPointer) { self.handle = handle }

  func set(_ option: CURLoption, _ value: Int) { check(cloakroom_curl_set_long(handle, option, value)) }

  /// libcurl keeps a copy.
  func set(_ option: CURLoption, _ value: String) { check(cloakroom_curl_set_text(handle, option, value)) }

  func check(_ code: CURLcode) { areTaken = areTaken && code == CURLE_OK }
}
