import ClewEvidence
import ClewTestSupport
import Foundation
import Testing

@testable import ClewImport

@Suite struct `Workbooks` {
  let findings: Findings

  init() throws { findings = try Findings() }

  /// The only sheet as text.
  private func sheet(_ maker: WorkbookMaker) throws -> String {
    try findings.put("b.xlsx", maker.bytes())
    let lines = try findings.look(importers: [AnyText()])
    return findings.texts["b.xlsx!/Sheet1"] ?? lines.joined(separator: "\n")
  }

  private func said(_ key: String) -> String? { findings.decisions["b.xlsx!/Sheet1"]?[key] }

  @Test func `are one table for each sheet, row for row`() throws {
    let text = try sheet(
      WorkbookMaker(
        """
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
        <row r="4"><c r="B4" t="inlineStr"><is><t>a,"b"</t></is></c><c><v>12.50</v></c></row>
        <row><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>1+1</f><v>two</v></c></row>
        """,
        strings: """
          <si><t>姓名</t></si>
          <si><r><t>电</t></r><r><rPr/><t>话</t></r><rPh sb="0" eb="1"><t>diàn</t></rPh></si>
          """
      )
    )
    #expect(text == "姓名,,电话\n\n\n,\"a,\"\"b\"\"\",12.5\nTRUE,#N/A,two\n")
    #expect(said("formulas") == "1 cells: the stored value is taken, nothing was computed")
    #expect(said("error values") == "1 cells, such as #N/A")
  }

  @Test func `say which file a sheet was part of`() throws {
    let bytes = WorkbookMaker("<row><c><v>1</v></c></row>").bytes()
    try findings.put("名单.xlsx", bytes)
    _ = try findings.look(importers: [AnyText()])
    let container = findings.containers["名单.xlsx!/Sheet1"]
    #expect(container?.name == "名单.xlsx")
    #expect(container?.bytes == Int64(bytes.count))
    #expect(container?.digest?.hasPrefix("md5:") == true)
    #expect(container?.digest?.utf8.count == 36)
  }

  @Test func `keep the number of a row although cells hold line ends`() throws {
    try findings.put(
      "b.xlsx",
      WorkbookMaker(
        """
        <row r="1"><c t="inlineStr"><is><t>title</t></is></c></row>
        <row r="2"><c t="str"><v>owner</v></c><c t="str"><v>contact</v></c>\
        <c t="str"><v>name</v></c><c t="str"><v>remark</v></c></row>
        <row r="3"><c t="str"><v>qq:9990000001</v></c><c t="str"><v>qq:9990000002</v></c>\
        <c t="str"><v>two_x000D_&#10;lines</v></c></row>
        <row r="7"><c t="str"><v>qq:9990000001</v></c><c t="str"><v>qq:9990000003</v></c>\
        <c t="str"><v>x</v></c></row>
        """
      ).bytes()
    )
    let plain = CanonicalRecords(kind: .contacts)
    let contacts = HeaderAnywhere(inner: plain)
    #expect(try findings.look(importers: [contacts]) == ["b.xlsx!/Sheet1 -> contacts 3"])
    let sink = try #require(findings.sinks["b.xlsx!/Sheet1"])
    #expect(sink.units.map(\.position.row) == [3, 7])
    #expect(sink.skips.map(\.position.row) == [1])
    #expect(sink.contacts.map(\.name) == ["two\nlines", "x"])
  }

