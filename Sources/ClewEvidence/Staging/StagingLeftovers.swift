internal import Foundation
internal import Glibc

/// Copies of evidence that a killed process left behind.
enum StagingLeftovers {
  /// How the names of work folders begin.
  static let prefix = ".clew-staging-"

  /// Removes the work folders in `parent` that no living process holds.
  static func remove(in parent: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let path = parent + "/" + name
      let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      var info = stat()
      guard unsafe fstat(descriptor, &info) == 0, info.st_uid == geteuid(),
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
      else { continue }
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}
