internal import ClewEvidence

/// The parts of a workbook file and how they belong together.
struct WorkbookPackage {
  /// One sheet as the workbook lists it.
  struct Sheet: Equatable {
    let name: String
    /// `visible`, `hidden` or `veryHidden`.
    let state: String
    /// The part that holds its cells, as ``key(_:)``; `nil` for what is no table of cells.
    let part: String?
  }

  /// The sheets in the order of the workbook.
  private(set) var sheets: [Sheet] = []
  /// Whether its days are counted from 1904.
  private(set) var is1904 = false
  /// How the formats of cells show numbers, by the number that cells give.
  private(set) var formats: [CellFormat] = []
  /// The part with the shared strings.
  private(set) var stringsPart: String?
  /// What a reader of the case should know: macros, links to other files, comments.
  private(set) var notes: [String: String] = [:]

  /// Where each part lies, by ``key(_:)``.
  let parts: [String: StagedCopy]

  /// Whether a ZIP archive is an Office document of any kind.
  static func isOffice(_ directory: ZipDirectory) -> Bool {
    directory.members.contains { key($0.name) == "[content_types].xml" }
  }

  /// Which members hold what is read.
  static func takes(_ member: ZipDirectory.Member) -> Bool {
    let key = key(member.name)
    guard key.hasSuffix(".xml") || key.hasSuffix(".rels") else { return false }
    return !["docprops/", "customxml/", "theme/", "drawings/", "charts/", "media/", "pivot"]
      .contains { TabularCell.holds(key, $0) }
  }

  /// The name by which a part is found: lower case, slashes forward, none in front.
  static func key(_ name: String) -> String {
    let plain = name.lowercased().replacing("\\", with: "/")
    return plain.hasPrefix("/") ? String(plain.dropFirst()) : plain
  }

  /// Reads the list of sheets, the relations and the formats.
  ///
  /// - Parameters:
  ///   - parts: Where the copies of the parts lie, by ``key(_:)``.
  ///   - names: The keys of all members, also of those that were not copied.
  /// - Throws: ``PartFault`` when the workbook is not readable as a whole.
  init(parts: [String: StagedCopy], names: [String]) throws {
    self.parts = parts
    guard
      let main = names.first(where: { $0 == "xl/workbook.xml" })
        ?? names.first(where: { $0.hasSuffix("/workbook.xml") || $0 == "workbook.xml" })
    else {
      if names.contains(where: { $0.hasSuffix("workbook.bin") }) {
        throw PartFault(reason: "a binary workbook (.xlsb); save it as .xlsx")
      }
      throw PartFault(
        reason: "an Office document that is no workbook; only workbooks are read",
        isEvidence: false
      )
    }
    let folder = main.split(separator: "/").dropLast().joined(separator: "/")
    let relations = RelationsHandler()
    let file = main.split(separator: "/").last.map(String.init) ?? main
    let relationsPart = (folder.isEmpty ? "" : folder + "/") + "_rels/\(file).rels"
    if let part = parts[relationsPart] { try PartParser.read(part, to: relations) }
    let book = BookHandler()
    guard let part = parts[main] else {
      throw PartFault(reason: "the workbook's own part cannot be unpacked")
    }
    try PartParser.read(part, to: book)
    guard !book.sheets.isEmpty else { throw PartFault(reason: "a workbook without sheets") }
    is1904 = book.is1904
    sheets = book.sheets.map { listed in
      let relation = relations.found[listed.relation]
      let isTable = relation?.kind.hasSuffix("/worksheet") ?? false
      let target = relation.map { Self.resolve($0.target, in: folder) }
      return Sheet(name: listed.name, state: listed.state, part: isTable ? target : nil)
    }
    let styles = StylesHandler()
    if let relation = relations.first(of: "/styles"),
      let part = parts[Self.resolve(relation.target, in: folder)]
    {
      try PartParser.read(part, to: styles)
    }
    formats = styles.formats
    stringsPart = relations.first(of: "/sharedStrings").map { Self.resolve($0.target, in: folder) }
    if names.contains(where: { $0.hasSuffix("vbaproject.bin") }) {
      notes["macros"] = "the workbook holds macros; they were not run"
    }
    if names.contains(where: { TabularCell.holds($0, "externallinks/") }) {
      notes["external links"] = "the workbook refers to other files; they were not opened"
    }
    if names.contains(where: { TabularCell.holds($0, "comments") && $0.hasSuffix(".xml") }) {
      notes["comments"] = "the workbook holds comments on cells; they are not read"
    }
  }

  private static func resolve(_ target: String, in folder: String) -> String {
    if target.hasPrefix("/") || folder.isEmpty { return key(target) }
    var steps = folder.split(separator: "/").map(String.init)
    for step in target.replacing("\\", with: "/").split(separator: "/") {
      if step == ".." { _ = steps.popLast() } else if step != "." { steps.append(String(step)) }
    }
    return key(steps.joined(separator: "/"))
  }
}

/// Which part a relation leads to.
private final class RelationsHandler: PartHandler {
  struct Relation {
    let kind: String
    let target: String
  }
  private(set) var found: [String: Relation] = [:]
  private var order: [String] = []

  func first(of kind: String) -> Relation? {
    order.lazy.compactMap { self.found[$0] }.first { $0.kind.hasSuffix(kind) }
  }

  override func begin(_ name: String, _ attributes: [String: String]) throws {
    guard name == "Relationship", let id = attributes["Id"], found[id] == nil,
      attributes["TargetMode"] != "External", found.count < 100_000
    else { return }
    found[id] = Relation(kind: attributes["Type"] ?? "", target: attributes["Target"] ?? "")
    order.append(id)
  }
}

/// The list of sheets.
private final class BookHandler: PartHandler {
  private(set) var sheets: [(name: String, state: String, relation: String)] = []
  private(set) var is1904 = false

  override func begin(_ name: String, _ attributes: [String: String]) throws {
    if name == "workbookPr" {
      is1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
    } else if name == "sheet" {
      guard sheets.count < 10_000 else { throw PartFault(reason: "more than 10000 sheets") }
      sheets.append(
        (attributes["name"] ?? "", attributes["state"] ?? "visible", attributes["id"] ?? "")
      )
    }
  }
}

/// The formats of cells.
private final class StylesHandler: PartHandler {
  private var codes: [Int: CellFormat] = [:]
  private var isInCells = false
  private(set) var formats: [CellFormat] = []

  override func begin(_ name: String, _ attributes: [String: String]) throws {
    let id = attributes["numFmtId"].flatMap { Int($0) }
    switch name {
    case "numFmt":
      guard let id, codes.count < 100_000 else { return }
      codes[id] = CellFormat(code: attributes["formatCode"] ?? "")
    case "cellXfs": isInCells = true
    case "xf" where isInCells:
      guard formats.count < 1_000_000 else { return }
      formats.append(id.map { codes[$0] ?? CellFormat(builtIn: $0) } ?? .number)
    default: return
    }
  }

  override func end(_ name: String, _ text: [UInt8]) throws {
    if name == "cellXfs" { isInCells = false }
  }
}