  @Test func `write dates by the format of their cells`() throws {
    let styles = """
      <numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>\
      <numFmt numFmtId="165" formatCode="&quot;day&quot;0.00"/>\
      <numFmt numFmtId="166" formatCode="00000000000"/></numFmts>\
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
      <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>\
      <xf numFmtId="21"/><xf numFmtId="166"/></cellXfs>
      """
    // 45352 is 2024-03-01 (Excel's own count); 0.844097222… of a day is 20:15:30.
    let text = try sheet(
      WorkbookMaker(
        """
        <row><c s="0"><v>45352</v></c><c s="1"><v>45352</v></c><c s="2"><v>45353.8440972222</v></c>\
        <c s="3"><v>45352</v></c><c s="4"><v>0.5</v></c><c s="5"><v>13800000001</v></c>\
        <c s="5"><v>42</v></c><c s="1"><v>45352.25</v></c><c s="2"><v>99999999</v></c>\
        <c t="d"><v>2024-03-02T20:15:30</v></c></row>
        """,
        styles: styles
      )
    )
    #expect(
      text == "45352,2024-03-01,2024-03-02 20:15:30,45352,12:00:00,13800000001,00000000042,"
        + "2024-03-01 06:00:00,99999999,2024-03-02 20:15:30\n"
    )
    #expect(said("dates") == "4 cells written as yyyy-MM-dd by their format")
  }

  @Test func `that count days from 1904 are read so`() throws {
    var maker = WorkbookMaker(
      "<row><c s=\"1\"><v>43890</v></c></row>",
      styles: "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
    )
    maker.is1904 = true
    #expect(try sheet(maker) == "2024-03-01\n")
    #expect(said("dates")?.hasSuffix("days counted from 1904") == true)
  }

  @Test func `never pass a number that lost digits for a whole one`() throws {
    let text = try sheet(
      WorkbookMaker(
        """
        <row r="1"><c><v>6299990000000000012</v></c><c><v>1.1E+17</v></c>\
        <c><v>6.2999900000000003E+18</v></c><c><v>999999999999999</v></c>\
        <c><v>1.3800000001E10</v></c><c><v>2088.5000000000005</v></c><c><v>-1.5E-3</v></c>\
        <c><v>0.30000000000000004</v></c><c><v>0</v></c></row>
        """
      )
    )
    #expect(
      text == "6.299990000000000012E+18,1.1E+17,6.2999900000000003E+18,999999999999999,"
        + "13800000001,2088.5,-0.0015,0.3,0\n"
    )
    #expect(
      said("source lost precision")?.hasPrefix("3 numbers of 16 digits or more, first A1") == true
    )
    for cell in ["6.299990000000000012E+18", "1.1E+17", "9.90000199101010014E+17"] {
      #expect(AccountNormalizer.card(cell) == nil)
      #expect(AccountNormalizer.bankNumber(cell) == nil)
      #expect(AccountNormalizer.identity(cell) == nil)
      #expect(AccountNormalizer.phone(cell) == nil)
      #expect(AccountNormalizer.qq(cell) == nil)
      #expect(AccountNormalizer.alipay(cell) == nil)
    }
  }

  @Test func `tell of what they hide and do not follow`() throws {
    var maker = WorkbookMaker("<row r=\"1\" hidden=\"1\"><c><v>1</v></c></row>")
    maker.sheets[0].before = "<dimension ref=\"A1:XFD1048576\"/><cols><col hidden=\"1\"/></cols>"
    maker.sheets[0].after =
      "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells><controls><row>3</row></controls>"
    maker.sheets[0].state = "veryHidden"
    maker.sheets.append(.init(name: "Sheet1", rows: "<row><c><v>2</v></c></row>"))
    maker.sheets.append(.init(name: "空", rows: ""))
    maker.more = [
      .init("xl/vbaProject.bin", [1, 2, 3]), .init("xl/externalLinks/externalLink1.xml", []),
      .init("xl/comments1.xml", []),
    ]
    try findings.put("b.xlsm", maker.bytes())
    #expect(
      try findings.look(importers: [AnyText()]) == [
        "b.xlsm!/Sheet1 -> any-text 0", "b.xlsm!/Sheet1 (2) -> any-text 0",
        "b.xlsm!/空: the sheet is empty",
      ]
    )
    let said = try #require(findings.decisions["b.xlsm!/Sheet1"])
    #expect(said["hidden sheet"] == "the workbook hides this sheet (veryHidden)")
    #expect(said["hidden rows"] == "1, read like the others")
    #expect(said["hidden columns"] == "read like the others")
    #expect(said["merged cells"] == "1 ranges; the value stands in the first cell of each")
    #expect(said["macros"] == "the workbook holds macros; they were not run")
    #expect(said["external links"]?.contains("not opened") == true)
    #expect(said["comments"]?.contains("not read") == true)
    #expect(findings.decisions["b.xlsm!/Sheet1 (2)"]?["hidden sheet"] == nil)
    #expect(findings.texts["b.xlsm!/Sheet1"] == "1\n")
  }

  @Test func `mark cells that cannot be read and count them`() throws {
    let text = try sheet(
      WorkbookMaker(
        """
        <row r="1"><c t="s"><v>7</v></c><c t="s"><v>-1</v></c><c><v>12abc</v></c>\
        <c><f>A1+1</f></c><c t="s"><v>0</v></c><c/></row>
        """,
        strings: "<si><t>ok_x0041__x005F_x000D_</t></si>"
      )
    )
    let mark = SheetReader.unreadable
    #expect(text == "\(mark),\(mark),\(mark),\(mark),okA_x000D_\n")
    #expect(
      said("unreadable cells: shared text that does not exist")?.hasPrefix("2, first A1") == true
    )
    #expect(said("unreadable cells: number that is none")?.hasPrefix("1, first C1") == true)
    #expect(
      said("unreadable cells: formula without a stored value")?.hasPrefix("1, first D1") == true
    )
  }

  @Test(arguments: [
    ("<row r=\"1\"><c r=\"A99999999999999999999\"><v>1</v></c></row>", "impossible place"),
    ("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>", "impossible place"),
    ("<row r=\"1\"><c r=\"?\"><v>1</v></c></row>", "impossible place"),
    ("<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>", "holds a cell of row 2"),
    (
      "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>",
      "two cells in one place"
    ),
    ("<row r=\"2\"/><row r=\"1\"/>", "not in order: row 1 follows row 2"),
    ("<row r=\"1048577\"/>", "impossible number"), ("<row r=\"-1\"/>", "impossible number"),
    ("<row r=\"1\"><c r=\"FZZ1\"><v>1</v></c></row>", "more than 4096 columns"),
    ("<row r=\"1\"><c><v>1</v></row>", "its XML is damaged at line"),
    (
      "<row><c t=\"inlineStr\"><is><t>\(String(repeating: "长", count: 100_000))</t></is></c></row>",
      "longer than a cell may be"
    ),
    (String(repeating: "<x>", count: 100), "64 elements inside each other"),
  ])
  func `with impossible sheets are refused in one line`(rows: String, reason: String) throws {
    try findings.put("b.xlsx", WorkbookMaker(rows).bytes())
    let lines = try findings.look(importers: [AnyText()])
    #expect(lines.count == 1)
    #expect(lines[0].hasPrefix("b.xlsx!/Sheet1:! the sheet cannot be read: "), "\(lines)")
    #expect(lines[0].contains(reason), "\(lines)")
  }

  @Test func `with entities are refused unread`() throws {
    let maker = WorkbookMaker("<row/>")
    let bomb =
      "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData>"
      + "<row><c t=\"str\"><v>&a;</v></c></row></sheetData></worksheet>"
    var members = maker.members()
    let place = try #require(
      members.firstIndex { $0.name == Array("xl/worksheets/sheet1.xml".utf8) }
    )
    members[place].data = Array(bomb.utf8)
    try findings.put("b.xlsx", ZipMaker(members: members).bytes())
    #expect(
      try findings.look(importers: [AnyText()]) == [
        "b.xlsx!/Sheet1:! the sheet cannot be read: its XML declares a document type or "
          + "entities, which can hide content; refused"
      ]
    )
  }

  @Test func `that are damaged as a whole are refused in one line`() throws {
    var twice = WorkbookMaker("<row/>")
    twice.more = [.init("XL/workbook.xml", [0x20])]
    try findings.put("a-twice.xlsx", twice.bytes())
    try findings.put(
      "b-word.docx",
      ZipMaker(members: [.init("[Content_Types].xml", [0x20]), .init("word/document.xml", [0x20])])
        .bytes()
    )
    try findings.put(
      "c-binary.xlsb",
      ZipMaker(members: [.init("[Content_Types].xml", [0x20]), .init("xl/workbook.bin", [1])])
        .bytes()
    )
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 1016)
    try findings.put("d-old.xls", ole)
    let mark = "EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    try findings.put("e-closed.xlsx", ole + mark)
    var checksum = WorkbookMaker("<row><c><v>1</v></c></row>").members()
    checksum[1].checksum = 1
    try findings.put("f-broken.xlsx", ZipMaker(members: checksum).bytes())
    #expect(
      try findings.look(importers: [AnyText()]) == [
        "a-twice.xlsx:! the workbook holds two parts of one name",
        "b-word.docx: an Office document that is no workbook; only workbooks are read",
        "c-binary.xlsb:! a binary workbook (.xlsb); save it as .xlsx",
        "d-old.xls: an old Office file (.xls, .doc) or one with a password; save it as .xlsx or .csv",
        "e-closed.xlsx: an Office file with a password; save it without one",
        "f-broken.xlsx:! a part of it is the member is damaged or its checksum is wrong",
      ]
    )
  }

  @Test func `with more shared text than memory should hold are refused`() throws {
    let text = "<sst><si><t>\(String(repeating: "x", count: 5000))</t></si></sst>"
    var writer = try findings.staged.area.makeWriter()
    try writer.append(Array(text.utf8), count: text.utf8.count)
    let copy = writer.finish()
    defer { findings.staged.area.discard(copy) }
    #expect(try SharedStrings(copy).count == 1)
    #expect(throws: PartFault.self) { try SharedStrings(copy, byteLimit: 4999) }
  }

  @Test func `inside archives are read too`() throws {
    let book = WorkbookMaker("<row><c><v>1</v></c></row>").bytes()
    let inner = ZipMaker(members: [.init("b.xlsx", book)]).bytes()
    try findings.put("o.zip", ZipMaker(members: [.init("i.zip", inner)]).bytes())
    #expect(
      try findings.look(importers: [AnyText()]) == ["o.zip!/i.zip!/b.xlsx!/Sheet1 -> any-text 0"]
    )
  }

  @Test func `of WeChat Pay keep the header in row 18 and six rows below it`() throws {
    try findings.put(
      "w.xlsx",
      fixture("workbook/微信支付账单流水文件(20240301-20240331).xlsx")
    )
    _ = try findings.look(importers: [AnyText()])
    let text = try #require(findings.texts.values.first)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[17].hasPrefix("交易时间,交易类型,交易对方"))
    let rows = lines[18...].filter { !$0.isEmpty }
    #expect(rows.count == 6)
    #expect(rows.allSatisfy { $0.hasPrefix("2024-03-") })
    #expect(rows.contains { $0.hasPrefix("2024-03-02 20:15:30,") && $0.contains(",2000,") })
  }

  @Test func `of UFED keep the header in row 2 and two contacts`() throws {
    try findings.put("u.xlsx", fixture("workbook/contacts_export.xlsx"))
    _ = try findings.look(importers: [AnyText()])
    let text = try #require(findings.texts.values.first)
    #expect(text.contains("\n#,Name,Interaction Statuses,Entries,"))
    #expect(text.contains("+8613800000002"))
    #expect(!text.contains("_x000D_"))
  }

  @Test func `with any byte of a part changed never crash and never vanish`() throws {
    let maker = WorkbookMaker(
      """
      <row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="C1" s="1"><v>45352.5</v></c></row>
      <row r="4"><c r="B4" t="inlineStr"><is><t>a,"b"_x000D_</t></is></c><c><v>12.50</v></c></row>
      """,
      strings: "<si><t>姓名</t></si><si><r><t>电</t></r><rPh><t>d</t></rPh></si>",
      styles: "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs>"
    )
    var generator = SplitMix64(seed: 17)
    let marks = Array("<>/\"=&;0123456789ABCDEFrcstv-+.eE".utf8)
    for _ in 0..<300 {
      var members = maker.members()
      let part = Int.random(in: 1..<members.count, using: &generator)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<members[part].data.count, using: &generator)
        members[part].data[place] = marks[Int.random(in: 0..<marks.count, using: &generator)]
      }
      try findings.put("m.xlsx", ZipMaker(members: members).bytes())
      #expect(try !findings.look(importers: [AnyText()]).isEmpty)
    }
  }
}

/// Reads a canonical table whose header is not the first row.
private struct HeaderAnywhere: Importer {
  let inner: CanonicalRecords
  let format = "contacts"
  let title = "contacts"
  let version = 1
  private static let signature = TabularSignature(required: [["owner"], ["contact"], ["name"]])

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in Recognition(confidence: 1, sign: "") }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    try TabularImport(source, Self.signature).run(into: sink) { row throws(RowFault) in
      guard let account = Account(key: row.exact(1)) else { throw RowFault("no account") }
      return .accept([.contact(Contact(owner: nil, contact: account, name: row.exact(2)))])
    }
  }
}
