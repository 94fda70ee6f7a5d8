import ClewEvidence
import ClewImport
import Testing

@Suite struct `A Parquet file` {
  private typealias Column = ParquetMaker.Column

  @Test func `with Snappy and dictionaries holds three supplies and five payments`() throws {
    let sink = try interchange("edges.parquet", as: "parquet-graph")
    #expect(sink.units.count == 8)
    #expect(sink.supplies == SampleStory.supplies)
    #expect(sink.payments == SampleStory.payments)
    #expect(sink.trades.allSatisfy { $0.amount == nil })
    #expect(sink.trades[0].at?.shanghai == "2024-03-02 20:18:00")
    #expect(sink.transfers[4].at?.shanghai == "2024-03-07 16:10:00")
    #expect(sink.trades[0].supplier == Account(.name, "p1"))
    #expect(
      sink.units[3].original
        == .text("source=p2\ttarget=p1\tkind=pay\tamount=2000.0\ttime=2024-03-02T12:15:30Z")
    )
  }

  private func read(_ maker: ParquetMaker) throws -> CollectingSink {
    try importing(maker.bytes, as: "parquet-graph")
  }

  private static let kind = Column(
    name: "kind",
    type: 6,
    values: ParquetMaker.text("pay"),
    count: 1
  )

  @Test func `of plain pages is read, whole numbers and decimals too`() throws {
    let whole = Column(
      name: "amount",
      type: 2,
      values: ParquetMaker.little(1500, 8),
      count: 1
    )
    #expect(try read(.edges([Self.kind, whole])).transfers.map(\.amount) == [Money(fen: 150_000)])
    // Field 6 of the schema element, two after the name: DECIMAL; field 7: its scale of two digits.
    let decimal = Column(
      name: "amount",
      type: 1,
      schema: [0x25, 10, 0x15, 4],
      values: ParquetMaker.little(78_050, 4),
      count: 1
    )
    #expect(try read(.edges([Self.kind, decimal])).transfers.map(\.amount) == [Money(fen: 78_050)])
  }

  @Test(arguments: [false, true])
  func `with missing values keeps the rows apart`(isSecondVersion: Bool) throws {
    // Three rows, the middle one without a value: bits 1 0 1 in one packed group.
    let amount = Column(
      name: "amount",
      type: 6,
      values: ParquetMaker.text("5", "7"),
      count: 3,
      levels: [0x03, 0b101],
      isSecondVersion: isSecondVersion
    )
    let kind = Column(
      name: "kind",
      type: 6,
      values: ParquetMaker.text("pay", "pay", "pay"),
      count: 3
    )
    let sink = try read(.edges([kind, amount], rows: 3))
    #expect(sink.transfers.map { $0.amount?.fen } == [500, nil, 700])
  }

  /// `pay` as one PLAIN value, packed by the tools of the formats.
  @Test(arguments: [
    (1, "071803000000706179"), (2, "1f8b0800000000000203636660602848ac0400cd3e4aad07000000"),
    (6, "28b52ffd200739000003000000706179"), (7, "7003000000706179"),
  ])
  func `is unpacked by its codec`(codec: Int, hex: String) throws {
    let digits = Array(hex)
    let packed = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)
    }
    var kind = Self.kind
    kind.codec = codec
    kind.packed = packed
    #expect(try read(.edges([kind])).transfers.count == 1)
  }

  @Test(arguments: [
    (3, "pages are packed with LZO, which is not read"),
    (4, "pages are packed with Brotli, which is not read"),
    (5, "pages are packed with Hadoop's LZ4, which is not read"),
    (9, "pages are packed in an unknown way"),
    (1, "a page is damaged or has not the size that is stated"),
    (2, "a page is damaged or has not the size that is stated"),
    (6, "a page is damaged or has not the size that is stated"),
  ])
  func `in another codec or damaged is refused in one line`(codec: Int, reason: String) throws {
    var kind = Self.kind
    kind.codec = codec
    #expect(throws: ImportError.malformed(path: "test.csv", line: nil, reason: reason)) {
      _ = try read(.edges([kind]))
    }
  }

  @Test(arguments: [5, 6, 7, 9])
  func `in a delta encoding is refused`(encoding: Int) throws {
    var kind = Self.kind
    kind.encoding = encoding
    #expect(throws: ImportError.self) { _ = try read(.edges([kind])) }
  }

  @Test(arguments: [1, -1, 1 << 40, -(1 << 40)])
  func `that lies about places is refused`(lie: Int) throws {
    var maker = ParquetMaker.edges([Self.kind])
    maker.lie = lie
    #expect(throws: ImportError.self) { _ = try read(maker) }
  }

  /// Data frames keep "no time" as the smallest number.
  @Test func `with the smallest time of all is read`() throws {
    // Field 6 of the schema element, two after the name: TIMESTAMP_MILLIS.
    let time = Column(
      name: "time",
      type: 2,
      schema: [0x25, 18],
      values: ParquetMaker.little(.min, 8),
      count: 1
    )
    let sink = try read(.edges([Self.kind, time]))
    #expect(sink.reasons == ["column \"time\" holds no time"])
  }

  @Test func `that declares billions of rows takes no memory`() throws {
    var maker = ParquetMaker.edges([Self.kind])
    maker.rows = 1 << 40
    #expect(throws: ImportError.self) { _ = try read(maker) }
    maker.rows = 1 << 20
    #expect(throws: ImportError.self) { _ = try read(maker) }
  }

  /// The levels of a page are runs: four bytes say "nothing" for all rows.
  @Test(arguments: [(1 << 16, nil), (1 << 20, "the file states more rows than its length allows")])
  func `of a few bytes says nothing no million times`(rows: Int, refusal: String?) throws {
    let levels = ParquetMaker.run(of: rows) + [0]
    let columns = ["source", "target"].map {
      Column(name: $0, type: 6, values: [], count: rows, levels: levels)
    }
    do {
      let sink = try read(ParquetMaker(columns: columns, rows: rows))
      #expect(refusal == nil)
      #expect(sink.rejects.count == rows)
    } catch ImportError.malformed(_, _, let reason) {
      #expect(reason == refusal)
    }
  }

  @Test func `of nodes names their accounts`() throws {
    let sink = try read(
      ParquetMaker(
        columns: [
          Column(name: "id", type: 6, values: ParquetMaker.text("p1", "p2"), count: 2),
          Column(name: "label", type: 6, values: ParquetMaker.text("泥鳅", "\u{1}"), count: 2),
          Column(
            name: "phone",
            type: 6,
            values: ParquetMaker.text("13800000001") + [1, 0, 0, 0, 0xFF],
            count: 2
          ),
        ],
        rows: 2
      )
    )
    #expect(sink.contacts.map(\.contact.value) == ["+8613800000001", "p1"])
    #expect(sink.reasons == ["column \"phone\" holds bytes that are no text"])
  }

  @Test func `without the columns of a graph is refused by their names`() throws {
    let maker = ParquetMaker(
      columns: [Column(name: "x", type: 6, values: ParquetMaker.text("y"), count: 1)],
      rows: 1
    )
    #expect(
      throws: ImportError.missingColumns(path: "test.csv", columns: ["source", "target", "id"])
    ) { _ = try read(maker) }
  }
}
