internal import ClewEvidence
internal import Foundation

/// Reads a Parquet file of edges or of nodes.
///
/// A file with columns `source` and `target` holds edges, one with a column `id` nodes; all other
/// columns are attributes. Nodes lie in a file of their own, so bare ids stay as they are. Columns of
/// lists and records are left out and named in the decisions. Rows have no bytes of their own: the
/// original is the text of their cells.
struct ParquetTable: Importer {
  let format = "parquet-graph"
  let title = "Parquet table of edges or nodes"
  let version = 1

  private static let mark = Array("PAR1".utf8)
  private static let chunkLimit: Int64 = 512 << 20
  /// The most cells of one row group, which is held in memory.
  private static let cellLimit: Int64 = 16 << 20
  /// A file may have so many rows, and four more for each of its bytes: runs of nothing take no
  /// place, and no real table holds less than two bits in a row.
  private static let rowLimit: Int64 = 1 << 16

  func recognise(_ source: StagedSource) -> Recognition? {
    guard source.tables == nil, source.head.starts(with: Self.mark), source.bytes >= 12 else {
      return nil
    }
    return Recognition(confidence: 90, sign: "PAR1 at the beginning")
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let path = source.displayPath
    guard source.bytes > 0 else { throw ImportError.empty(path: path) }
    do {
      return try read(source, try ParquetFile(source), into: sink)
    } catch let fault as ParquetFault {
      throw ImportError.malformed(path: path, line: nil, reason: fault.reason)
    }
  }

  private func read(
    _ source: StagedSource,
    _ file: ParquetFile,
    into sink: any UnitSink
  ) throws -> Int64 {
    let footer = file.footer
    let names = footer.columns.map(\.name)
    guard let reader = Rows(names, source) else {
      throw ImportError.missingColumns(
        path: source.displayPath,
        columns: ["source", "target", "id"]
      )
    }
    if !footer.nested.isEmpty {
      sink.setDecision("columns that are not read", footer.nested.joined(separator: ", "))
    }
    guard footer.rows > 0 else { throw ParquetFault("the file has no rows") }
    guard footer.rows / 4 <= Self.rowLimit / 4 + source.bytes else {
      throw ParquetFault("the file states more rows than its length allows")
    }
    var rows = reader
    var count: Int64 = 0
    for group in footer.groups {
      let cells = group.rows.multipliedReportingOverflow(by: Int64(footer.columns.count))
      guard !cells.overflow, cells.partialValue <= Self.cellLimit else {
        throw ImportError.limitExceeded(
          path: source.displayPath,
          limit: "\(Self.cellLimit) cells in a row group"
        )
      }
      var columns: [[ParquetCell]] = []
      for column in footer.columns {
        let chunk = group.chunks[column.place]
        guard chunk.length <= Self.chunkLimit else {
          throw ImportError.limitExceeded(
            path: source.displayPath,
            limit: "\(Self.chunkLimit) bytes in a column"
          )
        }
        let pages = ParquetPages(
          column: column,
          codec: chunk.codec,
          bytes: try file.bytes(at: chunk.start, count: chunk.length),
          rows: Int(group.rows)
        )
        columns.append(try pages.cells())
      }
      for row in 0..<Int(group.rows) {
        count += 1
        try rows.hand(columns.map { $0[row] }, count, to: sink)
      }
    }
    InterchangeDecision.note(unreadable: rows.nodes.book.unreadable, in: sink)
    return count
  }

  /// Turns rows into evidence.
  private struct Rows {
    private let names: [String]
    private let senses: [AttributeSense?]
    private let ends: (source: Int, target: Int)?
    private let id: Int?
    private let label: Int?
    private let weight: Int?
    private let mark: String
    var nodes = NodeTable()

    init?(_ names: [String], _ source: StagedSource) {
      self.names = names
      senses = names.map(InterchangeWords.sense(of:))
      mark = "\(source.sha256.prefix(8))/"
      let plain = names.map(TabularCell.headerName)
      func place(_ words: String...) -> Int? {
        words.lazy.compactMap { plain.firstIndex(of: $0) }.first
      }
      id = place("id")
      label = place("label")
      weight = place("weight")
      if let source = place("source", "src"), let target = place("target", "dst") {
        ends = (source, target)
      } else {
        ends = nil
        guard id != nil else { return nil }
      }
    }

