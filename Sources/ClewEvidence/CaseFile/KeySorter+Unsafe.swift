internal import Foundation
internal import Glibc

/// One entry of a source on its way into the index of records.
package struct KeyEntry {
  /// The record's key.
  package let high: UInt64
  package let low: UInt64
  /// The number of the entry within its source, from 0.
  package let ordinal: Int64
  /// The rank of its content among entries of its key.
  package let content: UInt64

  package init(high: UInt64, low: UInt64, ordinal: Int64, content: UInt64) {
    self.high = high
    self.low = low
    self.ordinal = ordinal
    self.content = content
  }

  var key: RecordID { RecordID(high: high, low: low) }

  static func precedes(_ left: KeyEntry, _ right: KeyEntry) -> Bool {
    if left.high != right.high { return left.high < right.high }
    if left.low != right.low { return left.low < right.low }
    return left.ordinal < right.ordinal
  }
}

/// Sorts the keys of one source, however long it is, in bounded memory.
///
/// Up to ``memoryLimit`` entries are sorted where they are. More are dealt by the first bits of
/// their keys into files without a name, each of which is sorted alone: keys are digests, so the
/// files are of equal length.
///
/// - Complexity: O(*n* log *n*) time; 32 bytes an entry in memory or in the files.
package final class KeySorter {
  /// 64 MiB of entries.
  package static let memoryLimit = 2 << 20
  private static let fileBits: UInt64 = 6

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

  /// Hands all entries to `body` in the order of their keys, those of one key in the order of the file.
  package func forEach(_ body: (KeyEntry) throws -> Void) throws {
    guard !files.isEmpty else {
      entries.sort(by: KeyEntry.precedes)
      for entry in entries { try body(entry) }
      entries = []
      return
    }
    try spill()
    for file in files {
      var part = try read(file)
      part.sort(by: KeyEntry.precedes)
      for entry in part { try body(entry) }
    }
  }

  private func spill() throws {
    if files.isEmpty {
      for _ in 0..<(1 << Self.fileBits) { files.append(try makeFile()) }
    }
    entries.sort(by: KeyEntry.precedes)
    var start = 0
    while start < entries.count {
      let bucket = entries[start].high >> (64 - Self.fileBits)
      var end = start + 1
      while end < entries.count, entries[end].high >> (64 - Self.fileBits) == bucket { end += 1 }
      try write(entries[start..<end], to: files[Int(bucket)])
      start = end
    }
    entries.removeAll(keepingCapacity: true)
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
