/// How files are read, as the user says.
public struct IntakeOptions: Sendable {
  /// Read every file as this format, whatever it looks like; `nil` lets the content decide.
  public var format: String?
  /// Maps of tables, asked before everybody else.
  public var maps: [TableMap] = []
  /// The encoding of text files, such as `GB18030`; `nil` lets the content decide.
  public var encoding: String?
  /// How much of the archives inside one file is unpacked, in GiB.
  public var archiveLimit = 1

  /// Makes options that let the content decide.
  public init() {}

  /// The names of encodings for people.
  public static var encodings: String { TextEncoding.names }

  /// Whether the name is one of an encoding that is read.
  public static func isEncoding(_ name: String) -> Bool { TextEncoding(named: name) != nil }

  var textEncoding: TextEncoding? { encoding.flatMap { TextEncoding(named: $0) } }

  /// Who is asked, maps first.
  var importers: [any Importer] {
    let known = ImporterRegistry.all.filter { format == nil || $0.format == format }
    return maps.map { MappedTable($0) } + known
  }
}
