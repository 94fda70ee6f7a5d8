import ClewEvidence
import ClewTestSupport
import Foundation
import Testing

@testable import ClewImport

/// What the reader makes of bytes, written out for comparison.
private func rows(
  _ bytes: [UInt8],
  _ dialect: TabularDialect = TabularDialect.quoted[0],
  expected: Int? = nil,
  encoding: TextEncoding = .utf8
) throws -> [String] {
  let staged = try StagedBytes(bytes)
  let decision = TextDecision(encoding: encoding, markLength: 0)
  return try withExtendedLifetime(staged) {
    let reader = TabularReader(
      try TextWindow(staged.source, decision),
      encoding: encoding,
      dialect: dialect
    )
    reader.expectedCells = expected
    var found: [String] = []
    while let row = try reader.next() {
      let cells = (0..<row.count).map { row.exact($0) }.joined(separator: "¦")
      found.append(row.fault.map { "!\($0.reason)" } ?? cells)
    }
    #expect(Int(reader.rowsRead) == found.count)
    return found
  }
}

private func rows(_ text: String, expected: Int? = nil) throws -> [String] {
  try rows(Array(text.utf8), expected: expected)
}

private let unclosed = "!a quote opens and does not close"

struct TabularReaderTests {
  @Test(arguments: [
    ("a,b\nc,d\n", ["a¦b", "c¦d"]), ("a,b\r\nc,d\r\n", ["a¦b", "c¦d"]),
    ("a,b\rc,d\r", ["a¦b", "c¦d"]), ("a,b\nc,d\r\ne,f\rg,h", ["a¦b", "c¦d", "e¦f", "g¦h"]),
    ("\n\na,b\n\n\nc\n\n", ["a¦b", "c"]), ("a,b,\n", ["a¦b¦"]), (",,\n", ["¦¦"]), ("", []),
    ("\"a\",\"b\"\n", ["a¦b"]), ("\"a\"\"b\",c\n", ["a\"b¦c"]), ("\"\",x\n", ["¦x"]),
    ("\"123\"\t,x\n", ["123¦x"]), ("\"123\" \t ,x\n", ["123¦x"]), ("\"123\"\t\n", ["123"]),
    ("a\"b\",c\n", ["a\"b\"¦c"]), ("\"he said \"hi\" there\",x\n", ["he said \"hi\" there¦x"]),
    ("\"a\nb\",c\n", ["a\nb¦c"]), ("\"a\r\nb\",c\r\n", ["a\r\nb¦c"]),
    ("a\u{2028}b,c\n", ["a\u{2028}b¦c"]),
    ("=\"138\",x\n", ["=\"138\"¦x"]), ("\"a,b\",c\n", ["a,b¦c"]), ("\"\"\"\",x\n", ["\"¦x"]),
    (" \"a\",x\n", [" \"a\"¦x"]), ("a,\"b", [unclosed]), ("a,b", ["a¦b"]), ("\"a\"", ["a"]),
  ])
  func `rows are split as the programs of this world write them`(
    text: String,
    expected: [String]
  ) throws {
    #expect(try rows(text) == expected)
  }

  @Test func `an unclosed quote costs one line`() throws {
    let rest = (0..<1000).map { "\($0),\"b\",c" }
    let text = (["1,\"x,3"] + rest).joined(separator: "\n") + "\n"
    let found = try rows(text, expected: 3)
    #expect(found.count == 1001)
    #expect(found[0] == unclosed)
    #expect(found[1] == "0¦b¦c")
    #expect(found[1000] == "999¦b¦c")
  }

  @Test func `an unclosed quote without any other quote costs one line`() throws {
    let text = "1,\"x,3\n" + String(repeating: "1,2,3\n", count: 300_000)
    let found = try rows(text, expected: 3)
    #expect(found.count == 300_001)
    #expect(found[0] == unclosed)
  }

  @Test func `an unclosed quote that closes with a wrong count of cells costs one line`() throws {
    let found = try rows("1,\"x,3\n4,5,6\n7,y\",9,10\n1,2,3\n", expected: 3)
    #expect(found == [unclosed, "4¦5¦6", "7¦y\"¦9¦10", "1¦2¦3"])
  }

  @Test func `many unclosed quotes take linear time`() throws {
    let clock = ContinuousClock()
    let text = String(repeating: "1,\"x,3\n", count: 50_000)
    let start = clock.now
    let found = try rows(text, expected: 3)
    let time = clock.now - start
    #expect(found.count == 50_000)
    #expect(time < .seconds(20))
  }

