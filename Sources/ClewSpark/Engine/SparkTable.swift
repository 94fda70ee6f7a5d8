#if Spark
internal import ArrowFormat
internal import ClewEvidence

/// A canonical table of messages, transfers, calls, contacts, members or trades that lies where the cluster sees it.
///
/// What it is follows from its columns, as at an import; the ending tells CSV (`.csv`), JSON lines (`.json`,
/// `.jsonl`, `.ndjson`) and Parquet (`.parquet`) apart. A folder with such an ending is one table of many files.
public struct SparkTable: Equatable, Sendable {
  /// How rows are written.
  enum Form: String, Sendable {
    case csv, json, parquet

    init?(path: String) {
      var path = path[...]
      while path.last == "/" { path.removeLast() }
      guard let dot = path.lastIndex(of: ".") else { return nil }
      switch path[path.index(after: dot)...].lowercased() {
      case "csv": self = .csv
      case "json", "jsonl", "ndjson": self = .json
      case "parquet": self = .parquet
      default: return nil
      }
    }

    /// What Spark has to be told to read every cell as it stands.
    var options: String {
      switch self {
      case .csv:
        ", header 'true', multiLine 'true', quote '\"', escape '\"', encoding 'UTF-8', "
          + "inferSchema 'false', mode 'PERMISSIVE'"
      case .json: ", primitivesAsString 'true', encoding 'UTF-8'"
      case .parquet: ""
      }
    }
  }

  /// The path or URL.
  public let path: String
  let form: Form

  /// A table at a path.
  ///
  /// - Parameter path: An absolute path or a URL, as the cluster names it.
  /// - Throws: ``SparkError/job(reason:)`` for a path that SQL or Spark would read otherwise, or of another
  ///   ending.
  public init(path: String) throws(SparkError) {
    guard JobPlace.isLocation(path) else {
      throw .job(
        reason: "the path of a table has to be absolute or a URL, without quotes and wildcards"
      )
    }
    guard let form = Form(path: path) else {
      throw .job(reason: "a table ends in .csv, .json, .jsonl, .ndjson or .parquet")
    }
    self.path = path
    self.form = form
  }
}

extension SparkTable {
  /// How a cell becomes the text that a table of text would hold; nil for types that have none.
  ///
  /// A floating number is refused: it may not be what somebody wrote.
  static func text(of column: ArrowField) -> String? {
    let cell = "`\(column.name)`"
    switch column.type {
    case .text: return cell
    case .int8, .int16, .int32, .int64, .decimal: return "CAST(\(cell) AS STRING)"
    case .timestamp(nil): return "date_format(\(cell), \"yyyy-MM-dd'T'HH:mm:ss.SSS\")"
    case .timestamp: return "date_format(\(cell), \"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\")"
    case .date: return "CAST(\(cell) AS STRING)"
    case .null: return "CAST(NULL AS STRING)"
    default: return nil
    }
  }

  /// The same text without the characters that end a cell or a line, as `RecordLine` writes them.
  static func escaped(_ text: String) -> String {
    [
      ("char(92)", "char(92)"), ("char(9)", "'t'"), ("char(10)", "'n'"), ("char(13)", "'r'"),
      ("char(0)", "'0'"), ("char(31)", "'u'"),
    ].reduce(text) { "replace(\($0), \($1.0), concat(char(92), \($1.1)))" }
  }
}
#endif
