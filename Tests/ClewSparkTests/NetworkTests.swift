#if Spark
import ArrowFormat
import Testing

@testable import ClewSpark

@Suite struct `A network in a table` {
  private func fields(_ columns: [(String, ArrowType)]) -> [ArrowField] {
    columns.map { ArrowField($0.0, $0.1) }
  }

  @Test func `has its ends and weights in columns that are known by name`() throws {
    let canonical = try EdgeColumns(
      fields([("time", .text), ("From", .text), ("to", .int64), ("amount", .double)]),
      of: "t"
    )
    #expect(canonical.source.name == "From" && canonical.target.name == "to")
    #expect(canonical.weight == nil)
    let list = try EdgeColumns(
      fields([("dst", .int32), ("src", .int32), ("count", .int64)]),
      of: "t"
    )
    #expect(list.source.name == "src" && list.target.name == "dst" && list.weight?.name == "count")
  }

  @Test(arguments: [
    [("source", ArrowType.text)], [("source", .double), ("target", .text)],
    [("source", .text), ("target", .text), ("weight", .double)],
  ])
  func `is refused without ends, and where numbers are not whole`(
    _ columns: [(String, ArrowType)]
  ) {
    #expect(throws: SparkError.self) { try EdgeColumns(fields(columns), of: "t") }
  }

  @Test func `has its nodes in the order of their bytes, or of their numbers`() throws {
    func sorted(_ names: [String], areNumbers: Bool = false) throws -> [String] {
      try NodeNames.order(of: names, areNumbers: areNumbers).map { names[$0] }
    }
    #expect(try sorted(["10", "9", "0"]) == ["0", "10", "9"])
    #expect(try sorted(["10", "9", "-1"], areNumbers: true) == ["-1", "9", "10"])
    #expect(try sorted(["b", "é", "a", "\u{1F600}"]) == ["a", "b", "é", "\u{1F600}"])
    #expect(try sorted([]) == [])
    #expect(throws: SparkError.self) { try sorted(["x"], areNumbers: true) }
  }
}
#endif
