import ClewEvidence
import ClewTestSupport
import Testing

@testable import ClewImport

/// All units of a text, read from a file.
private func units(_ bytes: [UInt8], _ paths: JSONPath...) throws -> [JSONReader.Unit] {
  let staged = try StagedBytes(bytes)
  return try withExtendedLifetime(staged) {
    let reader = try JSONReader(staged.source, paths: paths)
    var units: [JSONReader.Unit] = []
    while let unit = try reader.next() { units.append(unit) }
    return units
  }
}

private func units(_ text: String, _ paths: JSONPath...) throws -> [JSONReader.Unit] {
  let staged = try StagedBytes(text)
  return try withExtendedLifetime(staged) {
    let reader = try JSONReader(staged.source, paths: paths)
    var units: [JSONReader.Unit] = []
    while let unit = try reader.next() { units.append(unit) }
    return units
  }
}

@Suite struct `A JSON file` {
  @Test func `is walked to the values that paths ask for`() throws {
    let text = """
      {"about": {"messages": [9]}, "chats": {"list": [
        {"name": "a", "messages": [{"id": 1}, {"id": 2}]},
        {"messages": [], "name": "b"}, {"messages": [{"id": 3}], "name": "c"}]}}
      """
    let found = try units(text, "chats.list[].messages[]", "chats.list[].name")
    #expect(found.map(\.path) == [1, 0, 0, 1, 0, 1])
    #expect(found.map(\.indices) == [[0], [0, 0], [0, 1], [1], [2, 0], [2]])
    #expect(found.allSatisfy { $0.fault == nil && $0.document == 0 })
    #expect(found.compactMap { $0.value?.string } == ["a", "b", "c"])
    #expect(found.compactMap { $0.value?.object?["id"]?.integer } == [1, 2, 3])
    #expect(
      found.filter { $0.path == 0 }.map(\.bytes) == (1...3).map { Array("{\"id\": \($0)}".utf8) }
    )
    for unit in found {
      #expect(Array(Array(text.utf8)[Int(unit.offset)...].prefix(unit.bytes.count)) == unit.bytes)
    }
  }

  @Test func `may hold one document after another`() throws {
    for text in [
      "{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}{\"a\":2}", "\u{FEFF}{\"a\":1}\r\n\r\n{\"a\":2}",
    ] {
      let found = try units(text, "")
      #expect(found.map(\.document) == [0, 1])
      #expect(found.map { $0.value?.object?["a"]?.integer } == [1, 2])
    }
  }

  @Test func `is read by element when its top is a list and whole otherwise`() throws {
    #expect(try units("[{\"a\":1},{\"a\":2}]", "", "[]").map(\.path) == [1, 1])
    #expect(try units("{\"a\":1} {\"a\":2}", "", "[]").map(\.path) == [0, 0])
  }

  @Test func `in UTF-16 keeps offsets and bytes of the file`() throws {
    let bytes = "[\"泥鳅\",7]".utf16Bytes(littleEndian: true)
    let found = try units(bytes, "[]")
    #expect(found.map(\.offset) == [4, 14])
    #expect(found[0].value == .string("泥鳅"))
    #expect(found[0].bytes == Array(bytes[4..<12]))
  }

  @Test func `is read to the end however large it is`() throws {
    // 3 MB of text: several windows, with values across their borders.
    let filler = String(repeating: "字", count: 999)
    var text = "{\"skipped\": [\"\(filler)\"], \"list\": [0"
    for number in 1...1000 { text += ",{\"n\": \(number), \"t\": \"\(filler)\"}" }
    let found = try units(text + "]}", "list[]")
    #expect(found.count == 1001)
    #expect(found.dropFirst().map { $0.value?.object?["n"]?.integer } == (1...1000).map { $0 })
  }

  @Test func `with a value beyond the limit loses only that value`() throws {
    let long = String(repeating: "a", count: TabularLimit.row)
    let found = try units("[1,\"\(long)\",2]", "[]")
    #expect(
      found.map(\.fault) == [nil, "the value exceeds 16777216 bytes; its beginning is kept", nil]
    )
    #expect(found[1].bytes.count == TabularLimit.kept)
    #expect(found[2].value == .number("2"))
  }

  @Test(arguments: [
    ("{\"a\":1,\"a\":2}", "an object holds a key twice (byte 13 of the value)"),
    ("{\"a\":1,\"\\u0061\":2}", "an object holds a key twice (byte 18 of the value)"),
    ("NaN", "no JSON value begins here (byte 0 of the value)"),
    ("[1/*c*/]", "a list lacks , or ] (byte 3 of the value)"),
    ("/**/1", "a comment is no JSON (byte 0 of the value)"),
    ("01", "a number with wrong digits (byte 2 of the value)"),
    ("[1,]", "no JSON value begins here (byte 3 of the value)"),
    ("{\"a\":1,}", "a key in quotes is missing (byte 7 of the value)"),
    ("{'a':1}", "a key in quotes is missing (byte 1 of the value)"),
    ("{\"a\"1}", "a : behind a key is missing (byte 4 of the value)"),
    ("\"a\tb\"", "a control character stands bare in a string (byte 2 of the value)"),
    ("\"\\ud800\"", "half a character (\\u) stands alone (byte 7 of the value)"),
    ("\"\\ud800\\u0041\"", "half a character (\\u) stands alone (byte 13 of the value)"),
    ("\"\\x\"", "an escape that JSON does not know (byte 3 of the value)"),
    ("\"\\u12g4\"", "\\u without four hexadecimal digits (byte 5 of the value)"),
    ("tru", "a word that is neither true, false nor null (byte 0 of the value)"),
  ])
  func `threat I6: a bad value is refused and its neighbours stay`(
    bad: String,
    reason: String
  ) throws {
    let found = try units("[1, \(bad) ,2]", "[]")
    #expect(found.first?.value == .number("1"))
    #expect(found.last?.value == .number("2"))
    #expect(found.count == 3)
    #expect(found[1].fault == reason)
    #expect(found[1].bytes == Array(bad.utf8))
    #expect(found[1].offset == 4)
  }

  @Test func `threat I6: bytes that are not UTF-8 refuse their value only`() throws {
    let found = try units(Array("[1,\"".utf8) + [0xC3, 0x28] + Array("\",2]".utf8), "[]")
    #expect(
      found.map(\.fault) == [
        nil, "a string holds bytes that are not UTF-8 (byte 3 of the value)", nil,
      ]
    )
  }

  @Test func `threat I6: numbers keep every digit`() throws {
    let found = try units("[12345678901234567890, 1e400, -0.10, 1.5, 9007199254740993]", "[]")
    let values = found.compactMap(\.value)
    #expect(
      values
        == ["12345678901234567890", "1e400", "-0.10", "1.5", "9007199254740993"]
        .map(JSONValue.number)
    )
    #expect(
      values.map(\.identifier) == ["12345678901234567890", nil, nil, nil, "9007199254740993"]
    )
    #expect(values.map(\.integer) == [nil, nil, nil, nil, 9_007_199_254_740_993])
  }

  @Test(arguments: [(63, true), (64, true), (65, false), (100_000, false)])
  func `threat I6: nesting ends at 64 levels`(depth: Int, isTaken: Bool) throws {
    let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let found = try units("{\"a\":[\(nested),7]}", "a[]")
    #expect(found.count == 2)
    #expect((found[0].fault == nil) == isTaken)
    #expect(found[1].value == .number("7"))
    // What no path asks for may nest as it likes.
    #expect(try units("{\"b\":\(nested),\"a\":[7]}", "a[]").map(\.value) == [.number("7")])
  }

  @Test func `threat I6: everything under a repeated key is refused`() throws {
    let found = try units("{\"a\":[1],\"b\":0,\"a\":[2,3]}", "a[]")
    #expect(found.map(\.value) == [.number("1"), nil, nil])
    #expect(found[1].fault == "it stands under a key that its object holds twice")
  }

  @Test func `strings lose their escapes`() throws {
    let found = try units(#"["a\"\\\/\b\f\n\r\t\u6CE5\ud83d\ude00é"]"#, "[]")
    #expect(found[0].value == .string("a\"\\/\u{8}\u{C}\n\r\t泥😀é"))
  }

  @Test func `that breaks off says so and keeps what came before`() throws {
    let found = try units("{\"a\":[{\"n\":1},{\"n\":2},{\"n\":", "a[]")
    #expect(found.count == 4)
    #expect(
      found.map(\.fault) == [
        nil, nil, "the file breaks off inside the value",
        "the file breaks off inside a list or object",
      ]
    )
    #expect(found[2].bytes == Array("{\"n\":".utf8))
  }

  @Test func `with a missing bracket in one value loses that value only`() throws {
    let found = try units("{\"a\":[{\"n\":[1},{\"n\":2}],\"b\":[3]}", "a[]", "b[]")
    #expect(found.map { $0.fault == nil } == [false, true, true])
    #expect(found[0].bytes == Array("{\"n\":[1}".utf8))
  }

  @Test func `with an open string in one value is found again at the next line`() throws {
    let found = try units("[\n{\n\"t\":\"x,\n\"u\":1\n},\n{\"t\":\"y\"}\n]", "[]")
    #expect(found.count == 2)
    #expect(found[0].fault == "a control character stands bare in a string (byte 9 of the value)")
    #expect(found[1].value?.object?.text("t") == "y")
  }

  @Test func `with wrong marks between values keeps the values and notes the marks`() throws {
    let staged = try StagedBytes("{\"a\":[1 2,,3:4],\"b\" 5 \"c\":6}")
    let reader = try JSONReader(staged.source, paths: ["a[]", "b", "c"])
    var found: [JSONReader.Unit] = []
    while let unit = try reader.next() { found.append(unit) }
    #expect(found.compactMap(\.value?.integer) == [1, 2, 3, 4, 5, 6])
    #expect(found.compactMap(\.fault) == ["text between the values of a list"])
    #expect(reader.structureNote == "5 commas or colons missing or too many, from byte 8")
  }

  @Test func `that is of another shape than asked says so`() throws {
    let found = try units("{\"chats\": {\"list\": {\"0\": 1}}}", "chats.list[].messages[]")
    #expect(found.map(\.fault) == ["another kind of value than chats.list[].messages[] needs"])
    #expect(try units("{\"chats\": null}", "chats.list[]").isEmpty)
  }

  @Test(arguments: 0..<200)
  func `is read to its end whatever its bytes are`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let marks = Array("{}[],:\"\\ \n1a{\"a\":[{".utf8)
    let bytes = (0..<300).map { _ in marks[Int(random.next() % UInt64(marks.count))] }
    let found = try units(bytes, "a[].a", "[]", "")
    var last: Int64 = -1
    for unit in found {
      #expect(unit.offset > last || unit.bytes.isEmpty)
      #expect((unit.value == nil) == (unit.fault != nil))
      last = unit.offset
    }
  }
}

