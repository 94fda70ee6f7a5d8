import ClewEvidence
import ClewTestSupport
import Foundation
import Testing

@testable import ClewImport

@Suite struct `A list of personal data` {
  static let format = "personal-data-table"
  let numbers = Array(1...12)

  private func text(_ rows: [[String]], by delimiter: String, end: String = "\n") -> String {
    rows.map { $0.joined(separator: delimiter) }.joined(separator: end) + end
  }

  private func format(_ text: String) throws -> String? {
    let staged = try StagedBytes(text)
    return withExtendedLifetime(staged) {
      ImporterRegistry.best(for: staged.source)?.0.format
    }
  }

  @Test func `is counted by rows and kinds under its heading`() throws {
    let list = "演示名单\n姓名,身份证,电话,地址\n" + text(InventedPeople.rows(numbers), by: ",")
    let sink = try importing(list + ",,,\n无,,,\n", as: Self.format)
    #expect(sink.rules == ["heading", "heading", "blank row"])
    #expect(sink.rows.count == 13)
    #expect(sink.rows.map(\.position.row) == Array(3...14) + [16])
    #expect(sink.rows.last?.fingerprint == nil)
    let delivery = try #require(sink.deliveries.first)
    #expect(sink.deliveries.count == 1)
    #expect(delivery.rows == 13 && delivery.identified == 12 && delivery.columns == 4)
    #expect(delivery.kinds == [.identity: 12, .phone: 12, .name: 12, .address: 12])
    #expect(delivery.name == "test.csv" && delivery.isSensitive)
    #expect(sink.items.isEmpty)
  }

  @Test func `has the same rows in any encoding, delimiter and order of columns`() throws {
    let rows = InventedPeople.rows(numbers)
    let expected = rows.map { PersonalRow($0.joined(separator: ",")).fingerprint }
    let table = "姓名,身份证,电话,地址\n" + text(rows, by: ",")
    let turned = rows.map { [$0[2], "x", $0[1]] }
    let quoted = rows.map { $0.map { "\"\($0)\"" } }
    for bytes in [
      Array(table.utf8), [0xEF, 0xBB, 0xBF] + Array(table.utf8), table.gb18030,
      table.utf16Bytes(littleEndian: true), table.utf16Bytes(littleEndian: false),
      Array(text(turned, by: "\t", end: "\r\n").utf8), Array(text(turned, by: "|").utf8),
      Array(text(quoted, by: ";").utf8), Array(text(rows, by: "----").utf8),
      Array(text(rows, by: " ").utf8), text(rows, by: " ").gb18030,
    ] {
      let sink = try importing(bytes, as: Self.format)
      #expect(sink.rows.map(\.fingerprint) == expected)
    }
  }

  @Test func `has the same kinds of data and names in GB18030 as in UTF-8`() throws {
    let table = "姓名,身份证,电话,地址\n" + text(InventedPeople.rows(numbers), by: ",")
    for (bytes, encoding) in [(Array(table.utf8), "UTF-8"), (table.gb18030, "GB18030")] {
      let sink = try importing(bytes, as: Self.format)
      let delivery = try #require(sink.deliveries.first)
      #expect(delivery.kinds == [.identity: 12, .phone: 12, .name: 12, .address: 12])
      #expect(sink.decisions["encoding"] == encoding)
    }
  }

  @Test func `tells rows that repeat and identity numbers that are wrong`() throws {
    let rows = InventedPeople.rows(numbers)
    let wrong = rows.map { ["王测", String($0[1].dropLast(2)) + "00", $0[2]] }
      .filter { PersonalRow($0[1]).fingerprint == nil }
    let sink = try importing(
      text(rows, by: ",") + text(Array(rows.prefix(3)), by: ",")
        + text(Array(rows.prefix(2)), by: " , ") + text(wrong, by: ","),
      as: Self.format
    )
    let delivery = try #require(sink.deliveries.first)
    #expect(delivery.repeated == 3)
    #expect(wrong.count > 5 && delivery.invalid == Int64(wrong.count))
    #expect(delivery.kinds[.identity] == 17 && delivery.identified == delivery.rows)
  }

