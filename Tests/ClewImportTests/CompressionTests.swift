import ClewEvidence
import ClewTestSupport
import Testing

@testable import ClewImport

@Suite struct `An LZ4 block` {
  /// The token 0x10 says one literal and a match of four bytes at distance 1: "aaaaa"; then five
  /// literals, as a block must end.
  static let short: [UInt8] = [0x10, 0x61, 1, 0, 0x50, 0x62, 0x62, 0x62, 0x62, 0x62]

  /// One literal, a match of 19 + 255 `lengths` + 0 bytes at distance 1, five literals.
  static func long(lengths: Int) -> [UInt8] {
    [0x1F, 0x61, 1, 0] + Array(repeating: 255, count: lengths) + [0]
      + [0x50, 0x62, 0x62, 0x62, 0x62, 0x62]
  }

  @Test func `is unpacked without knowing its size`() {
    #expect(LZ4Block.unpacked(Self.short) == Array("aaaaabbbbb".utf8))
  }

  @Test func `may hold two hundred times its size`() throws {
    let content = try #require(LZ4Block.unpacked(Self.long(lengths: 4000)))
    #expect(content.count == 1 + 19 + 255 * 4000 + 5)
    #expect(content.last == UInt8(ascii: "b"))
  }

  @Test func `above the limit is refused`() {
    let literals: [UInt8] = [0x50, 0x62, 0x62, 0x62, 0x62, 0x62]
    #expect(LZ4Block.unpacked(literals, limit: 5) != nil)
    #expect(LZ4Block.unpacked(literals, limit: 4) == nil)
    // About 25 MB.
    #expect(LZ4Block.unpacked(Self.long(lengths: 100_000)) == nil)
  }

  @Test func `that is cut off or damaged is refused`() {
    #expect(LZ4Block.unpacked([]) == nil)
    // Two bytes are a whole block of one literal.
    for count in 1..<Self.short.count where count != 2 {
      #expect(LZ4Block.unpacked(Array(Self.short.prefix(count))) == nil)
    }
    // A distance beyond the beginning.
    #expect(LZ4Block.unpacked([0x10, 0x61, 9, 0, 0x50, 0x62, 0x62, 0x62, 0x62, 0x62]) == nil)
  }

  @Test func `of changed bytes is unpacked within the limit or refused`() {
    var generator = SplitMix64(seed: 4)
    for _ in 0..<2000 {
      var bytes = Self.long(lengths: 8)
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      #expect(LZ4Block.unpacked(bytes, limit: 5000).map { $0.count <= 5000 } ?? true)
    }
  }
}

@Suite struct `A Zstandard frame` {
  /// Magic; a descriptor with a window byte and no size; window of 1 KiB; the last block, raw or
  /// of one repeated byte.
  static func frame(_ block: [UInt8], window: UInt8 = 0) -> [UInt8] {
    ZstdFrames.magic + [0x00, window] + block
  }

  /// The header of the last block: its type (0 raw, 1 repeated) and size.
  static func header(type: Int, size: Int, isLast: Bool = true) -> [UInt8] {
    let number = size << 3 | type << 1 | (isLast ? 1 : 0)
    return [UInt8(number & 255), UInt8(number >> 8 & 255), UInt8(number >> 16 & 255)]
  }

  static let raw = frame(header(type: 0, size: 5) + Array("hello".utf8))
  let frames: ZstdFrames

  init() throws { frames = try #require(ZstdFrames()) }

  @Test func `is unpacked, also after a damaged one`() {
    #expect(frames.unpacked(Self.raw) == Array("hello".utf8))
    #expect(frames.unpacked(Array(Self.raw.dropLast())) == nil)
    #expect(frames.unpacked(Self.raw) == Array("hello".utf8))
  }

  @Test func `of repeated bytes is unpacked`() {
    let frame = Self.frame(Self.header(type: 1, size: 900) + [0x78])
    #expect(frames.unpacked(frame) == Array(repeating: 0x78, count: 900))
  }

  @Test func `cut off anywhere is refused`() {
    for count in 0..<Self.raw.count {
      #expect(frames.unpacked(Array(Self.raw.prefix(count))) == nil)
    }
  }

  @Test func `followed by other bytes is refused, by another frame is not`() {
    #expect(frames.unpacked(Self.raw + [0]) == nil)
    #expect(frames.unpacked(Self.raw + Self.raw) == Array("hellohello".utf8))
  }

  @Test func `that states another size than it has is refused`() {
    // Single segment with a content size of 9 in one byte.
    let lie = ZstdFrames.magic + [0x20, 9] + Self.header(type: 0, size: 5) + Array("hello".utf8)
    #expect(frames.unpacked(lie) == nil)
  }

  @Test func `above the limit is refused, whatever it states`() {
    #expect(frames.unpacked(Self.raw, limit: 5) != nil)
    #expect(frames.unpacked(Self.raw, limit: 4) == nil)
    // 130 blocks of 128 KiB of one byte each: 17 MB from about 500 bytes.
    let block = Self.header(type: 1, size: 128 << 10, isLast: false) + [0]
    let bomb = Array(repeatElement(block, count: 130).joined())
    let end = Self.header(type: 0, size: 0)
    #expect(frames.unpacked(Self.frame(bomb + end, window: 0x38)) == nil)
  }

  @Test func `that asks for a window above 16 MiB is refused`() {
    let block = Self.header(type: 0, size: 5) + Array("hello".utf8)
    #expect(frames.unpacked(Self.frame(block, window: 14 << 3)) != nil)
    #expect(frames.unpacked(Self.frame(block, window: 15 << 3)) == nil)
  }

  @Test func `that needs a dictionary is refused`() {
    let frame = ZstdFrames.magic + [0x01, 0, 7] + Self.header(type: 0, size: 1) + [0x61]
    #expect(frames.unpacked(frame) == nil)
  }
}
