internal import Glibc

/// A private work folder for copies of evidence, readable by its owner only and removed at the end.
///
/// ```swift
/// let area = try StagingArea(in: "/cases/2024-17")
/// defer { area.remove() }
/// let source = try area.stage("/seized/EnMicroMsg.db")
/// ```
///
/// Originals are opened for reading once, never through a link, and hashed and copied from that one
/// descriptor. SQLite only ever sees the copies, whose names are made up here.
public final class StagingArea {
  /// The folder.
  public let folder: String
  private var serial = 0
  private var isRemoved = false
  /// Holds a lock on the folder for as long as this process lives.
  private let descriptor: Int32

  /// Makes a new folder inside `parent`: the folder of the case, or another on the same disk.
  ///
  /// - Throws: ``EvidenceError`` when the folder cannot be made; no other place is tried.
  public init(in parent: String) throws(EvidenceError) {
    var template = Array("\(parent)/.clew-new-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer -> String? in
      guard let base = buffer.baseAddress, unsafe mkdtemp(base) != nil else { return nil }
      return unsafe String(cString: base)
    }
    guard let made else { throw EvidenceError.fromErrno(errno, path: parent) }
    unsafe chmod(made, 0o700)
    descriptor = unsafe open(made, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // It bears the name that others may clear away only when it is locked.
    if descriptor >= 0 { _ = flock(descriptor, LOCK_EX | LOCK_NB) }
    folder = "\(parent)/\(StagingLeftovers.prefix)\(made.suffix(6))"
    guard unsafe rename(made, folder) == 0 else {
      throw EvidenceError.fromErrno(errno, path: parent)
    }
    StagingLeftovers.remove(in: parent)
  }

  deinit { remove() }

  /// Hashes one file, copies it, and looks into it when it is an SQLite database.
  ///
  /// The sidecars of a database (`-wal`, `-shm`, `-journal`) are hashed and copied with it, so that
  /// what stands only in its log is read too. Memory does not grow with the size of the file.
  ///
  /// - Parameters:
  ///   - path: The original.
  ///   - displayPath: The path for people, `path` itself if not given.
  ///   - wanted: Asked with the beginning of a file that is no database, when nothing is copied yet
  ///     (``StagedSource/copyPath`` and ``StagedSource/sha256`` are empty). When it declines, the
  ///     file is only hashed and the answer has an empty ``StagedSource/copyPath``.
  /// - Returns: The source; its tables are known when it is a database.
  /// - Throws: ``EvidenceError`` for anything but a readable regular file, for one that changes
  ///   while it is read, and for a damaged database.
  public func stage(
    _ path: String,
    displayPath: String? = nil,
    wanted: (StagedSource) -> Bool = { _ in true }
  ) throws(EvidenceError) -> StagedSource {
    let display = displayPath ?? path
    let name = Self.lastComponent(of: path)
    let file = try EvidenceFile(path: path)
    let head = try file.read(at: 0, count: StagedCopyWriter.headBytes)
    let isDatabase = SQLiteSignature.isDatabase(head)
    let probe = StagedSource(
      displayPath: display,
      name: name,
      copyPath: "",
      bytes: file.stamp.bytes,
      sha256: "",
      sidecars: [],
      head: head,
      tables: nil
    )
    let copies = isDatabase || wanted(probe)
    let main = try copy(file, to: copies ? newPath() : nil)
    var sidecars: [(suffix: String, copy: StagedCopy)] = []
    if isDatabase {
      do throws(EvidenceError) {
        for suffix in SQLiteSignature.sidecarSuffixes {
          guard let side = try copySidecar(path + suffix, to: main.path + suffix) else { continue }
          sidecars.append((suffix, side))
        }
        // The database and its log were read one after the other: both must still be the same.
        try file.checkUnchanged(readBytes: main.bytes)
      } catch {
        discard(paths: [main.path] + sidecars.map(\.copy.path))
        throw error
      }
    }
    return try finish(main, sidecars: sidecars, displayPath: display, name: name)
  }

  /// Copies a file as ``stage(_:displayPath:wanted:)`` does, if it is an SQLite database of at most
  /// `limit` bytes; of any other file only the beginning is read.
  ///
  /// - Returns: The source, or `nil` when it is no such database.
  public func stageDatabase(
    _ path: String,
    limit: Int64
  ) throws(EvidenceError) -> StagedSource? {
    do {
      let file = try EvidenceFile(path: path)
      guard file.stamp.bytes <= limit,
        try SQLiteSignature.isDatabase(file.read(at: 0, count: 100))
      else { return nil }
    }
    return try stage(path)
  }

  /// Copies a file that may lie beside a database: another database of at most `limit` bytes, or a
  /// key, which is a file of at most ``keyLimit`` bytes.
  ///
  /// - Returns: The source, or `nil` when it is neither.
  public func stageNeighbour(
    _ path: String,
    limit: Int64
  ) throws(EvidenceError) -> StagedSource? {
    do {
      let file = try EvidenceFile(path: path)
      let head = try file.read(at: 0, count: 100)
      let isKey = (1...Self.keyLimit).contains(file.stamp.bytes)
      guard isKey || (file.stamp.bytes <= limit && SQLiteSignature.isDatabase(head)) else {
        return nil
      }
    }
    return try stage(path)
  }

  /// How many bytes a key may have.
  public static let keyLimit: Int64 = 64

  /// Begins a private copy of bytes that come piece by piece, such as the member of an archive.
  public func makeWriter() throws(EvidenceError) -> StagedCopyWriter {
    try StagedCopyWriter(path: newPath())
  }

  /// Begins to hash bytes of which no copy is wanted.
  public func makeHasher() throws(EvidenceError) -> StagedCopyWriter {
    try StagedCopyWriter(path: nil)
  }

  /// Makes a source of copies that ``makeWriter()`` began: a file and, of a database, its sidecars.
  public func assemble(
    _ main: StagedCopy,
    sidecars: [(suffix: String, copy: StagedCopy)] = [],
    displayPath: String,
    name: String
  ) throws(EvidenceError) -> StagedSource {
    var placed: [(suffix: String, copy: StagedCopy)] = []
    for (suffix, side) in sidecars {
      let path = main.path + suffix
      guard unsafe rename(side.path, path) == 0 else {
        throw EvidenceError.fromErrno(errno, path: path)
      }
      let moved = StagedCopy(
        path: path,
        bytes: side.bytes,
        sha256: side.sha256,
        md5: side.md5,
        head: side.head
      )
      placed.append((suffix, moved))
    }
    return try finish(main, sidecars: placed, displayPath: displayPath, name: name)
  }

  /// Deletes the copy of a source that is no longer needed.
  public func discard(_ source: StagedSource) {
    guard !source.copyPath.isEmpty else { return }
    discard(paths: [source.copyPath] + SQLiteSignature.sidecarSuffixes.map { source.copyPath + $0 })
  }

  /// Deletes a copy that became no source.
  public func discard(_ copy: StagedCopy) { discard(paths: [copy.path]) }

  /// Deletes the folder and everything in it.
  public func remove() {
    guard !isRemoved else { return }
    isRemoved = true
    for number in 0..<serial {
      let path = copyPath(number)
      discard(paths: [path] + SQLiteSignature.sidecarSuffixes.map { path + $0 })
    }
    unsafe rmdir(folder)
    if descriptor >= 0 { close(descriptor) }
  }

  // MARK: - Parts

  private func newPath() -> String {
    serial += 1
    return copyPath(serial - 1)
  }

  private func copyPath(_ number: Int) -> String { "\(folder)/\(number).copy" }

  private func discard(paths: [String]) {
    for path in paths where !path.isEmpty { unsafe unlink(path) }
  }

  private func copySidecar(
    _ path: String,
    to target: String
  ) throws(EvidenceError) -> StagedCopy? {
    do throws(EvidenceError) {
      return try copy(EvidenceFile(path: path), to: target)
    } catch .noSuchFile {
      return nil
    }
  }

  private func copy(
    _ file: borrowing EvidenceFile,
    to path: String?
  ) throws(EvidenceError) -> StagedCopy {
    var writer = try StagedCopyWriter(path: path, expected: file.stamp.bytes)
    do throws(EvidenceError) {
      var buffer = [UInt8](repeating: 0, count: 1 << 20)
      while true {
        let got = try file.read(into: &buffer, at: writer.bytes)
        if got == 0 { break }
        try writer.append(buffer, count: got)
        // A file that grows while it is read would never end.
        if writer.bytes > file.stamp.bytes { throw .changedDuringRead(path: file.path) }
      }
      try file.checkUnchanged(readBytes: writer.bytes)
    } catch {
      discard(paths: [writer.path])
      throw error
    }
    return writer.finish()
  }

  private func finish(
    _ main: StagedCopy,
    sidecars: [(suffix: String, copy: StagedCopy)],
    displayPath: String,
    name: String
  ) throws(EvidenceError) -> StagedSource {
    let described = sidecars.map { suffix, side in
      StagedSource.Sidecar(
        suffix: suffix,
        bytes: side.bytes,
        sha256: side.sha256,
        frames: suffix == "-wal" ? SQLiteSignature.frames(ofLogAt: side.path) : nil
      )
    }
    var tables: [String: [String]]?
    if !main.path.isEmpty, SQLiteSignature.isDatabase(main.head) {
      do throws(EvidenceError) {
        if let journal = sidecars.first(where: { $0.suffix == "-journal" }) {
          try SQLiteSignature.checkJournal(at: journal.copy.path, of: displayPath)
        }
        tables = try SeizedDatabase(copyPath: main.path, displayPath: displayPath).tables
      } catch {
        discard(paths: [main.path] + sidecars.map(\.copy.path))
        throw error
      }
    }
    var source = StagedSource(
      displayPath: displayPath,
      name: name,
      copyPath: main.path,
      bytes: main.bytes,
      sha256: main.sha256,
      sidecars: described,
      head: main.head,
      tables: tables
    )
    source.md5 = main.md5
    return source
  }

  private static func lastComponent(of path: String) -> String {
    String(path.split(separator: "/", omittingEmptySubsequences: true).last ?? "")
  }
}