  @Test func `cells and rows beyond the limits are refused and reading goes on`() throws {
    let field = String(repeating: "x", count: TabularLimit.field)
    #expect(try rows("\(field),1\na,b\n").last == "a¦b")
    #expect(try rows("\(field),1\n") == ["\(field)¦1"])
    #expect(
      try rows("\(field)y,1\na,b\n") == ["!a cell exceeds 1048576 bytes", "a¦b"]
    )
    let wide = String(repeating: ",", count: TabularLimit.columns - 1)
    #expect(try rows(wide + "\n").first?.utf8.count == wide.utf8.count * 2)
    #expect(try rows(wide + ",\na\n") == ["!more than 4096 cells", "a"])
    let cell = String(repeating: "y", count: 1 << 19)
    let long = Array(repeating: cell, count: 33).joined(separator: ",")
    let found = try rows("\(long)\r\na,b\n")
    #expect(found.count == 2)
    #expect(found[0].hasPrefix("!the row of \(long.utf8.count) bytes exceeds 16777216"))
    #expect(found[1] == "a¦b")
  }

  @Test func `a table of tabs without quotes keeps them as data`() throws {
    #expect(
      try rows(Array("\"a\tb\"\nc\n".utf8), .plainTab) == ["\"a¦b\"", "c"]
    )
  }

  @Test func `a bar inside a character of GB18030 is no delimiter`() throws {
    // 寍 is 8C 7C in GBK.
    let bytes: [UInt8] = [0x8C, 0x7C, 0x7C, 0x61, 0x0A]
    let found = try rows(bytes, TabularDialect.quoted[3], encoding: .gb18030)
    #expect(found.count == 1 && found[0].hasSuffix("¦a"))
  }

  @Test(arguments: [1, 2, 3, 5, 17])
  func `chunks change nothing: offsets are places in the file`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var bytes: [UInt8] = []
    while bytes.count < 3 << 20 {
      bytes += Array("\(random.next() % 1000),\"多\(random.next())\",x\r\n".utf8)
      if random.next() % 50 == 0 { bytes += Array("\"a\nb\",2,3\n".utf8) }
    }
    let staged = try StagedBytes(bytes)
    let reader = TabularReader(
      try TextWindow(staged.source, TextDecision(encoding: .utf8, markLength: 0)),
      encoding: .utf8,
      dialect: TabularDialect.quoted[0]
    )
    reader.expectedCells = 3
    var joined = 0
    while let row = try reader.next() {
      #expect(row.fault == nil && row.count == 3)
      let start = Int(row.offset)
      if !bytes[start..<(start + row.raw.count)].elementsEqual(row.raw) { joined += 1 }
    }
    #expect(joined == 0)
    withExtendedLifetime(staged) {}
  }

  @Test(arguments: [
    (" a\t", "a"), ("=\"138\"", "138"), ("=“138”", "138"), ("\u{FEFF}a", "a"),
    ("\u{A0}a\u{A0}", "a"),
    ("/", ""), ("-", ""), ("null", ""), ("[]", ""), ("[x]", "x"), ("\"\"", ""), ("NaN", ""),
    ("a/b", "a/b"), ("[ x ]", "x"), ("=", "="), ("=\"", "=\""),
  ])
  func `signs for nothing are nothing`(text: String, clean: String) {
    #expect(TabularCell.clean(text) == clean)
  }

  @Test func `headers are compared without width, spaces and capitals`() {
    #expect(TabularCell.headerName("\u{FEFF}金额（元） ") == "金额(元)")
    #expect(TabularCell.headerName("用户ID\t") == "用户id")
  }
}

struct TabularEncodingTests {
  static let header = "交易卡号,交易时间,交易金额,收付标志,交易对手账卡号,对手户名"
  static let row = "6299990000000000053,2024-03-07 15:45:00,1.00,进,6299990000000000046,丁四"
  static let text = [header, row, row, ""].joined(separator: "\r\n")

  @Test func `five encodings hold the same rows`() throws {
    let plain = try importing(Self.text, as: "bank-transactions")
    #expect(plain.units.count == 2)
    let variants: [(String, [UInt8])] = [
      ("UTF-8", [0xEF, 0xBB, 0xBF] + Array(Self.text.utf8)), ("GB18030", Self.text.gb18030),
      ("UTF-16LE", Self.text.utf16Bytes(littleEndian: true)),
      ("UTF-16BE", Self.text.utf16Bytes(littleEndian: false)),
      ("UTF-16LE", Array(Self.text.utf16Bytes(littleEndian: true).dropFirst(2))),
      ("UTF-16BE", Array(Self.text.utf16Bytes(littleEndian: false).dropFirst(2))),
      ("GB18030", [0xEF, 0xBB, 0xBF] + Self.text.gb18030),
    ]
    for (name, bytes) in variants {
      let sink = try importing(bytes, as: "bank-transactions")
      #expect(sink.items == plain.items)
      #expect(sink.decisions["encoding"] == name)
    }
  }

  @Test func `offsets in UTF-16 are places in the file and rejects keep its bytes`() throws {
    let bad = Self.row.replacing("进", with: "横")
    let text = [Self.header, bad, ""].joined(separator: "\n")
    for little in [true, false] {
      let bytes = text.utf16Bytes(littleEndian: little)
      let sink = try importing(bytes, as: "bank-transactions")
      let reject = try #require(sink.rejects.first)
      #expect(reject.bytes == Array(bad.utf16Bytes(littleEndian: little).dropFirst(2)))
      let start = Int(reject.position.offset ?? 0)
      #expect(Array(bytes[start..<(start + reject.bytes.count)]) == reject.bytes)
    }
  }

