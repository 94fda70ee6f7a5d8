internal import CArchive
internal import Glibc

/// Unpacks the members of a ZIP archive one after the other, in the order of their place in it.
///
/// All calls of libarchive are in this file. The reader owns the archive handle; the entry that
/// libarchive shows is used only until the next one is asked for.
@safe struct ZipReader: ~Copyable {
  /// The archive cannot be read on.
  struct Fault: Error { let reason: String }

  private let archive: OpaquePointer
  private var entry: OpaquePointer?

  /// Opens a private copy.
  init(path: String) throws(Fault) {
    guard let archive = unsafe archive_read_new() else { throw Fault(reason: "out of memory") }
    unsafe archive_read_support_format_zip_seekable(archive)
    guard unsafe archive_read_open_filename(archive, path, 1 << 16) == ARCHIVE_OK else {
      unsafe archive_read_free(archive)
      throw Fault(reason: "the archive cannot be opened")
    }
    unsafe self.archive = archive
  }

  deinit { unsafe archive_read_free(archive) }

  /// Moves to the next member; `false` at the end.
  mutating func next() throws(Fault) -> Bool {
    let code = unsafe archive_read_next_header(archive, &entry)
    if code == ARCHIVE_EOF { return false }
    // A warning concerns the name, which is read elsewhere.
    guard code == ARCHIVE_OK || code == ARCHIVE_WARN else {
      throw Fault(reason: "the archive is damaged")
    }
    return true
  }

  /// Whether the present member bears the name that the directory gives it, as far as the name is
  /// ASCII and so independent of encodings.
  func isAt(_ rawName: [UInt8]) -> Bool {
    guard rawName.allSatisfy({ $0 > 0 && $0 < 0x80 }),
      let name = unsafe archive_entry_pathname(entry)
    else { return true }
    let shown = unsafe UnsafeBufferPointer(start: name, count: strlen(name))
      .map { UInt8(bitPattern: $0) }
    func plain(_ bytes: [UInt8]) -> [UInt8] {
      let slashes = bytes.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
      return slashes.last == UInt8(ascii: "/") ? slashes.dropLast() : slashes
    }
    return plain(shown) == plain(rawName)
  }

  /// Reads on in the present member; 0 at its end, when its checksum has been compared.
  func read(into buffer: inout [UInt8]) throws(Fault) -> Int {
    let got = unsafe buffer.withUnsafeMutableBytes { raw in
      unsafe archive_read_data(archive, raw.baseAddress, raw.count)
    }
    guard got >= 0 else { throw Fault(reason: "the member is damaged or its checksum is wrong") }
    return got
  }
}
