/// Makes workbooks of raw XML, so that each part can lie.
struct WorkbookMaker {
  struct Sheet {
    var name: String
    /// What stands inside `<sheetData>`.
    var rows: String
    var state = ""
    /// What stands before and after `<sheetData>`.
    var before = ""
    var after = ""
  }

  var sheets: [Sheet]
  /// What stands inside `<sst>`; `nil` leaves the part out.
  var strings: String?
  /// What stands inside `<styleSheet>`.
  var styles = ""
  var is1904 = false
  /// Parts of other names.
  var more: [ZipMaker.Member] = []

  static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

  init(_ rows: String, strings: String? = nil, styles: String = "") {
    sheets = [Sheet(name: "Sheet1", rows: rows)]
    self.strings = strings
    self.styles = styles
  }

  func members() -> [ZipMaker.Member] {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    var list = ""
    var relations = ""
    var parts: [ZipMaker.Member] = []
    for (index, sheet) in sheets.enumerated() {
      let id = "rId\(index + 1)"
      let state = sheet.state.isEmpty ? "" : " state=\"\(sheet.state)\""
      list += "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\"\(state) r:id=\"\(id)\"/>"
      let target = "worksheets/sheet\(index + 1).xml"
      relations +=
        "<Relationship Id=\"\(id)\" Type=\"\(office)/worksheet\" Target=\"\(target)\"/>"
      let text =
        "\(Self.head)<worksheet xmlns=\"\(main)\">\(sheet.before)<sheetData>\(sheet.rows)</sheetData>"
        + "\(sheet.after)</worksheet>"
      parts.append(.init("xl/" + target, text.utf8))
    }
    if let strings {
      relations +=
        "<Relationship Id=\"s\" Type=\"\(office)/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
      parts.append(
        .init("xl/sharedStrings.xml", "\(Self.head)<sst xmlns=\"\(main)\">\(strings)</sst>".utf8)
      )
    }
    relations += "<Relationship Id=\"f\" Type=\"\(office)/styles\" Target=\"styles.xml\"/>"
    let book =
      "\(Self.head)<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\">"
      + "<workbookPr date1904=\"\(is1904 ? 1 : 0)\"/><sheets>\(list)</sheets></workbook>"
    return [
      .init("[Content_Types].xml", "\(Self.head)<Types/>".utf8),
      .init("xl/workbook.xml", book.utf8),
      .init(
        "xl/_rels/workbook.xml.rels",
        "\(Self.head)<Relationships xmlns=\"\(package)\">\(relations)</Relationships>".utf8
      ),
      .init(
        "xl/styles.xml",
        "\(Self.head)<styleSheet xmlns=\"\(main)\">\(styles)</styleSheet>".utf8
      ),
    ] + parts + more
  }

  func bytes() -> [UInt8] { ZipMaker(members: members()).bytes() }
}