  @Test func `a lone surrogate refuses its row with its own bytes`() throws {
    var bytes = (Self.header + "\n" + Self.row).utf16Bytes(littleEndian: true)
    let start = bytes.count - Self.row.utf16.count * 2
    bytes += [0x00, 0xD8, 0x0A, 0x00]
    let sink = try importing(bytes, as: "bank-transactions")
    #expect(sink.reasons == ["the bytes are neither UTF-8 nor GB18030"])
    #expect(sink.rejects.first?.bytes == Array(bytes[start..<(bytes.count - 2)]))
  }

  @Test func `rows of another encoding are decoded one by one and counted`() throws {
    let mixed = Array((Self.header + "\n" + Self.row + "\n").utf8) + Self.row.gb18030 + [0x0A]
    let sink = try importing(mixed, as: "bank-transactions")
    #expect(sink.contacts.map(\.name) == ["丁四"])
    #expect(sink.units.count == 2)
    #expect(sink.units[1].original == .text(Self.row))
    #expect(sink.decisions["encoding"] == "UTF-8, 1 units in GB18030")
    let other = (Self.header + "\n" + Self.row + "\n").gb18030 + Array(Self.row.utf8) + [0x0A]
    let second = try importing(other, as: "bank-transactions")
    #expect(second.units.map(\.original) == sink.units.map(\.original))
    #expect(second.decisions["encoding"] == "GB18030, 1 units in UTF-8")
  }

  @Test(
    arguments: [
      (false, 0xFF), (false, 0xC0), (false, 0xF8), (false, 0x41), (true, 0xFF), (true, 0x7F),
      (true, 0x30), (true, 0x20),
    ] as [(Bool, UInt8)]
  )
  func `a broken byte refuses its row and never turns into other characters`(
    isGB: Bool,
    byte: UInt8
  ) throws {
    var bad = isGB ? Self.row.gb18030 : Array(Self.row.utf8)
    bad[bad.count - 1] = byte
    let head = Self.header + "\n" + Self.row + "\n"
    let sink = try importing(
      (isGB ? head.gb18030 : Array(head.utf8)) + bad + [0x0A],
      as: "bank-transactions"
    )
    #expect(sink.units.count == 1)
    #expect(sink.rejects.map(\.bytes) == [bad])
  }

  @Test func `a file cut at any byte loses nothing silently`() throws {
    for bytes in [Array(Self.text.utf8), Self.text.gb18030] {
      let whole = try importing(bytes, as: "bank-transactions").units.map(\.original)
      let headerEnd = bytes.firstIndex(of: 0x0A) ?? 0
      for cut in stride(from: headerEnd + 1, to: bytes.count, by: 7) {
        let sink = try importing(Array(bytes[..<cut]), as: "bank-transactions")
        #expect(sink.unitCount == Int64(bytes[..<cut].split { $0 == 0x0A || $0 == 0x0D }.count - 1))
        for unit in sink.units.dropLast() { #expect(whole.contains(unit.original)) }
      }
    }
  }

  @Test func `an ASCII header over rows in GB18030 is told by its characters`() throws {
    let text = "from,to,amount,memo\na,b,5,出售名单一千条\nc,d,6,转账给上家的订金\n"
    let sink = try importing(text.gb18030, as: "canonical-transfers")
    #expect(sink.transfers.map(\.memo) == ["出售名单一千条", "转账给上家的订金"])
    #expect(sink.decisions["encoding"] == "GB18030")
  }

  @Test func `the table of GB18030 agrees with Foundation`() {
    var text = ""
    for value in UInt32(0x80)...0xFFFF where !(0xD800...0xDFFF).contains(value) && value % 7 == 0 {
      if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }
    for value in stride(from: UInt32(0x10000), to: 0x110000, by: 4099) {
      if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }
    var different = 0
    for scalar in text.unicodeScalars {
      let bytes = String(scalar).gb18030
      guard !bytes.isEmpty else { continue }
      let back = String(data: Data(bytes), encoding: String.Encoding(rawValue: 0x8000_0632))
      if GB18030.decode(bytes)?.unicodeScalars.first != back?.unicodeScalars.first {
        different += 1
      }
    }
    #expect(different == 0)
  }

  @Test(arguments: ["联通", "通", "联", "一", "汉字", "力挺", "哂"])
  func `short words of GB18030 are read right where the header tells`(word: String) throws {
    let row = Self.row.replacing("丁四", with: word)
    let sink = try importing(
      [Self.header, row, ""].joined(separator: "\n").gb18030,
      as: "bank-transactions"
    )
    #expect(sink.contacts.map(\.name) == [word])
  }

  @Test func `what is no text of a known encoding is recognised by nobody`() throws {
    for bytes in [
      [], [0x00], Array(repeating: 0xFF, count: 100), Array("SQLite format 3\0".utf8),
      [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], Array(0...255),
    ] as [[UInt8]] {
      let staged = try StagedBytes(bytes)
      #expect(ImporterRegistry.best(for: staged.source) == nil)
      for importer in ImporterRegistry.all where bytes.isEmpty {
        #expect(throws: (any Error).self) {
          try importer.read(staged.source, into: CollectingSink())
        }
      }
    }
  }
}
