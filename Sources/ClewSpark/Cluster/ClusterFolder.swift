#if Spark
internal import Foundation
internal import Glibc

/// The folder of a cluster of this machine: settings with secrets, logs, working files, the record.
///
/// Only its owner may look into it, since tables of evidence are cached there while the cluster runs.
struct ClusterFolder: Sendable {
  let path: String

  var record: String { path + "/cluster.json" }
  var lock: String { path + "/lock" }
  var settings: String { path + "/conf" }
  var logs: String { path + "/logs" }
  var work: String { path + "/work" }

  /// Everything that a cluster makes in it.
  private static let own = ["cluster.json", "conf", "logs", "work", "lock"]

  /// Makes the folder, or takes an empty or earlier one.
  ///
  /// - Throws: ``ClusterError/foreign(folder:)`` when other files are in it.
  func prepare() throws(ClusterError) {
    let files = FileManager.default
    do {
      try files.createDirectory(atPath: path, withIntermediateDirectories: true)
      guard try files.contentsOfDirectory(atPath: path).allSatisfy(Self.own.contains) else {
        throw ClusterError.foreign(folder: path)
      }
      try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    } catch let error as ClusterError { throw error } catch {
      throw .file(path: path, reason: "cannot make the folder")
    }
  }

  /// Makes the folders in it.
  func furnish() throws(ClusterError) {
    for folder in [settings, logs, work, work + "/local", work + "/tmp"] {
      do {
        try FileManager.default.createDirectory(
          atPath: folder,
          withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700]
        )
      } catch { throw .file(path: folder, reason: "cannot make the folder") }
    }
  }

  /// Writes a file that only its owner may read, from its first byte on.
  func write(_ text: String, to file: String) throws(ClusterError) {
    let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .file(path: file, reason: Daemon.message(errno)) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    // A file of before keeps its mode unless told.
    fchmod(descriptor, 0o600)
    do { try handle.write(contentsOf: Data(text.utf8)) } catch {
      throw .file(path: file, reason: "cannot write")
    }
  }

  /// Removes what a cluster made, but for the lock that its caller holds.
  func clearWork() {
    for name in Self.own where name != "lock" {
      try? FileManager.default.removeItem(atPath: path + "/" + name)
    }
  }

  /// Removes what a cluster made, and the folder when it is empty then.
  func clear() {
    clearWork()
    try? FileManager.default.removeItem(atPath: lock)
    _ = unsafe rmdir(path)
  }

  /// Works in the folder while nobody else does.
  func locked<Result>(
    _ work: () async throws -> Result
  ) async throws -> Result {
    let descriptor = unsafe open(lock, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw ClusterError.file(path: lock, reason: Daemon.message(errno))
    }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw ClusterError.busy(folder: path)
    }
    return try await work()
  }

  /// The last line of a log that tells of an error, or its last line.
  func lastWord(of log: String) -> String {
    guard let data = FileManager.default.contents(atPath: log) else { return "it says nothing" }
    let lines = String(decoding: data.suffix(65_536), as: UTF8.self)
      .split(whereSeparator: \.isNewline)
    let line =
      lines.last { $0.contains("Exception") || $0.contains("ERROR") || $0.contains("error:") }
      ?? lines.last ?? "it says nothing"
    let safe = line.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.prefix(300)
    return String(String.UnicodeScalarView(safe))
  }
}
#endif
