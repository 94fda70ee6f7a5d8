internal import CArchive
internal import ClewEvidence
internal import Glibc

/// Reads a container that has no directory to be checked first: tape archives, 7-Zip, RAR and
/// single compressed files.
///
/// All calls of libarchive for them are in this file. The stream owns the archive handle; the entry
/// that libarchive shows is used only until the next one is asked for. Only the formats that the
/// first bytes announce are switched on, and none that would start another program.
@safe struct ArchiveStream: ~Copyable {
  /// The container cannot be read on.
  struct Fault: Error { let reason: String }

  /// What a member is.
  enum Nature {
    case file
    case folder
    /// A symbolic or hard link.
    case link
    /// A device, pipe or socket.
    case special
  }

  /// One member as the container describes it.
  struct Member {
    /// The name as stored; `nil` for a single compressed file.
    let rawName: [UInt8]?
    let nature: Nature
    let isEncrypted: Bool
  }

  private let archive: OpaquePointer
  private let isSingle: Bool

  /// Opens a private copy.
  ///
  /// `isTar` says of a compressed stream whether it holds a tape archive: libarchive would take any
  /// file that begins with zeros for an empty one, so it is not left to decide.
  init(path: String, kind: ArchiveKind, isTar: Bool) throws(Fault) {
    guard let archive = unsafe archive_read_new() else { throw Fault(reason: "out of memory") }
    let isReady = unsafe Self.enable(kind, isTar: isTar, archive)
    guard isReady else {
      unsafe archive_read_free(archive)
      throw Fault(reason: "this build does not unpack archives of this kind; unpack it first")
    }
    let code = Self.withUTF8Names {
      unsafe archive_read_open_filename(archive, path, 1 << 16)
    }
    guard code == ARCHIVE_OK || code == ARCHIVE_WARN else {
      unsafe archive_read_free(archive)
      throw Fault(reason: "the archive is damaged")
    }
    unsafe self.archive = archive
    isSingle = if case .compressed = kind { !isTar } else { false }
  }

  deinit { unsafe archive_read_free(archive) }

  /// Moves to the next member; `nil` at the end.
  mutating func next() throws(Fault) -> Member? {
    var shown: OpaquePointer?
    let code = Self.withUTF8Names { unsafe archive_read_next_header(archive, &shown) }
    if code == ARCHIVE_EOF { return nil }
    // A warning concerns a name that cannot be converted.
    guard code == ARCHIVE_OK || code == ARCHIVE_WARN, let entry = unsafe shown else {
      throw fault("the archive breaks off or is damaged")
    }
    return Member(
      rawName: isSingle ? nil : unsafe Self.name(of: entry),
      nature: unsafe Self.nature(of: entry),
      isEncrypted: unsafe archive_entry_is_encrypted(entry) != 0
    )
  }

  /// Reads on in the present member; 0 at its end, when its checksum has been compared.
  func read(into buffer: inout [UInt8]) throws(Fault) -> Int {
    let got = unsafe buffer.withUnsafeMutableBytes { raw in
      unsafe archive_read_data(archive, raw.baseAddress, raw.count)
    }
    guard got >= 0 else { throw fault("the member is damaged or its checksum is wrong") }
    return got
  }

  // MARK: - Parts

  /// What libarchive last complained of, in our words.
  private func fault(_ otherwise: String) -> Fault {
    let said = unsafe archive_error_string(archive).map { unsafe String(cString: $0) } ?? ""
    if TabularCell.holds(said, "ncrypt") || TabularCell.holds(said, "assphrase") {
      return Fault(reason: "encrypted; unpack it with its password first")
    }
    if TabularCell.holds(said, "ulti-volume") || TabularCell.holds(said, "ultivolume") {
      return Fault(reason: "one volume of an archive of several; unpack them first")
    }
    return Fault(reason: otherwise)
  }

  private static func enable(
    _ kind: ArchiveKind,
    isTar: Bool,
    _ archive: OpaquePointer
  ) -> Bool {
    switch kind {
    case .zip: return false
    case .tar: return unsafe archive_read_support_format_tar(archive) == ARCHIVE_OK
    case .sevenZip: return unsafe archive_read_support_format_7zip(archive) == ARCHIVE_OK
    case .rar:
      return unsafe archive_read_support_format_rar(archive) == ARCHIVE_OK
        && archive_read_support_format_rar5(archive) == ARCHIVE_OK
    case .compressed(let compression):
      let filter =
        switch compression {
        case .gzip: unsafe archive_read_support_filter_gzip(archive)
        case .bzip2: unsafe archive_read_support_filter_bzip2(archive)
        case .xz: unsafe archive_read_support_filter_xz(archive)
        case .zstd: unsafe archive_read_support_filter_zstd(archive)
        case .lz4: unsafe archive_read_support_filter_lz4(archive)
        }
      // Anything but OK means that it would call another program.
      guard filter == ARCHIVE_OK else { return false }
      if isTar { return unsafe archive_read_support_format_tar(archive) == ARCHIVE_OK }
      return unsafe archive_read_support_format_raw(archive) == ARCHIVE_OK
        && archive_read_support_format_empty(archive) == ARCHIVE_OK
    }
  }

  private static func name(of entry: OpaquePointer) -> [UInt8] {
    if let name = unsafe archive_entry_pathname(entry) { return unsafe bytes(name) }
    if let name = unsafe archive_entry_pathname_utf8(entry) { return unsafe bytes(name) }
    return []
  }

  private static func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
    unsafe UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
  }

  private static func nature(of entry: OpaquePointer) -> Nature {
    if unsafe archive_entry_hardlink(entry) != nil { return .link }
    switch unsafe archive_entry_filetype(entry) & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    case S_IFREG, 0: return .file
    default: return .special
    }
  }

  /// Runs a call while this thread's names are UTF-8: in the C locale libarchive cannot convert the
  /// names of 7-Zip and RAR, which are UTF-16.
  private static func withUTF8Names(_ body: () -> Int32) -> Int32 {
    guard let utf8 = unsafe newlocale(1 << LC_CTYPE, "C.UTF-8", nil) else { return body() }
    let before = unsafe uselocale(utf8)
    defer {
      unsafe uselocale(before)
      unsafe freelocale(utf8)
    }
    return body()
  }
}