    mutating func hand(_ cells: [ParquetCell], _ row: Int64, to sink: any UnitSink) throws {
      let position = UnitPosition(row: row)
      let text = zip(names, cells).map { name, cell in
        switch cell {
        case .null: "\(name)="
        case .text(let text): "\(name)=\(text)"
        case .unreadable: "\(name)=?"
        }
      }.joined(separator: "\t")
      do {
        if let place = cells.firstIndex(of: .unreadable) {
          throw RowFault("column \"\(names[place])\" holds bytes that are no text")
        }
        try sink.accept(try items(cells, row), at: position, original: .text(text))
      } catch let fault as RowFault {
        try sink.reject(at: position, bytes: Array(text.utf8), reason: fault.reason)
      }
    }

    private mutating func items(
      _ cells: [ParquetCell],
      _ row: Int64
    ) throws(RowFault) -> [EvidenceItem] {
      func text(_ place: Int?) -> String {
        guard let place, case .text(let text) = cells[place] else { return "" }
        return TabularCell.clean(text)
      }
      let own = [id, label, weight, ends?.source, ends?.target]
      var attributes: [InterchangeAttribute] = []
      for (place, name) in names.enumerated() where !own.contains(place) {
        let value = text(place)
        if !value.isEmpty {
          attributes.append(InterchangeAttribute(name, value, sense: senses[place]))
        }
      }
      guard let ends else {
        let number = text(id)
        guard !number.isEmpty else { throw .cell("id", expected: "id") }
        return try nodes.items(
          of: InterchangeNode(id: number, label: text(label), attributes: attributes)
        )
      }
      let (from, to) = (text(ends.source), text(ends.target))
      guard !from.isEmpty else { throw .cell(names[ends.source], expected: "node") }
      guard !to.isEmpty else { throw .cell(names[ends.target], expected: "node") }
      return try InterchangeLink(
        source: nodes.book.account(of: from),
        target: nodes.book.account(of: to),
        label: text(label),
        weight: text(weight),
        attributes: attributes,
        place: mark + (text(id).isEmpty ? String(row) : text(id))
      ).items()
    }
  }
}

/// The bytes of a Parquet file, read where its footer says.
final class ParquetFile {
  let footer: ParquetFooter
  private let handle: FileHandle
  private let size: Int64

  /// Opens the staged copy and reads its footer.
  init(_ source: StagedSource) throws {
    guard let handle = FileHandle(forReadingAtPath: source.copyPath) else {
      throw ParquetFault("the copy cannot be opened")
    }
    self.handle = handle
    size = source.bytes
    guard size >= 12 else { throw ParquetFault("the file breaks off") }
    let tail = try Self.bytes(handle, at: size - 8, count: 8, of: size)
    guard tail.suffix(4).elementsEqual("PAR1".utf8) else {
      throw ParquetFault(
        tail.suffix(4).elementsEqual("PARE".utf8)
          ? "an encrypted Parquet file; decrypt it first"
          : "the file does not end with PAR1: it breaks off or is damaged"
      )
    }
    let length = tail.prefix(4).enumerated().reduce(Int64(0)) { $0 | Int64($1.1) << (8 * $1.0) }
    guard length <= size - 12, length <= 64 << 20 else {
      throw ParquetFault("the footer reaches beyond the file")
    }
    footer = try ParquetFooter(
      try Self.bytes(handle, at: size - 8 - length, count: length, of: size)
    )
  }

  deinit { try? handle.close() }

  /// Bytes at a place of the file.
  func bytes(at start: Int64, count: Int64) throws -> [UInt8] {
    try Self.bytes(handle, at: start, count: count, of: size)
  }

  private static func bytes(
    _ handle: FileHandle,
    at start: Int64,
    count: Int64,
    of size: Int64
  ) throws -> [UInt8] {
    guard start >= 0, count >= 0, start <= size, count <= size - start else {
      throw ParquetFault("a column reaches beyond the file")
    }
    do {
      try handle.seek(toOffset: UInt64(start))
      let data = try handle.read(upToCount: Int(count))
      guard data?.count ?? 0 == Int(count) else { throw ParquetFault("the file breaks off") }
      return Array(data ?? Data())
    } catch let fault as ParquetFault {
      throw fault
    } catch {
      throw ParquetFault("reading the copy failed")
    }
  }
}
