import Foundation

/// Prints at once, also where standard output is a file or a pipe: a server's first lines must not wait in a buffer.
func say(_ text: String) {
  FileHandle.standardOutput.write(Data((text + "\n").utf8))
}
