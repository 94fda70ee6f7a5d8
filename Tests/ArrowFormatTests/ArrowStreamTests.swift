import ArrowFormat
import Testing

@Suite struct `Arrow streams` {
  @Test func `a stream that another library wrote is read, value by value`() throws {
    let table = try ArrowStream.table(try ArrowSamples.pyarrow())
    #expect(table.rowCount == 4)
    let expected: [(String, ArrowType, ArrowValues)] = [
      ("flag", .boolean, .boolean([true, false, false, false])),
      ("tiny", .int8, .int8([-128, 0, 127, 127])),
      ("small", .int16, .int16([-32_768, 0, 32_767, 32_767])),
      ("medium", .int32, .int32([-2_147_483_648, 0, 2_147_483_647, 2_147_483_647])),
      ("large", .int64, .int64([.min, 7, .max, .max])),
      ("single", .float, .float([1.5, 0, 0, 0])),
      ("double", .double, .double([-2.25, 0, 1e300, 1e300])),
      ("text", .text, .text(["线索", "", "", ""])),
      ("longText", .text, .text(["甲", "", "", ""])),
      ("blob", .binary, .binary([[0x00, 0xFF], [], [], []])),
      ("longBlob", .binary, .binary([[0x78], [], [], []])),
      ("price", .decimal(precision: 12, scale: 2), .decimal([-1_234_567, 0, 1, 1])),
      // 2024-02-29 is 54 years, 14 leap days and 59 days after 1970-01-01.
      ("day", .date, .date([-1, 0, 19_782, 19_782])),
      // 2024-03-01T00:00:00.000001Z.
      (
        "at", .timestamp(zone: "Asia/Shanghai"), .timestamp([1_709_251_200_000_001, 0, 0, 0])
      ),
      ("local", .timestamp(zone: nil), .timestamp([1_000_000, 0, -1, -1])),
      ("nothing", .null, .null(count: 4)),
    ]
    #expect(table.fields.map(\.name) == expected.map(\.0))
    #expect(table.fields.map(\.type) == expected.map(\.1))
    #expect(table.columns.map(\.values) == expected.map(\.2))
    for (field, column) in zip(table.fields, table.columns) {
      let nulls = (0..<4).map { column.isNull($0) }
      switch field.name {
      case "large": #expect(nulls == [false, false, false, false])
      case "nothing": #expect(nulls == [true, true, true, true])
      default: #expect(nulls == [false, true, false, false], "\(field.name)")
      }
    }
    #expect(table.fields.filter { !$0.isNullable }.map(\.name) == ["large"])
  }

  @Test(arguments: [1, 2, 3, 100])
  func `what is written is read back, however many rows a batch has`(_ rows: Int) throws {
    let table = try ArrowSamples.table()
    #expect(try ArrowStream.table(try ArrowStream.bytes(table, rowsPerBatch: rows)) == table)
  }

  @Test func `a table without rows keeps its columns`() throws {
    let table = try ArrowTable(
      fields: [ArrowField("a", .int64), ArrowField("b", .text)],
      columns: [ArrowColumn(.int64([])), ArrowColumn(.text([]))]
    )
    #expect(try ArrowStream.table(try ArrowStream.bytes(table)) == table)
  }

  @Test func `a million rows are written and read`() throws {
    let numbers = (0..<1_000_000).map { Int64($0) &* 7_919 }
    let table = try ArrowTable(
      fields: [ArrowField("n", .int64)],
      columns: [ArrowColumn(.int64(numbers))]
    )
    #expect(try ArrowStream.table(try ArrowStream.bytes(table)) == table)
  }

