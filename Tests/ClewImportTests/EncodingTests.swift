import ClewEvidence
import ClewTestSupport
import Foundation
import Glibc
import Testing

@testable import ClewImport

@Suite struct `Encodings` {
  static let simplified = "时间,付款人,收款人,备注\n2024-03-01,泥鳅,风筝,名单的货款请查收谢谢\n"
  static let traditional = "時間,付款人,收款人,備註\n2024-03-01,泥鰍,風箏,名單的貨款請查收謝謝\n"

  /// The text as the GNU C library encodes it.
  private static func encoded(_ text: String, _ name: String) throws -> [UInt8] {
    try converted(Array(text.utf8), to: name, from: "UTF-8")
  }

  private static func converted(_ bytes: [UInt8], to: String, from: String) throws -> [UInt8] {
    try #require(tryConverted(bytes, to: to, from: from))
  }

  /// `nil` when the bytes are none of the encoding.
  private static func tryConverted(_ bytes: [UInt8], to: String, from: String) -> [UInt8]? {
    guard let handle = unsafe iconv_open(to, from), unsafe handle != iconv_t(bitPattern: -1) else {
      return nil
    }
    defer { unsafe iconv_close(handle) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
    var (inLeft, outLeft) = (input.count, output.count)
    let code = unsafe input.withUnsafeMutableBufferPointer { from in
      unsafe output.withUnsafeMutableBufferPointer { into in
        var (source, target) = (from.baseAddress, into.baseAddress)
        return unsafe iconv(handle, &source, &inLeft, &target, &outLeft)
      }
    }
    guard code != -1, inLeft == 0 else { return nil }
    return output.prefix(output.count - outLeft).map { UInt8(bitPattern: $0) }
  }

  private func best(_ bytes: [UInt8]) -> TextEncoding? {
    TextChoice(head: bytes, isWhole: true).scores.first?.encoding
  }

  @Test func `are told apart by what they show`() throws {
    #expect(best(Array(Self.simplified.utf8)) == .utf8)
    #expect(best(Array("a,b\n1,2\n".utf8)) == .utf8)
    #expect(best(try Self.encoded(Self.simplified, "GB18030")) == .gb18030)
    #expect(best(try Self.encoded(Self.traditional, "BIG5")) == .big5)
    #expect(best(Self.simplified.utf16Bytes(littleEndian: true)) == .utf16LittleEndian)
    #expect(best(Self.simplified.utf16Bytes(littleEndian: false)) == .utf16BigEndian)
    #expect(
      best(Array(Self.simplified.utf16Bytes(littleEndian: true).dropFirst(2))) == .utf16LittleEndian
    )
    #expect(
      best(Array(Self.simplified.utf16Bytes(littleEndian: false).dropFirst(2))) == .utf16BigEndian
    )
  }

  @Test func `are damaged in UTF-8 where strict decoding says so`() {
    let bytes: [UInt8] = [0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]
    var wrong: [[UInt8]] = []
    for lead in UInt8(0x80)...0xFF {
      for second in bytes {
        for third in bytes {
          for fourth in bytes {
            let all = [lead, second, third, fourth]
            let length = (2...4).first { String(validating: all[..<$0], as: UTF8.self) != nil }
            // The first code alone, or a byte that begins none.
            let code = Array(all[..<(length ?? 1)])
            if TextScore.damage(ofUTF8: code) != (length == nil ? 1 : 0) { wrong.append(all) }
          }
        }
      }
    }
    #expect(wrong.isEmpty)
  }

  /// Words of two characters whose bytes in GBK look like UTF-8 to a careless reader.
  @Test(arguments: ["联通", "移动联通", "袁", "力挺联通", "联", "通联支付"])
  func `of short words that look like UTF-8 are not confused`(word: String) throws {
    let bytes = try Self.encoded(word, "GB18030")
    if TextScore.isUTF8(bytes) { return }
    var decoder = TextDecoder(.gb18030)
    let unit = decoder.unitEncoding(of: bytes)
    #expect(unit.flatMap { TextDecoder.text(bytes, $0) } == word)
    var other = TextDecoder(.utf8)
    let found = other.unitEncoding(of: bytes)
    #expect(found == .gb18030 || found == nil)
    if let found { #expect(TextDecoder.text(bytes, found) == word) }
    var utf8 = TextDecoder(.gb18030)
    let plain = Array(word.utf8)
    #expect(utf8.unitEncoding(of: plain).flatMap { TextDecoder.text(plain, $0) } == word)
  }

  @Test(arguments: ["GB18030", "BIG5", "UTF-8"])
  func `never show text that is not there, wherever the bytes are cut`(name: String) throws {
    let whole = name == "BIG5" ? Self.traditional : Self.simplified
    let bytes = try Self.encoded(whole, name)
    let encoding = try #require(TextEncoding(named: name))
    for length in 0...bytes.count {
      let cut = Array(bytes.prefix(length))
      var decoder = TextDecoder(encoding)
      if let unit = decoder.unitEncoding(of: cut), let text = TextDecoder.text(cut, unit) {
        #expect(whole.unicodeScalars.starts(with: text.unicodeScalars), "\(length)")
      }
      _ = TextChoice(head: cut, isWhole: length == bytes.count)
    }
  }

  @Test func `of Big5 agree with the C library on every code that both know`() throws {
    var (agreed, differing) = (0, 0)
    for lead in UInt8(0xA1)...0xF9 {
      for trail in Array(UInt8(0x40)...0x7E) + Array(UInt8(0xA1)...0xFE) {
        guard let theirs = Self.tryConverted([lead, trail], to: "UTF-8", from: "BIG5"),
          let ours = Big5.decode([lead, trail])
        else { continue }
        if Array(ours.utf8) == theirs { agreed += 1 } else { differing += 1 }
      }
    }
    // The 13 053 characters of the standard; the tables differ in a few dozen symbols.
    #expect(agreed > 13_000)
    #expect(differing < 60)
    for text in [Self.traditional, "中文繁體字：電話號碼、銀行帳號"] {
      #expect(Big5.decode(try Self.encoded(text, "BIG5")) == text)
      #expect(Big5.encode(text) == (try Self.encoded(text, "BIG5")))
    }
  }

  @Test func `of GB18030 agree with the C library`() throws {
    var generator = SplitMix64(seed: 8)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        UInt8.random(in: 0x30...0xFE, using: &generator)
      }
      guard let theirs = Self.tryConverted(bytes, to: "UTF-8", from: "GB18030"),
        let text = String(validating: theirs, as: UTF8.self),
        // Newer editions of the standard moved characters out of the private area.
        !text.unicodeScalars.contains(where: { (0xE000...0xF8FF).contains($0.value) })
      else { continue }
      if let ours = GB18030.decode(bytes), ours != text {
        #expect(
          ours.unicodeScalars.contains {
            (0xE000...0xF8FF).contains($0.value) || $0.value >= 0x9FA6
          }
        )
      }
    }
  }

  @Test func `mixed in one file are decoded row by row and counted`() throws {
    let header = Array("owner,contact,name,remark\n".utf8)
    func row(_ number: Int, _ text: [UInt8]) -> [UInt8] {
      Array("qq:9990000001,qq:999000000\(number),".utf8) + text + [0x2C, 0x0A]
    }
    let big5 = try Self.encoded("風箏貨源", "BIG5")
    let gb = try Self.encoded("泥鳅货源", "GB18030")
    let bytes =
      header + row(2, Array("灯笼".utf8)) + row(3, Array("纸船".utf8)) + row(4, Array("石磨".utf8))
      + row(5, gb) + row(6, big5) + row(7, [0xFF, 0xFF, 0xFE])
    let sink = try importing(bytes, as: "canonical-contacts")
    #expect(sink.contacts.map(\.name) == ["灯笼", "纸船", "石磨", "泥鳅货源", "風箏貨源"])
    #expect(sink.reasons == ["the bytes are neither UTF-8 nor GB18030"])
    #expect(
      sink.decisions["encoding"]
        == "UTF-8, 1 units in GB18030, 1 units in Big5, 1 units in none of the encodings"
    )
    #expect(sink.rejects.first?.bytes.suffix(4).elementsEqual([0xFF, 0xFF, 0xFE, 0x2C]) == true)
  }

  @Test func `of a rare name are not guessed`() throws {
    // 珺 in GBK is AC42, which is also a frequent character of Big5.
    let name = try Self.encoded("珺", "GB18030")
    #expect(name == [0xAC, 0x42])
    var decoder = TextDecoder(.utf8)
    #expect(decoder.unitEncoding(of: name) == nil)
    var inGB = TextDecoder(.gb18030)
    let unit = inGB.unitEncoding(of: name)
    #expect(unit.flatMap { TextDecoder.text(name, $0) } == "珺")
  }

  @Test func `of a whole table in Big5 are found where the header is ASCII`() throws {
    let rows = ["風箏貨源", "燈籠的朋友", "紙船老闆", "電話號碼"].enumerated().map {
      "qq:9990000001,qq:999000000\($0.offset),\($0.element),\n"
    }
    let bytes =
      Array("owner,contact,name,remark\n".utf8) + (try Self.encoded(rows.joined(), "BIG5"))
    let sink = try importing(bytes, as: "canonical-contacts")
    #expect(sink.contacts.map(\.name) == ["風箏貨源", "燈籠的朋友", "紙船老闆", "電話號碼"])
    #expect(sink.decisions["encoding"] == "Big5")
  }

  @Test func `that the user states are used`() throws {
    let bytes =
      Array("owner,contact,name,remark\n".utf8)
      + Array("qq:9990000001,qq:9990000002,".utf8) + (try Self.encoded("風箏", "BIG5")) + [
        0x2C, 0x0A,
      ]
    let sink = try TextDecision.$stated.withValue(.big5) {
      try importing(bytes, as: "canonical-contacts")
    }
    #expect(sink.contacts.map(\.name) == ["風箏"])
    #expect(sink.decisions["encoding"] == "Big5")
    #expect(TextEncoding(named: "gbk") == .gb18030)
    #expect(TextEncoding(named: "latin1") == nil)
  }
}
