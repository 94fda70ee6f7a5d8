internal import Foundation
internal import Glibc

/// Holds a case for one writing process.
///
/// The lock lies on a file of its own: closing any descriptor of the database itself would drop
/// SQLite's own locks in this process.
final class CaseLock {
  private let descriptor: Int32
  private let lockPath: String
  private var isHeld = true

  init(casePath: String) throws(EvidenceError) {
    lockPath = casePath + ".lock"
    while true {
      let descriptor = unsafe open(lockPath, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        throw errno == EACCES || errno == EROFS
          ? .permissionDenied(path: lockPath)
          : .inputOutput(path: lockPath, reason: "cannot create the lock file")
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let holder = (try? String(contentsOfFile: lockPath, encoding: .utf8)) ?? ""
        close(descriptor)
        throw .locked(path: casePath, holder: holder.isEmpty ? "another process" : holder)
      }
      // The holder before may have removed the file between our opening and locking it: a lock on
      // a file without a name keeps nobody out.
      if Self.isSame(descriptor, lockPath) {
        self.descriptor = descriptor
        break
      }
      close(descriptor)
    }
    let text = "process \(getpid())"
    _ = ftruncate(descriptor, 0)
    _ = unsafe Array(text.utf8).withUnsafeBytes { bytes in
      unsafe pwrite(descriptor, bytes.baseAddress, bytes.count, 0)
    }
  }

  deinit { release() }

  private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
    var (mine, named) = (stat(), stat())
    guard unsafe fstat(descriptor, &mine) == 0, unsafe lstat(path, &named) == 0 else {
      return false
    }
    return mine.st_dev == named.st_dev && mine.st_ino == named.st_ino
  }

  /// Gives the case free; the lock file is removed while the lock is still held.
  func release() {
    guard isHeld else { return }
    isHeld = false
    _ = unsafe unlink(lockPath)
    close(descriptor)
  }
}
