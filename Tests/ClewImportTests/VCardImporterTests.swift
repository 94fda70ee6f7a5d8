import ClewEvidence
import Testing

@testable import ClewImport

@Suite struct `An address book of cards` {
  /// Reads cards; the answer holds each accepted unit's items, split by kind.
  private func read(
    _ bytes: [UInt8]
  ) throws -> (cards: [[Contact]], links: [AccountLink], sink: CollectingSink, units: Int64) {
    let (sink, units) = try Staged().read(VCardImporter(), "book.vcf", bytes)
    #expect(units == sink.unitCount)
    let cards = sink.units.map { unit in
      unit.items.compactMap { if case .contact(let contact) = $0 { contact } else { nil } }
    }
    let links = sink.items.compactMap { if case .accountLink(let link) = $0 { link } else { nil } }
    return (cards, links, sink, units)
  }

  private func read(
    _ text: String
  ) throws -> (cards: [[Contact]], links: [AccountLink], sink: CollectingSink, units: Int64) {
    try read(Array(text.utf8))
  }

  @Test func `of version 2.1 joins soft breaks before decoding`() throws {
    let book = try read(fixture("vcard/p3_phone_v21.vcf"))
    #expect(book.units == 3)
    #expect(
      book.cards[0].map(\.contact) == [
        Account(.phone, "+8613800000001"), Account(.qq, "9990000001"),
      ]
    )
    #expect(book.cards[0].allSatisfy { $0.name == "泥鳅" && $0.owner == nil })
    #expect(book.cards[0].allSatisfy { $0.remark == "源头供货人泥鳅，只走微信转账，备注写演示名单" })
    #expect(
      book.cards[1].map(\.contact) == [
        Account(.phone, "+8613800000004"), Account(.qq, "9990000004"),
      ]
    )
    #expect(book.cards[1].first?.name == "纸船")
    // Raw GBK, as its CHARSET says; the same bytes are valid UTF-8 for other letters.
    #expect(book.cards[2].map(\.name) == ["石磨"])
    #expect(book.cards[2].map(\.contact) == [Account(.phone, "+8613800000005")])
    #expect(book.links.allSatisfy { $0.basis == .contactEntry })
    #expect(book.links.count == 2)
    guard case .bytes = book.sink.units[2].original else {
      Issue.record("GBK bytes were kept as text")
      return
    }
  }

  @Test func `keeps a combining mark behind an ASCII mark`() throws {
    let line = Array("IMPP;X-NOTE=\u{301}x:y".utf8)
    let property = try #require(VCardProperty(line))
    #expect(property.parameter("X-NOTE") == ["\u{301}X"])
    // With the mark it is no alias; without it, somebody else's.
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:灯笼\r\n"
    let book = try read(card + "IMPP:weixin:\u{301}denglong_demo\r\nEND:VCARD\r\n")
    #expect(book.cards.joined().allSatisfy { $0.contact != Account(.wechat, "denglong_demo") })
  }

  @Test func `tells its owner by the card that is called 本机`() throws {
    let staged = try Staged()
    func card(_ name: String, _ number: String) -> String {
      "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:\(name)\r\nTEL:\(number)\r\nEND:VCARD\r\n"
    }
    let text = card("灯笼", "13800000003") + card("本机", "13800000001")
    let own = try staged.read(VCardImporter(), "a.vcf", Array(text.utf8)).sink
    #expect(own.owner == Account(.phone, "+8613800000001"))
    #expect(own.contacts.map(\.nature) == [.friend, .own])
    let two = text + card("Me", "13800000002")
    #expect(try staged.read(VCardImporter(), "b.vcf", Array(two.utf8)).sink.owner == nil)
  }

  @Test func `of version 3.0 unfolds inside a character`() throws {
    let book = try read(fixture("vcard/p4_iphone_v30.vcf"))
    #expect(book.units == 2)
    #expect(
      book.cards[0].map(\.contact) == [
        Account(.phone, "+8613800000003"), Account(.phone, "+861090000003"),
        Account(.wechat, "denglong_demo"),
      ]
    )
    let note = try #require(book.cards[0].first?.remark)
    #expect(note.hasPrefix("卖家；收款支付宝 13800000003\n第二行："))
    #expect(note.utf8.split(separator: 0x0A).count == 2)
    #expect(book.cards[1].map(\.name) == ["风筝"])
    #expect(book.cards[1].map(\.contact) == [Account(.phone, "+8613800000002")])
  }

  @Test func `of version 4.0 reads addresses`() throws {
    let book = try read(fixture("vcard/v40_min.vcf"))
    #expect(book.units == 1)
    #expect(
      book.cards[0].map(\.contact) == [
        Account(.phone, "+8613800000003"), Account(.wechat, "denglong_demo"),
      ]
    )
  }

  @Test(arguments: ["\r\n", "\n", "\r"])
  func `reads the same with any line end`(lineEnd: String) throws {
    let lines = ["BEGIN:VCARD", "VERSION:3.0", "FN:甲", "TEL:13800000001", "END:VCARD", ""]
    let book = try read(lines.joined(separator: lineEnd))
    #expect(book.cards.map { $0.map(\.contact) } == [[Account(.phone, "+8613800000001")]])
  }

  @Test func `passes over photos, folded or not, in the card and in its original`() throws {
    let payload = String(repeating: "QUJD", count: 20)
    for photo in [
      "PHOTO;ENCODING=BASE64;JPEG:\(payload)\n \(payload)\n \(payload)\n",
      "PHOTO;ENCODING=b;TYPE=JPEG:\(payload)\n \(payload)\n",
      "PHOTO;BASE64:\n\(payload)\n\(payload)\n\n", "PHOTO:data:image/png;base64,\(payload)\n",
    ] {
      let book = try read("BEGIN:VCARD\nFN:甲\n\(photo)TEL:13800000001\nEND:VCARD\n")
      #expect(book.cards.map { $0.map(\.contact) } == [[Account(.phone, "+8613800000001")]])
      guard case .text(let original) = book.sink.units[0].original else { return }
      #expect(!original.contains("QUJD"))
      #expect(original.contains("TEL:13800000001"))
    }
  }

  @Test func `reads two numbers of one line`() throws {
    let book = try read("BEGIN:VCARD\nFN:甲\nTEL:13800000001/13800000002\nEND:VCARD\n")
    #expect(
      book.cards[0].map(\.contact) == [
        Account(.phone, "+8613800000001"), Account(.phone, "+8613800000002"),
      ]
    )
  }

  @Test func `takes undeclared GBK and refuses bytes of no encoding`() throws {
    let gbk: [UInt8] = [0xC4, 0xE0, 0xF6, 0xFA]
    let open = Array("BEGIN:VCARD\nFN:".utf8)
    let close = Array("\nTEL:13800000001\nEND:VCARD\n".utf8)
    #expect(try read(open + gbk + close).cards[0].map(\.name) == ["泥鳅"])
    let refused = try read(open + [0xFF, 0xFF] + close)
    #expect(refused.sink.rejects.count == 1)
    #expect(refused.sink.rejects[0].bytes == open + [0xFF, 0xFF] + close)
  }

  @Test func `refuses a card that does not end and keeps its bytes`() throws {
    let cut = "BEGIN:VCARD\r\nFN:甲\r\nTEL:13800000001\r\n"
    let book = try read(cut + "BEGIN:VCARD\r\nFN:乙\r\nTEL:13800000002\r\nEND:VCARD\r\n" + cut)
    #expect(book.units == 3)
    #expect(book.cards.count == 1)
    #expect(book.sink.rejects.map(\.bytes) == [Array(cut.utf8), Array(cut.utf8)])
    #expect(book.sink.rejects.map(\.position.row) == [1, 3])
  }

  @Test func `refuses what stands outside of cards`() throws {
    let book = try read("hello\nworld\nBEGIN:VCARD\nFN:甲\nEND:VCARD\n\n")
    #expect(book.units == 2)
    #expect(book.sink.rejects.map(\.bytes) == [Array("hello\nworld\n".utf8)])
    #expect(book.cards[0].map(\.contact) == [Account(.name, "甲")])
  }

  @Test func `does not let a soft break swallow the end of a card`() throws {
    let book = try read(
      "BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:=E7=94=B2=\nEND:VCARD\nBEGIN:VCARD\nFN:b\nEND:VCARD"
    )
    #expect(book.units == 2)
    #expect(book.cards.count == 2)
  }

  @Test func `bounds lines and properties`() throws {
    let long = String(repeating: "x", count: 1 << 21)
    let wide = String(repeating: "TEL:1\n", count: 5000)
    for body in [
      "NOTE:\(long)\n", wide, String(repeating: "NOTE:\(long.prefix(1 << 19))\n", count: 4),
    ] {
      let book = try read("BEGIN:VCARD\nFN:甲\n\(body)END:VCARD\nBEGIN:VCARD\nFN:乙\nEND:VCARD\n")
      #expect(book.sink.rejects.count == 1)
      #expect(book.cards.count == 1)
    }
  }
}
