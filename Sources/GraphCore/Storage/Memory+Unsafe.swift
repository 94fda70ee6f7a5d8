#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A stretch of memory that is given back with its last owner.
///
/// What lives as long as a graph lies in pages of its own, large ones where the system has them: a
/// gather over a whole graph gains a tenth by them. What lives as long as a call comes from the heap,
/// which hands out pages that were touched before.
///
/// Invariant: `base` points at `byteCount` bytes until `deinit`; all uses go through ``SharedArray`` and
/// ``Column``, which hold the owner and check each place.
@safe final class Memory: @unchecked Sendable {
  enum Life {
    /// As long as a graph; zeroed.
    case lasting
    /// As long as a call; not zeroed.
    case passing
  }

  let base: UnsafeMutableRawPointer
  let byteCount: Int
  private let isMapped: Bool

  /// Large pages are asked for from this size on, in bytes.
  private static let large = 4 << 20

  /// Memory that is never written need not be there.
  #if os(Linux)
  private static let unreserved = MAP_NORESERVE
  #else
  private static let unreserved: Int32 = 0
  #endif

  init(byteCount: Int, life: Life) {
    self.byteCount = byteCount
    if life == .lasting, byteCount >= Self.large,
      let pages = unsafe mmap(
        nil,
        byteCount,
        PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS | Self.unreserved,
        -1,
        0
      ),
      unsafe pages != MAP_FAILED
    {
      unsafe base = pages
      isMapped = true
      #if os(Linux)
      unsafe _ = madvise(pages, byteCount, MADV_HUGEPAGE)
      #endif
    } else {
      unsafe base = UnsafeMutableRawPointer.allocate(byteCount: max(1, byteCount), alignment: 64)
      isMapped = false
      if life == .lasting {
        unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
      }
    }
  }

  /// Takes over a mapping made elsewhere.
  init(mapping base: UnsafeMutableRawPointer, byteCount: Int) {
    unsafe self.base = unsafe base
    self.byteCount = byteCount
    isMapped = true
  }

  /// Gives pages of its own back to the system from a byte on; they read as zero from then on.
  func release(from byte: Int) {
    guard isMapped, byte < byteCount else { return }
    let page = 1 << 14
    let start = (byte + page - 1) / page * page
    guard start < byteCount else { return }
    unsafe _ = madvise(base + start, byteCount - start, MADV_DONTNEED)
  }

  deinit {
    if isMapped {
      unsafe _ = munmap(base, byteCount)
    } else {
      unsafe base.deallocate()
    }
  }
}
