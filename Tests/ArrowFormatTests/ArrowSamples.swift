import ArrowFormat
import Foundation
import Testing

/// Streams and tables that the tests share.
enum ArrowSamples {
  /// A stream of all types that pyarrow 26 wrote: a batch of three rows, then one with the last row again.
  static func pyarrow() throws -> [UInt8] {
    let url = Bundle.module.url(
      forResource: "all-types",
      withExtension: "arrows",
      subdirectory: "Fixtures"
    )
    return Array(try Data(contentsOf: try #require(url)))
  }

  /// A table of all types that are written, with nulls, three rows.
  static func table() throws -> ArrowTable {
    let second = [false, true, false]
    return try ArrowTable(
      fields: [
        ArrowField("flag", .boolean), ArrowField("tiny", .int8), ArrowField("small", .int16),
        ArrowField("medium", .int32), ArrowField("large", .int64, isNullable: false),
        ArrowField("single", .float), ArrowField("double", .double), ArrowField("text", .text),
        ArrowField("blob", .binary), ArrowField("price", .decimal(precision: 12, scale: 2)),
        ArrowField("day", .date), ArrowField("at", .timestamp(zone: "Asia/Shanghai")),
        ArrowField("local", .timestamp(zone: nil)), ArrowField("nothing", .null),
      ],
      columns: [
        ArrowColumn(.boolean([true, false, false]), nulls: second),
        ArrowColumn(.int8([.min, 0, .max]), nulls: second),
        ArrowColumn(.int16([.min, 0, .max]), nulls: second),
        ArrowColumn(.int32([.min, 0, .max]), nulls: second),
        ArrowColumn(.int64([.min, 7, .max])),
        ArrowColumn(.float([1.5, 0, 0]), nulls: second),
        ArrowColumn(.double([-2.25, 0, 1e300]), nulls: second),
        ArrowColumn(.text(["线索", "", ""]), nulls: second),
        ArrowColumn(.binary([[0, 255], [], []]), nulls: second),
        ArrowColumn(.decimal([-1_234_567, 0, 1]), nulls: second),
        ArrowColumn(.date([-1, 0, 19_782]), nulls: second),
        ArrowColumn(.timestamp([1_709_251_200_000_001, 0, 0]), nulls: second),
        ArrowColumn(.timestamp([1_000_000, 0, -1]), nulls: second),
        ArrowColumn(.null(count: 3)),
      ]
    )
  }

  /// The bytes of a base64 text.
  static func bytes(_ base64: String) throws -> [UInt8] {
    Array(try #require(Data(base64Encoded: base64)))
  }
}
