internal import Foundation

/// A folder in memory, so that a million small files never reach a disk.
public enum Memory {
  /// Makes a folder of this process on `/dev/shm` where there is such a place.
  public static func folder(_ name: String) throws -> String {
    let memory = "/dev/shm"
    let files = FileManager.default
    let parent = files.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    let folder = "\(parent)/clew-\(name)-\(ProcessInfo.processInfo.processIdentifier)"
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }
}
