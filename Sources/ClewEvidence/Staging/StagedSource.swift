/// A private copy of one evidence file, with what is known of the original.
///
/// Importers read the copy only; the original is never opened for writing and never by SQLite.
public struct StagedSource: Sendable {
  /// The path as the user gave it, with `!/member` for a member of an archive.
  public let displayPath: String
  /// The file's own name.
  public let name: String
  /// Where the copy lies; empty when the file was only hashed, because no importer wants it.
  public let copyPath: String
  /// The size of the original in bytes, its sidecars not counted.
  public let bytes: Int64
  /// The SHA-256 of the original, lower-case hex.
  public let sha256: String
  /// The database sidecars that were copied with it: name suffix (`-wal`) and SHA-256.
  public let sidecars: [Sidecar]
  /// The first 64 KiB.
  public let head: [UInt8]
  /// Base tables and their columns when the copy is a readable SQLite database, else `nil`.
  public let tables: [String: [String]]?

  /// Other files of the same export that its importer asked for, such as the contacts of a database
  /// that holds only messages.
  public var companions: [StagedSource] = []
  /// The MD5 of the original, lower-case hex, by which chats name the files that they carry; `nil`
  /// where it was not computed (above 256 MiB).
  public var md5: String?
  /// The file that this source is a part of, when it is one sheet of a workbook: its name, size and
  /// MD5, since chats carry the workbook.
  public var container: FileReference?
  /// What was decided before an importer saw the bytes, for example how a sheet became a table.
  public var decisions: [String: String] = [:]

  /// A file that belongs to a database: `-wal`, `-shm` or `-journal`.
  public struct Sidecar: Sendable, Hashable {
    /// The suffix after the database's name.
    public let suffix: String
    /// Size in bytes.
    public let bytes: Int64
    /// SHA-256, lower-case hex.
    public let sha256: String
    /// Of a write-ahead log, how many page images it holds that SQLite may apply; else `nil`.
    public let frames: Int64?

    /// Makes a sidecar.
    public init(suffix: String, bytes: Int64, sha256: String, frames: Int64? = nil) {
      self.suffix = suffix
      self.bytes = bytes
      self.sha256 = sha256
      self.frames = frames
    }
  }

  /// Makes a staged source.
  public init(
    displayPath: String,
    name: String,
    copyPath: String,
    bytes: Int64,
    sha256: String,
    sidecars: [Sidecar],
    head: [UInt8],
    tables: [String: [String]]?
  ) {
    self.displayPath = displayPath
    self.name = name
    self.copyPath = copyPath
    self.bytes = bytes
    self.sha256 = sha256
    self.sidecars = sidecars
    self.head = head
    self.tables = tables
  }
}
