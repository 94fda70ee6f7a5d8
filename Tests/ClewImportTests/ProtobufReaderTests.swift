@testable import ClewImport
import Testing

@Suite struct `A protobuf message` {
  private func fields(_ bytes: [UInt8]) -> [ProtobufReader.Field]? {
    ProtobufReader.fields(of: bytes[...])
  }

  @Test func `without bytes has no fields`() {
    #expect(fields([]) == [])
  }

  @Test func `holds numbers, fixed numbers and bytes`() throws {
    // Field 1 = 150, field 2 = "abc", field 3 = eight bytes, field 4 = four bytes.
    let all = try #require(
      fields([
        0x08, 0x96, 0x01, 0x12, 3, 0x61, 0x62, 0x63, 0x19, 1, 0, 0, 0, 0, 0, 0, 2,
        0x25, 0x78, 0x56, 0x34, 0x12,
      ])
    )
    #expect(all.map(\.number) == [1, 2, 3, 4])
    #expect(all[0].varint == 150)
    #expect(all[1].text == "abc")
    #expect(all[1].varint == nil)
    #expect(all[2].value == .fixed64(0x0200_0000_0000_0001))
    #expect(all[3].value == .fixed32(0x1234_5678))
    #expect(all[0].bytes == nil)
  }

  @Test func `has field numbers of several bytes`() throws {
    // 48000 << 3 | 0 = 384000 = 0x5DC00, in groups of seven bits 0x00, 0x38, 0x17.
    let all = try #require(fields([0x80, 0xB8, 0x17, 0x01]))
    #expect(all.map(\.number) == [48000])
  }

  @Test func `holds numbers of 64 bits`() throws {
    let most: [UInt8] = [0x08] + Array(repeating: 0xFF, count: 9) + [0x01]
    #expect(try #require(fields(most)).first?.varint == UInt64.max)
  }

  @Test func `keeps bytes that are no text`() throws {
    let field = try #require(fields([0x0A, 2, 0xFF, 0xFE])?.first)
    #expect(field.text == nil)
    #expect(field.bytes == [0xFF, 0xFE])
  }

  @Test func `is read inside another by a second reader`() throws {
    let outer = try #require(fields([0x0A, 2, 0x10, 0x07])?.first?.bytes)
    var inner = ProtobufReader(outer)
    #expect(try inner.next()?.varint == 7)
    #expect(try inner.next() == nil)
  }

  @Test(
    arguments: [
      [0x00, 0x01],  // field number 0
      [0x08],  // no number behind the tag
      [0x08, 0x80],  // a number that is cut off
      [0x0A, 5, 0x61],  // a length beyond the end
      [0x0A] + Array(repeating: 0xFF, count: 9) + [0x01],  // a length of 2^64 - 1
      [0x08] + Array(repeating: 0xFF, count: 9) + [0x02],  // 65 bits
      [0x08] + Array(repeating: 0x80, count: 10) + [0x00],  // eleven bytes
      [0x19, 1, 2, 3],  // a fixed number that is cut off
      [0x25, 1],
      [0x0B, 0x0C],  // groups
      [0x0E], [0x0F],  // wire types that there are not
      [0xF8, 0xFF, 0xFF, 0xFF, 0x7F, 0x00],  // a field number beyond 2^29 - 1
    ] as [[UInt8]]
  )
  func `that is none is refused`(bytes: [UInt8]) {
    #expect(fields(bytes) == nil)
  }

  @Test func `cut off anywhere either ends between fields or is refused`() {
    let whole: [UInt8] = [0x08, 0x96, 0x01, 0x12, 3, 0x61, 0x62, 0x63]
    for count in 0...whole.count {
      #expect((fields(Array(whole.prefix(count))) != nil) == [0, 3, 8].contains(count))
    }
  }
}
