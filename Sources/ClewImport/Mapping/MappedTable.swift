public import ClewEvidence

/// Reads tables by a map that the user gives.
public struct MappedTable: Importer {
  /// `mapped`, whatever the map; the sign and the decisions name it.
  public let format = "mapped"
  /// The title for people.
  public let title = "Table by a map"
  /// Raised whenever the same map and bytes would give other records.
  public let version = 1
  /// The map.
  public let map: TableMap

  /// Makes an importer of the tables that the map describes.
  public init(_ map: TableMap) { self.map = map }

  /// Surest of all: the user says so.
  public func recognise(_ source: StagedSource) -> Recognition? {
    guard layout(of: source) != nil else { return nil }
    return Recognition(
      confidence: 100,
      sign: ImportError.oneLine("map \(map.name): header \(map.columns.joined(separator: ", "))")
    )
  }

  /// Reads the rows below the header.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    guard source.bytes > 0 else { throw ImportError.empty(path: source.displayPath) }
    guard let layout = layout(of: source) else {
      throw ImportError.missingColumns(path: source.displayPath, columns: map.columns)
    }
    let columns = try MappedColumns(map, layout.columns, path: source.displayPath)
    let table = try TabularImport(source, layout)
    sink.setDecision("map", map.name)
    sink.setDecision("map sha256", map.sha256)
    sink.setDecision("map text", map.text)
    var reader = MappedRow(map: map, columns: columns, scope: String(source.sha256.prefix(12)))
    return try table.run(into: sink) { row throws(RowFault) in try reader.outcome(row) }
  }

  private func layout(of source: StagedSource) -> TabularLayout? {
    if let pattern = map.filePattern, !GlobPattern(pattern).matches(source.name),
      source.container.map({ GlobPattern(pattern).matches($0.name) }) != true
    {
      return nil
    }
    var signature = TabularSignature(
      required: map.columns.map { [TabularCell.headerName($0)] },
      headerRows: Int(map.headerRow ?? 40)
    )
    signature.headerLine = map.headerRow
    if let dialect = map.dialect { signature.dialects = [dialect] }
    return TextDecision.$stated.withValue(map.encoding ?? TextDecision.stated) {
      TabularLayout.detect(source, signature)
    }
  }
}

/// Where the columns of a map stand in one header.
struct MappedColumns: Sendable {
  private var places: [String: [Int]] = [:]
  private(set) var direction: Int?
  private(set) var filters: [Int] = []

  init(_ map: TableMap, _ columns: TabularColumns, path: String) throws {
    var missing: [String] = []
    func place(_ column: MapColumn) -> Int {
      let name = TabularCell.headerName(column.name)
      if let index = columns.index(name, occurrence: column.occurrence - 1) { return index }
      missing.append(column.name + (column.occurrence > 1 ? " (\(column.occurrence))" : ""))
      return 0
    }
    for (field, source) in map.fields.sorted(by: { $0.key < $1.key }) {
      places[field] = source.columns.map(place)
    }
    direction = map.direction?.column.map(place)
    filters = map.filters.map { place($0.column) }
    guard missing.isEmpty else { throw ImportError.missingColumns(path: path, columns: missing) }
  }

  func places(of field: String) -> [Int] { places[field] ?? [] }
}
