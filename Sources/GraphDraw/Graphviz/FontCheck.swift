import Foundation
import Synchronization

/// Whether a font with Chinese characters is installed.
///
/// Without one, Graphviz draws empty boxes of the same width and reports success. fontconfig knows
/// the answer; its own `fc-list` is asked, once per process, rather than its library, so that one
/// more C interface need not be bound. Every system that has Graphviz with text has `fc-list`, as
/// pango depends on its package.
enum FontCheck {
  private static let answer = Mutex<Bool?>(nil)

  static func requireChineseFont() throws(DrawError) {
    let isThere = answer.withLock { known in
      let result = known ?? lists(":lang=zh-cn")
      known = result
      return result
    }
    guard isThere else { throw .noChineseFont }
  }

  /// Whether fontconfig lists a font for the pattern.
  static func lists(_ pattern: String) -> Bool {
    for program in ["/usr/bin/fc-list", "/usr/local/bin/fc-list", "/opt/homebrew/bin/fc-list"]
    where FileManager.default.isExecutableFile(atPath: program) {
      let process = Process()
      let output = Pipe()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = [pattern, "family"]
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { continue }
      let bytes = (try? output.fileHandleForReading.readToEnd()) ?? Data()
      process.waitUntilExit()
      return process.terminationStatus == 0 && !bytes.isEmpty
    }
    return false
  }
}
