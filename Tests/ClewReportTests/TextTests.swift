import ClewEvidence
import ClewTestSupport
import Foundation
import Testing

@testable import ClewReport

@Suite struct `A JSON writer` {
  private func parse(_ text: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
  }

  @Test(arguments: [
    "", "泥鳅", "\"\\/", "\n\t\r\u{8}\u{C}", "\0\u{1F}\u{7F}\u{9F}",
    "\u{2028}\u{2029}\u{202E}\u{2066}",
    "</script>", "😀👨‍👩‍👧", "e\u{301}", "\u{FFFE}",
  ])
  func `quotes any text so that it comes back`(text: String) throws {
    let quoted = JSONWriter.quoted(text)
    let back = try #require(parse(quoted) as? String)
    #expect(Array(back.unicodeScalars) == Array(text.unicodeScalars))
    #expect(!quoted.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
  }

  @Test(arguments: [
    (0, 100, "0"), (1, 100, "0.01"), (10, 100, "0.1"), (100, 100, "1"), (-150, 100, "-1.5"),
    (123_456, 1, "123456"), (Int64.min, 100, "-92233720368547758.08"),
    (Int64.max, 1000, "9223372036854775.807"),
  ])
  func `writes exact decimals`(value: Int64, unit: Int64, text: String) throws {
    #expect(JSONWriter.decimal(value, unit: unit) == text)
    #expect(try parse(text) is NSNumber)
  }

  @Test(arguments: [
    (0.5, "0.5"), (1.0 / 3, "0.333333"), (-0.0000004, "0"), (1e300, "null"), (.nan, "null"),
    (.infinity, "null"),
  ])
  func `writes scores to six places`(value: Double, text: String) {
    #expect(JSONWriter.score(value) == text)
  }

  @Test func `nests objects and arrays in the order given`() throws {
    var json = JSONWriter()
    json.object { json in
      json.string("z", nil)
      json.array("a", [[1, 2], []]) { json, numbers in
        json.object { json in
          json.numbers("n", numbers)
          json.bool("e", numbers.isEmpty)
        }
      }
      json.array("none", [Int]()) { _, _ in }
      json.object("o") { json in
        json.strings("s", ["x", "\""])
        json.map("m", [("k", "1.5"), ("l", "null")])
        json.number("i", Int?.none)
      }
    }
    let value = try #require(parse(json.text) as? NSDictionary)
    let expected: NSDictionary = [
      "z": NSNull(), "a": [["n": [1, 2], "e": false], ["n": [Int](), "e": true]] as NSArray,
      "none": NSArray(),
      "o": ["s": ["x", "\""], "m": ["k": 1.5, "l": NSNull()] as NSDictionary, "i": NSNull()]
        as NSDictionary,
    ]
    #expect(value == expected)
    #expect(json.text.hasPrefix("{\n  \"z\": null,\n  \"a\": [\n    {\n"))
  }
}

@Suite struct `A JSON document in pieces` {
  private func write(_ json: inout JSONWriter) {
    json.object { json in
      json.array("rows", 0..<9_000) { json, row in
        json.object { json in
          json.number("row", row)
          json.strings("words", ["北\(row)", "\"", "x"])
        }
      }
      json.string("last", "z")
    }
    json.finish()
  }

  @Test func `is the one that is written at once`() {
    var whole = JSONWriter()
    write(&whole)
    var pieces: [String] = []
    var parted = JSONWriter { pieces.append($0) }
    write(&parted)
    #expect(pieces.joined() == whole.text && whole.text.hasSuffix("\"z\"\n}\n"))
    #expect(parted.text.isEmpty && pieces.count > 3)
    #expect(pieces.allSatisfy { $0.utf8.count < 1 << 17 })
  }
}

@Suite struct `CSV text` {
  private func line(_ cells: String...) -> String {
    var csv = CSVText(header: ["a"])
    csv.add(cells)
    return String(csv.text.dropFirst("a,escaped\n".count))
  }

  @Test func `quotes commas, quotes and line ends`() {
    #expect(
      line("x", "a,b", "say \"x\"", "l\nm", "c\rd")
        == "x,\"a,b\",\"say \"\"x\"\"\",\"l\nm\",\"c\rd\",\n"
    )
  }

  @Test(arguments: [
    "=1+1", "+86", "-x", "@SUM", "\tx", "＝1", "＋1", "－1", "＠x", "'x", "-inf", "-0x1",
  ])
  func `disarms what a spreadsheet would compute`(cell: String) {
    #expect(line(cell, "x") == "'\(cell),x,1\n")
  }

  @Test func `keeps numbers below zero`() {
    #expect(line("-5", "-0.25") == "-5,-0.25,\n")
  }
}

