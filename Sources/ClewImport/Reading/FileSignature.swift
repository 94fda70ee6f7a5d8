internal import ClewEvidence

/// What the first bytes of a file tell of its kind.
enum FileSignature {
  /// Whether it is a ZIP archive, also an empty one.
  static func isArchive(_ head: [UInt8]) -> Bool {
    guard !isOfficeDocument(head) else { return false }
    return head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6])
  }

  /// Whether it is an Office document: a ZIP archive whose first entries are the package's own.
  static func isOfficeDocument(_ head: [UInt8]) -> Bool {
    guard head.starts(with: [0x50, 0x4B, 3, 4]) else { return false }
    let first = head.dropFirst(30)
    return ["[Content_Types].xml", "_rels/.rels", "xl/", "word/", "docProps/"].contains {
      first.starts(with: $0.utf8)
    }
  }

  /// Whether it is a plain SQLite database.
  static func isSQLite(_ head: [UInt8]) -> Bool { head.starts(with: "SQLite format 3\0".utf8) }

  /// Whether it may be text: a byte order mark, or no NUL in the first bytes.
  static func isText(_ head: [UInt8]) -> Bool {
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return true }
    return !head.isEmpty && !head.prefix(4096).contains(0)
  }

  /// Why no importer reads the file.
  static func reason(for source: StagedSource) -> String {
    let head = source.head
    if source.bytes == 0 { return "the file is empty" }
    if source.looksEncrypted {
      return "probably an encrypted database (SQLCipher); decrypt it first"
    }
    if let tables = source.tables {
      let names = tables.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      return names.isEmpty
        ? "a database without tables" : "a database of no known app, \(names.count) tables"
    }
    if isOfficeDocument(head) {
      return "an Office document (.xlsx, .docx) is not read yet; save its sheets as CSV"
    }
    if isArchive(head) { return "an archive inside an archive inside an archive" }
    if source.name.lowercased().hasPrefix("msg3.0") {
      return "the closed database of the old QQ client; export its messages as text or MHT"
    }
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return "an old Office file (.xls, .doc); save it as .xlsx or .csv"
    }
    if head.starts(with: [0x1F, 0x8B]) || head.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
      || head.starts(with: "Rar!".utf8) || head.starts(with: [0x37, 0x7A, 0xBC, 0xAF])
    {
      return "a compressed file of a kind that is not unpacked here; unpack it first"
    }
    if head.starts(with: [0x37, 0x7F, 0x06]) { return "a write-ahead log without its database" }
    if head.allSatisfy({ $0 == 0 }) { return "nothing but zero bytes at its beginning" }
    return "no importer knows this format"
  }
}

extension ArchiveUnpacker {
  /// The reason in an error of unpacking.
  static func reason(_ error: any Error) -> String {
    switch error {
    case let fault as ZipDirectory.Fault: fault.reason
    case let fault as ZipReader.Fault: fault.reason
    case let limit as LimitPassed: limit.reason
    default: "the archive cannot be read"
    }
  }
}