  @Test func `columns that do not fit are refused`() throws {
    #expect(throws: ArrowError.mismatch(what: "column 2 has 1 rows, the table 2")) {
      try ArrowTable(
        fields: [ArrowField("a", .int64), ArrowField("b", .text)],
        columns: [ArrowColumn(.int64([1, 2])), ArrowColumn(.text(["x"]))]
      )
    }
    #expect(throws: ArrowError.mismatch(what: "column 1 holds other values than its type says")) {
      try ArrowTable(fields: [ArrowField("a", .int64)], columns: [ArrowColumn(.int32([1]))])
    }
    #expect(throws: ArrowError.mismatch(what: "1 values with 2 marks of null")) {
      try ArrowColumn(.int64([1]), nulls: [true, false])
    }
  }

  @Test func `a row beyond the last is null`() throws {
    let column = try ArrowColumn(.int64([1]))
    #expect(!column.isNull(0) && column.isNull(1) && column.isNull(-1))
  }

  // Written by pyarrow 26: a dictionary of texts, a list of numbers, an unsigned number.
  @Test(arguments: [
    ("DICT", "column 1: a dictionary"), ("LIST", "column 1: type 12"),
    ("UINT", "column 1: an integer of 32 bits"),
  ])
  func `what is not read is named`(_ sample: String, _ what: String) throws {
    let bytes = try ArrowSamples.bytes(try #require(Self.samples[sample]))
    #expect(throws: ArrowError.unsupported(what: what)) { try ArrowStream.table(bytes) }
  }

  private static let samples = [
    "DICT":
      "/////5AAAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAEAAAAvP///wQAAAABAAAAFAAAABAAGAAIAAYABwAMABAA"
      + "FAAQAAAAAAABBRQAAABAAAAAHAAAAAQAAAAAAAAAAQAAAHgAAAAIAAgAAAAEAAgAAAAMAAAACAAMAAgABwAIAAAA"
      + "AAAAASAAAAAEAAQABAAAAAAAAAD/////qAAAABQAAAAAAAAADAAUAAYABQAIAAwADAAAAAACBAAUAAAAGAAAAAAA"
      + "AAAIAAoAAAAEAAgAAAAQAAAAAAAKABgADAAEAAgACgAAAEwAAAAQAAAAAgAAAAAAAAAAAAAAAwAAAAAAAAAAAAAA"
      + "AAAAAAAAAAAAAAAAAAAAAAwAAAAAAAAAEAAAAAAAAAACAAAAAAAAAAAAAAABAAAAAgAAAAAAAAAAAAAAAAAAAAAA"
      + "AAABAAAAAgAAAAAAAABhYgAAAAAAAP////+IAAAAFAAAAAAAAAAMABYABgAFAAgADAAMAAAAAAMEABgAAAAQAAAA"
      + "AAAAAAAACgAYAAwABAAIAAoAAAA8AAAAEAAAAAMAAAAAAAAAAAAAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      + "AAAMAAAAAAAAAAAAAAABAAAAAwAAAAAAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAD/////AAAAAA==",
    "LIST":
      "/////6gAAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAEAAAAEAAAA1P///wAA"
      + "AQwUAAAAHAAAAAQAAAABAAAAJAAAAAEAAAB4AAAABAAEAAQAAAAQABQACAAGAAcADAAAABAAEAAAAAAAAQIQAAAA"
      + "IAAAAAQAAAAAAAAABAAAAGl0ZW0AAAAACAAMAAgABwAIAAAAAAAAAUAAAAD/////uAAAABQAAAAAAAAADAAWAAYA"
      + "BQAIAAwADAAAAAADBAAYAAAAKAAAAAAAAAAAAAoAGAAMAAQACAAKAAAAXAAAABAAAAACAAAAAAAAAAAAAAAEAAAA"
      + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAYAAAAAAAAAAAA"
      + "AAACAAAAAgAAAAAAAAAAAAAAAAAAAAMAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAMAAAAAAAAAAQAAAAAAAAACAAAA"
      + "AAAAAAMAAAAAAAAA/////wAAAAA=",
    "UINT":
      "/////3AAAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAEAAAAUAAAAEAAUAAgA"
      + "BgAHAAwAAAAQABAAAAAAAAECEAAAABgAAAAEAAAAAAAAAAEAAAB4AAYACAAEAAYAAAAgAAAA/////4gAAAAUAAAA"
      + "AAAAAAwAFgAGAAUACAAMAAwAAAAAAwQAGAAAAAgAAAAAAAAAAAAKABgADAAEAAgACgAAADwAAAAQAAAAAQAAAAAA"
      + "AAAAAAAAAgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAEAAAABAAAAAAAAAAAAAAAAAAAA"
      + "AQAAAAAAAAD/////AAAAAA==",
  ]
}
