internal import Glibc

/// The first bytes of a case file, read without SQLite.
///
/// SQLite changes a database merely by opening it for writing; a seized database that was given by
/// mistake must stay as it is.
enum CaseHeader {
  /// Looks at the file.
  ///
  /// - Returns: `false` when there is nothing at the path.
  /// - Throws: ``EvidenceError/notACase(path:reason:)`` for anything but a case that this program
  ///   reads.
  static func check(_ path: String) throws(EvidenceError) -> Bool {
    guard exists(path) else { return false }
    let head: [UInt8]
    do {
      let file = try EvidenceFile(path: path)
      head = try file.read(at: 0, count: 100)
    }
    guard !head.isEmpty else { throw .notACase(path: path, reason: "the file is empty") }
    guard head.starts(with: "SQLite format 3\0".utf8), head.count == 100 else {
      throw .notACase(path: path, reason: "no SQLite database")
    }
    guard number(head, at: 68) == Schema.applicationID else {
      throw .notACase(path: path, reason: "another program's database")
    }
    let version = number(head, at: 60)
    if let reason = Schema.refusal(of: version) { throw .notACase(path: path, reason: reason) }
    return true
  }

  /// Whether anything lies at the path, be it a broken link.
  static func exists(_ path: String) -> Bool {
    var info = stat()
    return unsafe lstat(path, &info) == 0
  }

  private static func number(_ head: [UInt8], at offset: Int) -> Int64 {
    head[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int64($1) }
  }
}