  @Test func `accounts for rows that cannot be read`() throws {
    var bytes = Array(text(InventedPeople.rows(numbers), by: ",").utf8)
    bytes += [0xFF, 0xFE, 0x80, UInt8(ascii: "\n")] + Array("a,\"b\n".utf8)
    let sink = try importing(bytes, as: Self.format)
    #expect(sink.rows.count == 12)
    #expect(
      sink.reasons == [
        "the bytes are neither UTF-8 nor GB18030", "a quote opens and does not close",
      ]
    )
  }

  @Test func `of a workbook's sheet bears the workbook's name and digest`() throws {
    let staged = try Staged()
    let list = text(InventedPeople.rows(numbers), by: ",")
    var source = try staged.area.stage(try staged.write("表1.csv", Array(list.utf8)))
    let importer = AttachmentTable()
    let sink = CollectingSink()
    _ = try importer.read(source, into: sink)
    let md5 = try #require(source.md5)
    #expect(sink.deliveries.first?.digests == ["md5:\(md5)", "sha256:\(source.sha256)"])
    #expect(sink.deliveries.first?.bytes == Int64(list.utf8.count))
    source.container = FileReference(name: "车主.xlsx", bytes: 4321, digest: "md5:00aa")
    let inside = CollectingSink()
    _ = try importer.read(source, into: inside)
    let delivery = try #require(inside.deliveries.first)
    #expect(delivery.name == "车主.xlsx" && delivery.sheet == "表1.csv")
    #expect(delivery.digests == ["md5:00aa"] && delivery.bytes == 4321)
  }

  @Test func `gives way to every format with signs of its own`() throws {
    for one in ImporterCase.all where !one.fixture.hasPrefix("attachment/") {
      #expect(one.importer.format != Self.format, "\(one.fixture)")
    }
  }

  @Test func `is no address book, statement, bill or log`() throws {
    let phones = (1...20).map(InventedPeople.phone)
    let cards = (1...20).map(InventedPeople.card)
    let own = InventedPeople.card(999)
    let times = (10...29).map { "2024-03-\($0) 10:22:1\($0 % 10)" }
    let books = [
      "姓名,手机,分组,备注\n" + phones.map { "王测,\($0),家人,\n" }.joined(),
      "First Name,Last Name,Mobile Phone,E-mail\n" + phones.map { "a,b,\($0),\n" }.joined(),
      "交易时间,对方户名,对方账号,金额\n" + zip(times, cards).map { "\($0),王测,\($1),12.00\n" }.joined(),
      zip(times, cards).map { "\($0),\(own),王测,\($1),12.00\n" }.joined(),
      "号码,开始时间,通话时长\n" + zip(phones, times).map { "\($0),\($1),31\n" }.joined(),
      zip(phones, times).map { "\($0),\(InventedPeople.phone(500)),\($1)\n" }.joined(),
      zip(phones, times).map { "\($1),\($0.dropLast())7,31\n" }.joined(),
      "时间,发送人,内容\n" + zip(phones, times).map { "\($1),\($0),好的\n" }.joined(),
    ]
    for book in books { #expect(try format(book) != Self.format, "\(book.prefix(60))") }
  }

  @Test func `comes back from the table that another case has written`() throws {
    let md5 = String(repeating: "ab", count: 16)
    let sink = try importing(
      "file_name,sheet,file_bytes,md5,sha256,rows,columns,rows_identified,rows_by_kind,record\n"
        + "演示.csv,,99,\(md5),,5,3,4,id 4;name 2,RX\n" + "a,,x,,,1,1,1,,\n" + "b,,1,zz,,1,1,1,,\n"
        + "c,,1,,,1,1,1,id 1;id 2,\n" + "d,,1,,,1,1,1,face 1,\n",
      as: "canonical-deliveries"
    )
    #expect(
      sink.items == [
        .delivery(
          Delivery(
            name: "演示.csv",
            bytes: 99,
            digests: ["md5:\(md5)"],
            rows: 5,
            columns: 3,
            identified: 4,
            kinds: [.identity: 4, .name: 2]
          )
        )
      ]
    )
    let kinds = "column \"rows_by_kind\" holds no list of kinds with their counts"
    #expect(
      sink.reasons == [
        "column \"file_bytes\" holds no whole number",
        "column \"md5\" holds no digest of 32 digits", kinds, kinds,
      ]
    )
  }

  @Test func `needs three rows and identifiers in most of them`() throws {
    let rows = InventedPeople.rows(1...5)
    #expect(try format(text(Array(rows.prefix(2)), by: ",")) == nil)
    #expect(try format(text(Array(rows.prefix(3)), by: ",")) == Self.format)
    #expect(try format(text(rows, by: ",") + "a,b,c,d\n" + "a,b,c,d\n") == Self.format)
    #expect(try format(text(rows, by: ",") + String(repeating: "a,b,c,d\n", count: 4)) == nil)
    #expect(try format("<a>\n" + text(rows, by: ",")) == nil)
    #expect(try format("会议在三点\n请带简历\n") == nil)
  }
}
