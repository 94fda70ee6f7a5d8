internal import Glibc

/// Memory of fixed length, zero at first; long ones lie in large pages where the system has them.
///
/// A table that is looked up at random costs a walk through the page tables for each look-up otherwise.
@safe final class LargeMemory {
  /// The bytes; they live as long as this object.
  @unsafe let start: UnsafeMutableRawPointer
  let count: Int

  init(bytes: Int) {
    let large = 2 << 20
    count = bytes
    unsafe start = .allocate(byteCount: bytes, alignment: bytes >= large ? large : 64)
    if bytes >= large { unsafe madvise(start, bytes, MADV_HUGEPAGE) }
    unsafe start.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
  }

  deinit { unsafe start.deallocate() }
}
