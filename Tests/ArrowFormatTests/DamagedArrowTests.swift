import ArrowFormat
import ClewTestSupport
import Foundation
import Testing

/// Damaged streams are refused in one line or read; they never crash, hang or take memory without bound.
@Suite struct `Damaged Arrow streams` {
  @Test func `a stream cut anywhere is read as far as whole batches go, or refused`() throws {
    let bytes = try ArrowSamples.pyarrow()
    for length in 0..<bytes.count {
      // Without its last mark a stream of whole batches is whole: the mark is optional.
      if let table = try? ArrowStream.table(Array(bytes[..<length])) {
        #expect([0, 3, 4].contains(table.rowCount))
      }
    }
  }

  @Test func `bytes that are no stream are refused with their place`() {
    #expect(throws: ArrowError.damaged(offset: 0, what: "a stream begins with its schema")) {
      try ArrowStream.table([])
    }
    #expect(throws: ArrowError.truncated(offset: 0)) { try ArrowStream.table([1, 2, 3]) }
    #expect(throws: ArrowError.damaged(offset: 0, what: "no message begins here")) {
      try ArrowStream.table(Array("PAR1 and what follows".utf8))
    }
    // A length of 2^31 - 1 bytes of which none is there.
    #expect(throws: ArrowError.truncated(offset: 0)) {
      try ArrowStream.table([255, 255, 255, 255, 255, 255, 255, 127])
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `changed bytes never crash and never grow`(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let samples = [
      try ArrowSamples.pyarrow(),
      try ArrowStream.bytes(try ArrowSamples.table(), rowsPerBatch: 2),
    ]
    for round in 0..<500 {
      var bytes = samples[round % samples.count]
      for _ in 0...Int(generator.next() % 4) { damage(&bytes, &generator) }
      do {
        let table = try ArrowStream.table(bytes)
        #expect(size(of: table) <= 64 * bytes.count)
      } catch {
        #expect(!"\(error)".contains("\n"))
      }
    }
  }

  @Test func `what the fuzzer found is read or refused`() throws {
    var url = URL(filePath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    let folder = url.path + "/Fuzz/Crashers/arrow"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      let bytes = Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
      guard let table = try? ArrowStream.table(bytes) else { continue }
      let once = try ArrowStream.bytes(table)
      #expect(try ArrowStream.bytes(try ArrowStream.table(once)) == once)
    }
  }

  @Test func `every single byte may be anything`() throws {
    let bytes = try ArrowSamples.pyarrow()
    for place in bytes.indices {
      for value: UInt8 in [0, 1, 127, 128, 255] {
        var copy = bytes
        copy[place] = value
        if let table = try? ArrowStream.table(copy) {
          #expect(size(of: table) <= 64 * bytes.count)
        }
      }
    }
  }

  private func damage(_ bytes: inout [UInt8], _ generator: inout SplitMix64) {
    guard !bytes.isEmpty else { return }
    let place = Int(generator.next() % UInt64(bytes.count))
    switch generator.next() % 5 {
    case 0: bytes[place] ^= 1 << UInt8(generator.next() % 8)
    case 1: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
    case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int(generator.next() % 16)))
    case 3:
      // A number of 32 bits at a place where numbers are.
      let numbers: [UInt32] = [0, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x0010_0000]
      let number = numbers[Int(generator.next() % UInt64(numbers.count))]
      let start = place / 4 * 4
      for step in 0..<4 where start + step < bytes.count {
        bytes[start + step] = UInt8(truncatingIfNeeded: number >> (8 * UInt32(step)))
      }
    default:
      let from = Int(generator.next() % UInt64(bytes.count))
      let piece = bytes[from..<min(bytes.count, from + 8)]
      for (step, byte) in piece.enumerated() where place + step < bytes.count {
        bytes[place + step] = byte
      }
    }
  }

  /// About how many bytes the values of a table take.
  private func size(of table: ArrowTable) -> Int {
    table.columns.reduce(0) { sum, column in
      switch column.values {
      case .null: sum
      case .text(let values): sum + values.reduce(0) { $0 + 16 + $1.utf8.count }
      case .binary(let values): sum + values.reduce(0) { $0 + 8 + $1.count }
      default: sum + column.count
      }
    }
  }
}
