#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file read in place: its bytes are pages of the file, brought in as they are looked at.
///
/// Invariant: `memory` maps `count` bytes for reading until the last owner is gone. Whoever maps a file
/// keeps others from cutting it short meanwhile, as reading past its new end would stop the program;
/// sources are staged copies, and snapshots are written under another name and renamed.
@safe struct MappedFile: @unchecked Sendable {
  let memory: Memory?
  let count: Int

  /// Maps a regular file.
  init(path: String) throws(GraphError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadableFile(reason: Self.reason(of: errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw .unreadableFile(reason: Self.reason(of: errno))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadableFile(reason: "it is not a regular file")
    }
    count = Int(status.st_size)
    guard count > 0 else {
      memory = nil
      return
    }
    guard let pages = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
      unsafe pages != MAP_FAILED
    else { throw .unreadableFile(reason: Self.reason(of: errno)) }
    memory = unsafe Memory(mapping: pages, byteCount: count)
    unsafe _ = madvise(pages, count, MADV_WILLNEED)
  }

  /// What an error number of the system says.
  static func reason(of number: Int32) -> String {
    unsafe String(cString: strerror(number))
  }

  /// Lends the bytes; the pointer is valid within the call.
  func withBytes<Answer, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    let base = unsafe memory.map { unsafe $0.base.assumingMemoryBound(to: UInt8.self) }
    return try unsafe body(UnsafeBufferPointer(start: base, count: count))
  }

  /// Lets the system take back what is in memory of a stretch that has been read; it can be read again.
  func release(_ range: Range<Int>) {
    guard let memory else { return }
    let page = 1 << 14
    let (start, end) = ((range.lowerBound + page - 1) / page * page, range.upperBound / page * page)
    guard start < end, end <= count else { return }
    unsafe _ = madvise(memory.base + start, end - start, MADV_DONTNEED)
  }
}
