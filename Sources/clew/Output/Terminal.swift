import Foundation
import Glibc
internal import Synchronization

/// Standard output for data, standard error for everything else.
enum Terminal {
  /// Writes data to standard output; a closed pipe ends the program quietly.
  static func write(_ text: String) { write(Array(text.utf8)) }

  /// Writes bytes to standard output; a closed pipe ends the program quietly.
  static func write(_ bytes: [UInt8]) {
    var offset = 0
    while offset < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(1, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
      }
      if count < 0 {
        if errno == EINTR { continue }
        exit(errno == EPIPE ? 0 : ExitStatus.inputOutput.rawValue)
      }
      offset += count
    }
  }

  /// Writes one line to standard error.
  static func say(_ line: String) {
    clearProgress()
    let bytes = Array((line + "\n").utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
  }

  /// Whether standard error is a terminal.
  static let isInteractive = isatty(2) == 1

  private static let hasProgress = Mutex(false)

  /// Shows where the work stands, on a terminal only; the next call overwrites it.
  static func progress(_ line: String) {
    guard isInteractive else { return }
    hasProgress.withLock { $0 = true }
    let bytes = Array(("\r\u{1B}[K" + line).utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
  }

  private static func clearProgress() {
    let shown = hasProgress.withLock { value in
      defer { value = false }
      return value
    }
    guard shown else { return }
    _ = unsafe Array("\r\u{1B}[K".utf8).withUnsafeBytes {
      unsafe Glibc.write(2, $0.baseAddress, $0.count)
    }
  }

  /// Ends the program.
  static func finish(_ status: ExitStatus) -> Never {
    clearProgress()
    exit(status.rawValue)
  }
}