@Suite struct `The masking of text` {
  @Test(arguments: [
    ("好的，明天给你", "好的，明天给你"), ("三条 1500 元", "三条 1500 元"), ("价格50一条", "价格50一条"),
    ("", ""), ("OK，2024年", "OK，2024年"), ("查5个，8000", "查5个，8000"),
    ("13911112222", "〔号码〕"), ("电话13911112222谢谢", "电话〔号码〕谢谢"),
    ("139 1111 2222", "〔号码〕"), ("139-1111-2222", "〔号码〕"), ("139.1111.2222", "〔号码〕"),
    ("１３９１１１１２２２２", "〔号码〕"), ("+86 139 1111 2222", "+〔号码〕"),
    ("1\u{200B}3911112222", "〔号码〕"), ("1️⃣3️⃣9️⃣1️⃣1️⃣1️⃣1️⃣2️⃣2️⃣2️⃣2️⃣", "〔号码〕"),
    ("一三九一一一一二二二二", "〔号码〕"), ("幺三九一一一一二二二二", "〔号码〕"),
    ("990000199001011239", "〔证件或卡号〕"), ("99000019900101124X", "〔证件或卡号〕"),
    ("9900 0019 9001 0112 39", "〔证件或卡号〕"), ("6299990000000000038", "〔证件或卡号〕"),
    ("苏A12345", "苏〔编号〕"), ("123456", "〔号码〕"), ("12345", "12345"),
    ("姓名：王测试，男", "姓名：〔已隐去〕，男"), ("【姓名】王测试", "【姓名】〔已隐去〕"),
    ("姓名: 王测试", "姓名: 〔已隐去〕"), ("地址=幸福路9号 3楼", "地址=〔已隐去〕 3楼"),
    ("姓名 丁戌八\n证件号码 990000199001011239", "姓名 〔已隐去〕\n证件号码 〔已隐去〕"),
    ("云泽市解放大道205号望江名邸13栋", "〔地址〕"), ("他住学府路 没错", "他住学府路 没错"),
    ("问下车主 多少钱", "问下车主 多少钱"),
    ("2023-02-28 17:23:40 塞外企鹅", "2023-02-28 17:23:40 塞外企鹅"), ("2023/2/8 9:05", "2023/2/8 9:05"),
    ("1990-01-01", "〔号码〕"), ("2023-02-28 17", "〔号码〕"), ("2023-13-28 17:23:40", "〔号码〕:23:40"),
    ("2023-02-28 17:23 13911112222", "2023-02-28 17:23 〔号码〕"),
    ("2023-02-28 17:23:40139 1111 2222", "〔号码〕:23:〔号码〕"),
    ("查车主信息", "查车主信息"), ("车主：", "车主："), ("车主：王\n机主：李", "车主：〔已隐去〕\n机主：〔已隐去〕"),
  ])
  func `takes out victims' data and leaves the rest`(text: String, masked: String) {
    #expect(Masking.masked(text) == masked)
    #expect(Masking.masked(masked) == masked)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `finds a number wherever it stands`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let around = ["", "好", "a", " ", "：", "\n", "x1 ", "（", "😀", "，价格30，"]
    let number = "1" + (0..<10).map { _ in "\(random.next(below: 10))" }.joined()
    var written = ""
    let separators = ["", "", "", " ", "-", ".", "\u{200B}", "\u{FE0F}"]
    for digit in number {
      written += String(digit) + separators[random.next(below: separators.count)]
    }
    let text =
      around[random.next(below: around.count)] + written + around[random.next(below: around.count)]
    let digits = Masking.masked(text).filter(\.isNumber)
    #expect(!digits.contains(number.suffix(6)), "\(text)")
    #expect(digits.count <= 4)
  }
}

@Suite struct `Plain text` {
  @Test(arguments: [
    (0, "0.00"), (5, "0.05"), (150, "1.50"), (-1, "-0.01"), (123_456_789, "1,234,567.89"),
    (Int64.min, "-92,233,720,368,547,758.08"),
  ])
  func `writes money with two places`(fen: Int64, text: String) {
    #expect(PlainText.yuan(fen) == text)
  }

  @Test func `groups digits by three`() {
    #expect(
      [0, 999, 1000, -1_234_567].map { PlainText.grouped($0) } == [
        "0", "999", "1,000", "-1,234,567",
      ]
    )
  }

  @Test(arguments: [
    ("a\u{1B}[2Jb", "a⟦001B⟧[2Jb"), ("x\u{202E}y", "x⟦202E⟧y"), ("a\nb\r\nc", "a ⏎ b ⏎ c"),
    ("泥鳅", "泥鳅"), ("a\u{9B}b", "a⟦009B⟧b"), ("", ""),
  ])
  func `shows what a terminal would obey`(text: String, safe: String) {
    #expect(PlainText.safe(text) == safe)
  }

  @Test func `cuts long text and says so`() {
    #expect(PlainText.safe("abcdef", limit: 3) == "abc…")
    #expect(PlainText.safe("abc", limit: 3) == "abc")
  }

  @Test func `aligns columns by the width of Chinese characters`() {
    #expect(
      PlainText.table([["a", "b", "c"], ["泥鳅", "", "d"], ["xyz", "long", ""]])
        == "a     b     c\n泥鳅        d\nxyz   long"
    )
  }
}

@Suite struct `An output file` {
  private func folder() throws -> String {
    let url = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url.path
  }

  @Test func `is whole, for its owner only, and leaves nothing beside it`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/a.txt"
    try OutputFile.write("one", to: path)
    try OutputFile.write("二", to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "二")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.txt"])
  }

  @Test func `keeps what stood there when it cannot be written`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let taken = folder + "/taken"
    try FileManager.default.createDirectory(
      atPath: taken + "/inside",
      withIntermediateDirectories: true
    )
    #expect(throws: EvidenceError.self) { try OutputFile.write("x", to: taken) }
    #expect(FileManager.default.fileExists(atPath: taken + "/inside"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["taken"])
    #expect(throws: EvidenceError.noSuchFile(path: folder + "/none")) {
      try OutputFile.write("x", to: folder + "/none/x")
    }
  }

  @Test func `needs a folder that is none other's file`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try OutputFolder.make(folder + "/a/b")
    let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/a/b")
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
    try OutputFolder.make(folder + "/a/b")
    try OutputFile.write("x", to: folder + "/f")
    #expect(
      throws: EvidenceError.inputOutput(path: folder + "/f", reason: "is a file, not a folder")
    ) {
      try OutputFolder.make(folder + "/f")
    }
  }
}
