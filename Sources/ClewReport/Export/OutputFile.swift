internal import ClewEvidence
import Foundation
import Glibc

/// Writes result files so that a reader sees the old file or the new one, never half of it.
///
/// A temporary file in the same folder is written, synchronised and renamed, and the folder is
/// synchronised after it. Files can be read by their owner only.
public enum OutputFile {
  /// Writes text as UTF-8.
  public static func write(_ text: String, to path: String) throws {
    try write(Array(text.utf8), to: path)
  }

  /// Writes bytes.
  ///
  /// - Throws: `EvidenceError` when the folder cannot be written or the disk is full.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    let temporary = "\(folder)/.\(url.lastPathComponent).\(getpid()).tmp"
    let descriptor = unsafe open(
      temporary,
      O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
      0o600
    )
    guard descriptor >= 0 else { throw fault(path) }
    do {
      try writeAll(bytes, to: descriptor, path: path)
      guard fsync(descriptor) == 0 else { throw fault(path) }
    } catch {
      Glibc.close(descriptor)
      _ = unsafe unlink(temporary)
      throw error
    }
    Glibc.close(descriptor)
    guard unsafe rename(temporary, path) == 0 else {
      let fault = fault(path)
      _ = unsafe unlink(temporary)
      throw fault
    }
    let handle = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if handle >= 0 {
      fsync(handle)
      Glibc.close(handle)
    }
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws {
    var offset = 0
    while offset < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor,
          buffer.baseAddress?.advanced(by: offset),
          buffer.count - offset
        )
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw fault(path)
      }
      offset += count
    }
  }

  fileprivate static func fault(_ path: String) -> EvidenceError {
    switch errno {
    case EACCES, EPERM, EROFS: .permissionDenied(path: path)
    case ENOSPC, EDQUOT: .diskFull(path: path)
    case ENOENT: .noSuchFile(path: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    default: .inputOutput(path: path, reason: unsafe String(cString: strerror(errno)))
    }
  }
}

/// Makes folders for results.
public enum OutputFolder {
  /// Makes a folder that only its owner can read, unless it exists.
  public static func make(_ path: String) throws {
    var isFolder: ObjCBool = false
    if unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      guard isFolder.boolValue else {
        throw EvidenceError.inputOutput(path: path, reason: "is a file, not a folder")
      }
      return
    }
    do {
      try FileManager.default.createDirectory(
        atPath: path,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
    } catch {
      throw OutputFile.fault(path)
    }
  }
}
