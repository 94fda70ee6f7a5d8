internal import ClewEvidence

/// What the first bytes of a file tell of its kind.
enum FileSignature {
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
    if ArchiveKind(head: head) != nil { return "an archive inside an archive inside an archive" }
    if source.name.lowercased().hasPrefix("msg3.0") {
      return "the closed database of the old QQ client; export its messages as text or MHT"
    }
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      let mark = Array("EncryptedPackage".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      return TextDecision.contains(head, mark)
        ? "an Office file with a password; save it without one"
        : "an old Office file (.xls, .doc) or one with a password; save it as .xlsx or .csv"
    }
    if head.starts(with: [0x37, 0x7F, 0x06]) { return "a write-ahead log without its database" }
    if head.allSatisfy({ $0 == 0 }) { return "nothing but zero bytes at its beginning" }
    if XMLHead(source)?.declaresType == true {
      return
        "an XML file that declares a document type or entities, which can hide content; refused"
    }
    return "no importer knows this format"
  }
}

extension ArchiveUnpacker {
  /// The reason in an error of unpacking.
  static func reason(_ error: any Error) -> String {
    switch error {
    case let fault as ZipDirectory.Fault: fault.reason
    case let fault as ZipReader.Fault: fault.reason
    case let fault as ArchiveStream.Fault: fault.reason
    case let fault as PartFault: fault.reason
    case let limit as LimitPassed: limit.reason
    default: "the archive cannot be read"
    }
  }
}
