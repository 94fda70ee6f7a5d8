import Foundation
import Glibc

/// Holds a case for one writing process.
///
/// The lock lies on a file of its own: closing any descriptor of the database itself would drop
/// SQLite's own locks in this process.
final class CaseLock {
  private let descriptor: Int32
  private let lockPath: String

  init(casePath: String) throws(EvidenceError) {
    lockPath = casePath + ".lock"
    descriptor = unsafe Glibc.open(lockPath, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw errno == EACCES || errno == EROFS
        ? .permissionDenied(path: lockPath)
        : .inputOutput(path: lockPath, reason: "cannot create the lock file")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = (try? String(contentsOfFile: lockPath, encoding: .utf8)) ?? ""
      Glibc.close(descriptor)
      throw .locked(path: casePath, holder: holder.isEmpty ? "another process" : holder)
    }
    let text = "process \(getpid())"
    _ = ftruncate(descriptor, 0)
    _ = unsafe Array(text.utf8).withUnsafeBytes { bytes in
      unsafe pwrite(descriptor, bytes.baseAddress, bytes.count, 0)
    }
  }

  /// Gives the case free; the empty lock file is removed while the lock is still held.
  func release() {
    _ = unsafe unlink(lockPath)
    Glibc.close(descriptor)
  }
}