@Suite struct `An outline of a JSON file` {
  @Test func `names the keys that its beginning shows`() throws {
    let text =
      "{\"name\":\"x\",\"chats\":{\"list\":[{\"id\":7,\"messages\":[{\"from_id\":\"user1\",\"te"
    let outline = try #require(JSONOutline(plain: Array(text.utf8)))
    #expect(outline.has("name", "chats.list[].id", "chats.list[].messages[].from_id"))
    #expect(!outline.has("chats.id"))
    #expect(outline.text("name") == "x")
    #expect(outline.values["chats.list[].id"] == "7")
  }

  @Test(arguments: ["", "7", "\"a\"", "BEGIN:VCARD", "<a/>", "   "])
  func `is none of what is no list or object`(text: String) {
    #expect(JSONOutline(plain: Array(text.utf8)) == nil)
  }

  @Test func `of a list of documents names the keys of each`() throws {
    let outline = try #require(JSONOutline(plain: Array("{\"a\":1}\n{\"b\":{\"c\":[2]}}".utf8)))
    #expect(outline.paths == ["a", "b", "b.c"])
  }
}

@Suite struct `A JSON file of many values` {
  @Test func `is never held in memory as a whole`() throws {
    let list = String(repeating: "{\"a\":\"字字字\"},", count: 50_000)
    let skipped = String(repeating: list, count: 4)
    let staged = try StagedBytes("{\"skipped\":[\(skipped)0],\"list\":[\(list)\(list)0]}")
    let reader = try JSONReader(staged.source, paths: ["list[]"])
    var count = 0
    var most = 0
    while try reader.next() != nil {
      count += 1
      most = max(most, reader.input.bufferedBytes)
    }
    #expect(count == 100_001)
    #expect(staged.source.bytes > 5_000_000)
    #expect(most <= 2 << 20)
  }
}
