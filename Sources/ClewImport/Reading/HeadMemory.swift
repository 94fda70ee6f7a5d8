internal import Synchronization

/// The first rows of one file, read once for all importers that look for their header there.
///
/// Some sixty importers are asked about each file; most of them look at the same rows in the same encodings.
final class HeadMemory: Sendable {
  /// How the first bytes are read.
  struct Key: Hashable {
    let decision: TextDecision
    let dialect: TabularDialect
    let isWhole: Bool
    let isSheet: Bool
  }

  /// A row that may be the header.
  struct Row: Sendable {
    /// Its physical line, or its number among the rows of a sheet.
    let line: Int64
    let columns: TabularColumns
  }

  /// That of the file about which importers are asked.
  @TaskLocal static var current: HeadMemory?

  private let head: [UInt8]
  private let rows = Mutex<[Key: [Row]]>([:])

  /// A memory for a file with these first bytes.
  init(_ head: [UInt8]) { self.head = head }

  /// The rows for a key, read by `read` where nobody asked for them before.
  static func rows(of head: [UInt8], _ key: Key, _ read: () -> [Row]) -> [Row] {
    // An importer may look at another file of the export beside the one that it is asked about.
    guard let memory = current, memory.head == head else { return read() }
    if let known = memory.rows.withLock({ $0[key] }) { return known }
    let rows = read()
    memory.rows.withLock { $0[key] = rows }
    return rows
  }
}
