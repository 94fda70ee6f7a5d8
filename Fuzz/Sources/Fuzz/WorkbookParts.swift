/// The parts of a workbook in a ZIP archive whose checksums are right, so that inputs reach the
/// readers of the parts.
///
/// An input is up to six parts with zero bytes between them: sheet, shared strings, styles, workbook,
/// relations, and a second sheet. A part that is missing or empty is a plain one.
enum WorkbookParts {
  private static let parts: [(name: String, plain: String)] = [
    (
      "xl/worksheets/sheet1.xml",
      "<worksheet xmlns=\"\(main)\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
        + "</sheetData></worksheet>"
    ),
    ("xl/sharedStrings.xml", "<sst xmlns=\"\(main)\"><si><t>owner</t></si></sst>"),
    ("xl/styles.xml", "<styleSheet xmlns=\"\(main)\"/>"),
    (
      "xl/workbook.xml",
      "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>"
        + "<sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    ),
    (
      "xl/_rels/workbook.xml.rels",
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + relation("rId1", "worksheet", "worksheets/sheet1.xml")
        + relation("rId2", "worksheet", "worksheets/sheet2.xml")
        + relation("rId3", "sharedStrings", "sharedStrings.xml")
        + relation("rId4", "styles", "styles.xml") + "</Relationships>"
    ),
    ("xl/worksheets/sheet2.xml", "<worksheet xmlns=\"\(main)\"><sheetData/></worksheet>"),
  ]

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let office =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  private static func relation(_ id: String, _ kind: String, _ target: String) -> String {
    "<Relationship Id=\"\(id)\" Type=\"\(office)/\(kind)\" Target=\"\(target)\"/>"
  }

  /// The workbook that an input describes.
  static func workbook(_ input: [UInt8]) -> [UInt8] {
    let given = input.split(separator: 0, omittingEmptySubsequences: false)
    var archive = StoredArchive()
    archive.add("[Content_Types].xml", Array("<Types/>".utf8))
    for (index, part) in parts.enumerated() {
      let bytes = index < given.count ? Array(given[index]) : []
      archive.add(part.name, bytes.isEmpty ? Array(part.plain.utf8) : bytes)
    }
    return archive.bytes()
  }
}

/// A ZIP archive whose members are stored as they are.
struct StoredArchive {
  private var out: [UInt8] = []
  private var directory: [UInt8] = []
  private var count: UInt16 = 0

  mutating func add(_ name: String, _ data: [UInt8]) {
    let offset = UInt32(out.count)
    let fields =
      Self.le(UInt16(0)) + Self.le(UInt16(0)) + Self.le(UInt16(0)) + Self.le(UInt16(0x5821))
      + Self.le(Self.checksum(data)) + Self.le(UInt32(data.count)) + Self.le(UInt32(data.count))
      + Self.le(UInt16(name.utf8.count)) + Self.le(UInt16(0))
    out += Self.le(UInt32(0x0403_4B50)) + Self.le(UInt16(20)) + fields + name.utf8 + data
    directory += Self.le(UInt32(0x0201_4B50)) + Self.le(UInt16(20)) + Self.le(UInt16(20)) + fields
    directory += [UInt8](repeating: 0, count: 10) + Self.le(offset) + name.utf8
    count += 1
  }

  func bytes() -> [UInt8] {
    out + directory + Self.le(UInt32(0x0605_4B50)) + Self.le(UInt32(0)) + Self.le(count)
      + Self.le(count) + Self.le(UInt32(directory.count)) + Self.le(UInt32(out.count))
      + Self.le(UInt16(0))
  }

  private static func le(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  /// CRC-32 as ZIP has it.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
        sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1
      }
    }
  }
}
