internal import Dispatch
internal import Foundation
internal import Glibc

/// One entry of a source on its way into the index of records.
package struct KeyEntry: Hashable {
  /// The record's key.
  package let high: UInt64
  package let low: UInt64
  /// Where the entry lies (``Place``); it rises in the order of the source.
  package let place: Int64
  /// The rank of its content among entries of its key.
  package let content: UInt64

  package init(high: UInt64, low: UInt64, place: Int64, content: UInt64) {
    self.high = high
    self.low = low
    self.place = place
    self.content = content
  }

  var key: RecordID { RecordID(high: high, low: low) }

  @inline(__always)
  static func precedes(_ left: KeyEntry, _ right: KeyEntry) -> Bool {
    if left.high != right.high { return left.high < right.high }
    if left.low != right.low { return left.low < right.low }
    return left.place < right.place
  }
}

/// Sorts the keys of one source, however long it is, in bounded memory and on all cores.
///
/// Entries are dealt by the first bits of their keys, each deal is sorted alone: keys are digests, so the
/// deals are of equal length. Beyond ``memoryLimit`` entries the deals lie in files without a name.
///
/// - Complexity: O(*n*) time on average, O(*n* log *n*) where many keys are alike; 32 bytes an entry in
///   memory or in the files.
package final class KeySorter {
  /// 32 MiB of entries.
  package static let memoryLimit = 1 << 20
  private static let dealBits: UInt64 = 6
  private static let deals = 1 << Int(dealBits)

  private let folder: String
  private let limit: Int
  private var entries: [KeyEntry] = []
  private var files: [Int32] = []

  /// Makes a sorter.
  ///
  /// - Parameters:
  ///   - folder: Where files without a name may be made: the folder of the case.
  ///   - limit: How many entries are held in memory.
  package init(folder: String, limit: Int = memoryLimit) {
    self.folder = folder
    self.limit = limit
  }

  deinit { for file in files { close(file) } }

  package func add(_ entry: KeyEntry) throws {
    entries.append(entry)
    if entries.count >= limit { try spill() }
  }

  /// Adds the entries of a page.
  func add(_ keys: [UnitBatch.Key], ofPage page: Int64) throws {
    // A local list: a property of a class is guarded at every change.
    var longer = entries
    entries = []
    for (entry, key) in keys.enumerated() {
      longer.append(
        KeyEntry(
          high: key.id.high,
          low: key.id.low,
          place: Place.of(page: page, entry: entry),
          content: key.rank
        )
      )
    }
    entries = longer
    if entries.count >= limit { try spill() }
  }

  /// Hands all entries to `body` in the order of their keys, those of one key in the order of the file.
  package func forEach(_ body: (KeyEntry) throws -> Void) throws {
    try forEachPart { part in for entry in part { try body(entry) } }
  }

  /// The same in parts; all entries of one key are in one part.
  func forEachPart(_ body: ([KeyEntry]) throws -> Void) throws {
    if !files.isEmpty { try spill() }
    let (dealt, starts) = Self.deal(entries, bits: Self.dealBits, below: 64)
    entries = []
    let crew = max(1, ProcessInfo.processInfo.activeProcessorCount)
    for first in stride(from: 0, to: Self.deals, by: crew) {
      var parts: [[KeyEntry]] = []
      for deal in first..<min(first + crew, Self.deals) {
        parts.append(
          try files.isEmpty ? Array(dealt[starts[deal]..<starts[deal + 1]]) : read(files[deal])
        )
      }
      Self.sort(&parts)
      for part in parts { try body(part) }
    }
  }

  private func spill() throws {
    if files.isEmpty {
      for _ in 0..<Self.deals { files.append(try makeFile()) }
    }
    let (dealt, starts) = Self.deal(entries, bits: Self.dealBits, below: 64)
    for deal in 0..<Self.deals {
      try write(dealt[starts[deal]..<starts[deal + 1]], to: files[deal])
    }
    entries.removeAll(keepingCapacity: true)
  }

  /// Sorts each of some lists, at the same time.
  private static func sort(_ parts: inout [[KeyEntry]]) {
    let count = parts.count
    unsafe parts.withUnsafeMutableBufferPointer { buffer in
      // Each iteration has a list of its own, and all have ended when this returns.
      nonisolated(unsafe) let slots = unsafe buffer
      DispatchQueue.concurrentPerform(iterations: count) { index in
        unsafe slots[index] = Self.sorted(slots[index])
      }
    }
  }

  /// Sorts the entries of one deal: they are dealt again by the next bits of their keys, into heaps of about
  /// eight.
  private static func sorted(_ part: [KeyEntry]) -> [KeyEntry] {
    let below = 64 - dealBits
    let bits = UInt64(max(0, 60 - part.count.leadingZeroBitCount)).clamped(to: 0...16)
    var (heaps, starts) = deal(part, bits: bits, below: below)
    unsafe heaps.withUnsafeMutableBufferPointer { entries in
      for heap in 0..<(starts.count - 1) {
        let (low, high) = (starts[heap], starts[heap + 1])
        // One key a thousand times makes one heap.
        if high - low > 32 {
          unsafe entries[low..<high].sort(by: KeyEntry.precedes)
        } else {
          unsafe insert(entries, low, high)
        }
      }
    }
    return heaps
  }

  /// Sorts a few entries; `low` and `high` lie within them.
  @inline(__always)
  private static func insert(
    _ entries: UnsafeMutableBufferPointer<KeyEntry>,
    _ low: Int,
    _ high: Int
  ) {
    var next = low &+ 1
    while next < high {
      let entry = unsafe entries[next]
      var hole = next
      while hole > low, unsafe KeyEntry.precedes(entry, entries[hole &- 1]) {
        unsafe entries[hole] = entries[hole &- 1]
        hole &-= 1
      }
      unsafe entries[hole] = entry
      next &+= 1
    }
  }

  /// Deals entries by `bits` bits of their keys, the highest of which are `below` bits from the end; each deal
  /// keeps the order of its entries.
  ///
  /// - Returns: The entries deal by deal, and where each deal begins; the last start is the end.
  private static func deal(
    _ entries: [KeyEntry],
    bits: UInt64,
    below: UInt64
  ) -> (entries: [KeyEntry], starts: [Int]) {
    let deals = 1 << Int(bits)
    let (shift, mask) = (below - bits, UInt64(deals - 1))
    var starts = [Int](repeating: 0, count: deals + 1)
    for entry in entries { starts[Int(entry.high >> shift & mask) + 1] += 1 }
    for deal in 0..<deals { starts[deal + 1] += starts[deal] }
    var next = starts
    let dealt = unsafe [KeyEntry](unsafeUninitializedCapacity: entries.count) { buffer, count in
      // Every place is written once: `next` goes through the places of each deal.
      for entry in entries {
        let deal = Int(entry.high >> shift & mask)
        unsafe buffer.initializeElement(at: next[deal], to: entry)
        next[deal] += 1
      }
      count = entries.count
    }
    return (dealt, starts)
  }

  /// A file that vanishes with its descriptor.
  private func makeFile() throws -> Int32 {
    var template = Array("\(folder)/.clew-keys-XXXXXX".utf8CString)
    let file = unsafe template.withUnsafeMutableBufferPointer { buffer -> Int32 in
      guard let base = buffer.baseAddress else { return -1 }
      let file = unsafe mkstemp(base)
      if file >= 0 { unsafe unlink(base) }
      return file
    }
    guard file >= 0 else { throw EvidenceError.fromErrno(errno, path: folder) }
    return file
  }

  private func write(_ part: ArraySlice<KeyEntry>, to file: Int32) throws {
    try unsafe part.withUnsafeBytes { raw in
      var done = 0
      while done < raw.count {
        let written = unsafe Glibc.write(
          file,
          raw.baseAddress.map { unsafe $0 + done },
          raw.count - done
        )
        if written < 0 {
          if errno == EINTR { continue }
          throw EvidenceError.fromErrno(errno, path: folder)
        }
        done += written
      }
    }
  }

  private func read(_ file: Int32) throws -> [KeyEntry] {
    let stride = MemoryLayout<KeyEntry>.stride
    let length = Int(lseek(file, 0, SEEK_END))
    guard length >= 0, length % stride == 0 else {
      throw EvidenceError.inputOutput(path: folder, reason: "a work file changed")
    }
    return try unsafe Array(unsafeUninitializedCapacity: length / stride) { buffer, count in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      var done = 0
      while done < length {
        let got = unsafe pread(
          file,
          raw.baseAddress.map { unsafe $0 + done },
          length - done,
          off_t(done)
        )
        if got < 0, errno == EINTR { continue }
        guard got > 0 else {
          throw EvidenceError.inputOutput(path: folder, reason: "a work file cannot be read")
        }
        done += got
      }
      count = length / stride
    }
  }
}

extension Comparable {
  fileprivate func clamped(to range: ClosedRange<Self>) -> Self {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
