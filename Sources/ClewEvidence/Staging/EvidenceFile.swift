internal import Glibc

/// An original, opened once for reading: what is hashed, copied and looked at comes from the same
/// descriptor.
///
/// Links are not followed and nothing but a regular file is taken. A name can never be read as an
/// option or an address, because it only ever reaches `open`.
struct EvidenceFile: ~Copyable {
  /// What the file system says of a file; it must not change while the file is read.
  struct Stamp: Equatable {
    let device: UInt64
    let inode: UInt64
    let bytes: Int64
    let modifiedSeconds: Int
    let modifiedNanoseconds: Int
    let changedSeconds: Int
    let changedNanoseconds: Int
  }

  let descriptor: Int32
  let path: String
  let stamp: Stamp

  /// Opens a regular file.
  init(path: String) throws(EvidenceError) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .noSuchFile(path: path) }
    // O_NONBLOCK: a pipe without a writer must not make us wait.
    let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let descriptor = unsafe open(path, flags)
    guard descriptor >= 0 else { throw EvidenceError.fromErrno(errno, path: path) }
    guard let (stamp, isRegular) = Self.look(at: descriptor) else {
      let code = errno
      close(descriptor)
      throw EvidenceError.fromErrno(code, path: path)
    }
    guard isRegular else {
      close(descriptor)
      throw .notRegular(path: path)
    }
    self.descriptor = descriptor
    self.path = path
    self.stamp = stamp
  }

  deinit { close(descriptor) }

  /// Reads at most `count` bytes that begin at `offset`.
  func read(at offset: Int64, count: Int) throws(EvidenceError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = try read(into: &bytes, from: filled, at: offset + Int64(filled))
      if got == 0 { break }
      filled += got
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  /// Fills the rest of `buffer` from `offset` once; 0 means the end of the file.
  func read(
    into buffer: inout [UInt8],
    from start: Int = 0,
    at offset: Int64
  ) throws(EvidenceError) -> Int {
    while true {
      let got = unsafe buffer.withUnsafeMutableBytes { raw in
        unsafe pread(
          descriptor,
          raw.baseAddress.map { unsafe $0 + start },
          raw.count - start,
          Int(offset)
        )
      }
      if got >= 0 { return got }
      if errno != EINTR { throw EvidenceError.fromErrno(errno, path: path) }
    }
  }

  /// Throws when the file is no longer the one that was opened.
  func checkUnchanged(readBytes: Int64) throws(EvidenceError) {
    guard let (now, _) = Self.look(at: descriptor), now == stamp, readBytes == stamp.bytes else {
      throw .changedDuringRead(path: path)
    }
  }

  private static func look(at descriptor: Int32) -> (Stamp, isRegular: Bool)? {
    var info = stat()
    guard unsafe fstat(descriptor, &info) == 0 else { return nil }
    let stamp = Stamp(
      device: UInt64(info.st_dev),
      inode: UInt64(info.st_ino),
      bytes: Int64(info.st_size),
      modifiedSeconds: info.st_mtim.tv_sec,
      modifiedNanoseconds: info.st_mtim.tv_nsec,
      changedSeconds: info.st_ctim.tv_sec,
      changedNanoseconds: info.st_ctim.tv_nsec
    )
    return (stamp, info.st_mode & S_IFMT == S_IFREG)
  }
}

extension EvidenceError {
  /// The error that a failed system call on `path` means.
  static func fromErrno(_ code: Int32, path: String) -> EvidenceError {
    switch code {
    case ENOENT, ENOTDIR: .noSuchFile(path: path)
    case ELOOP, ENXIO, ENODEV, EISDIR: .notRegular(path: path)
    case EACCES, EPERM: .permissionDenied(path: path)
    case ENOSPC, EDQUOT: .diskFull(path: path)
    default: .inputOutput(path: path, reason: unsafe String(cString: strerror(code)))
    }
  }
}
