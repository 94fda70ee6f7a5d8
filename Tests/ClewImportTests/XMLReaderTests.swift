import ClewEvidence
import Foundation
import Testing

@testable import ClewImport

/// An XML file as one line for each event.
private func events(_ bytes: [UInt8]) throws -> [String] {
  let staged = try StagedBytes(bytes, name: "test.xml")
  return try withExtendedLifetime(staged) {
    let reader = try XMLReader(staged.source)
    var lines: [String] = []
    while let event = try reader.next() {
      switch event {
      case .start(let start):
        let attributes = start.attributes.map { " \($0.name)=\($0.value)" }.joined()
        lines.append("<\(start.name)\(attributes)> at \(start.offset)")
      case .text(let text):
        let visible = text.filter { !$0.isWhitespace || $0 == "\t" }
        if !visible.isEmpty { lines.append(visible) }
      case .end(let end): lines.append("</\(end.name)> to \(end.offset)")
      }
    }
    return lines
  }
}

private func events(_ text: String) throws -> [String] { try events(Array(text.utf8)) }

/// Reads each `<u>` of a file as a unit that says its text.
private func units(_ bytes: [UInt8]) throws -> (sink: CollectingSink, count: Int64) {
  let staged = try StagedBytes(bytes, name: "test.xml")
  return try withExtendedLifetime(staged) {
    let sink = CollectingSink()
    let count = try XMLUnits.run(staged.source, into: sink) { units in
      while let event = try units.reader.next() {
        guard case .start(let start) = event, start.name == "u" else { continue }
        try units.read(start, as: "u") { element throws(RowFault) in
          if element.text == "bad" { throw RowFault("the text is bad") }
          return .accept([
            .contact(Contact(owner: nil, contact: Account(.name, element.text)))
          ])
        }
      }
    }
    #expect(count == sink.unitCount)
    return (sink, count)
  }
}

@Suite struct `A reader of XML` {
  @Test func `keeps a combining mark behind the colon of a name`() throws {
    // U+0BBE is a letter to XML and joins the colon to Swift's characters.
    let lines = try events("<n:\u{BBE}b/>")
    #expect(lines.first == "<\u{BBE}b> at 0")
  }

  @Test func `hands out elements, attributes and text with their places`() throws {
    let lines = try events(
      "<?xml version='1.0'?><a x='1 &amp; 2'><n:b>文<![CDATA[<]]></n:b><c/></a>"
    )
    #expect(
      lines == [
        "<a x=1 & 2> at 21", "<b> at 38", "文<", "</b> to 65", "<c> at 65", "</c> to 69",
        "</a> to 73",
      ]
    )
  }

  @Test(arguments: [TextEncoding.utf8, .gb18030, .utf16LittleEndian, .utf16BigEndian])
  func `reads the same in every encoding`(_ encoding: TextEncoding) throws {
    let declared = encoding == .gb18030 ? "GBK" : "utf-8"
    let text = "<?xml version=\"1.0\" encoding=\"\(declared)\"?><r><u>风筝</u><u>灯笼𠀀</u></r>"
    var bytes = try #require(encoding.bytes(of: text))
    if encoding == .utf16LittleEndian { bytes = [0xFF, 0xFE] + bytes }
    let (sink, _) = try units(bytes)
    #expect(sink.contacts.map(\.contact.value) == ["风筝", "灯笼𠀀"])
    #expect(sink.units.map(\.original) == [.text("<u>风筝</u>"), .text("<u>灯笼𠀀</u>")])
    // The place is one of the file, whatever its encoding.
    for unit in sink.units {
      let mark = try #require(encoding.bytes(of: "<u>"))
      let offset = try #require(unit.position.offset.map(Int.init))
      #expect(Array(bytes[offset..<(offset + mark.count)]) == mark)
    }
  }

  @Test func `skips a byte order mark and believes the bytes rather than the declaration`() throws {
    let text = "<?xml version=\"1.0\" encoding=\"utf-16\"?><r>文</r>"
    #expect(try events([0xEF, 0xBB, 0xBF] + Array(text.utf8)).contains("文"))
    #expect(try events(text).contains("文"))
  }

  @Test func `refuses an encoding that it does not read`() throws {
    #expect(throws: ImportError.self) {
      try events("<?xml version=\"1.0\" encoding=\"Big5\"?><r/>")
    }
    #expect(throws: ImportError.empty(path: "test.xml")) { try events("") }
  }

  @Test func `reads characters that XML forbids as blanks and says how many`() throws {
    let bytes = Array(
      "<r><u>a\u{1}b</u><u>c&#1;d&#x0B;e&#xFFFF;</u><u>\u{FFFE}f</u><u>\0g</u></r>".utf8
    )
    let (sink, _) = try units(bytes)
    #expect(sink.contacts.map(\.contact.value) == ["a\tb", "c\td\te\t", "\t\t\tf", "\tg"])
    #expect(sink.decisions["characters that XML forbids"] == "6, read as blanks")
    // The original keeps the character.
    #expect(sink.units.first?.original == .text("<u>a\u{1}b</u>"))
  }

  @Test func `joins a surrogate pair that is written as two references`() throws {
    let (sink, _) = try units(
      Array("<r><u>&#55357;&#56832;</u><u>&#xD83D;&#xDE00;</u><u>&#55357;</u></r>".utf8)
    )
    #expect(sink.contacts.map(\.contact.value) == ["😀", "😀", "\t"])
    #expect(sink.decisions["surrogate pairs written as references"] == "2, joined")
  }

  @Test func `leaves CDATA, comments and instructions as they are`() throws {
    let text =
      "<r><u><![CDATA[&#1; ]] ]]]]><![CDATA[&#55357;&#56832;]]></u><!-- &#1; <![CDATA[ --><?p &#2; ?><u>&#9;x</u></r>"
    let (sink, _) = try units(Array(text.utf8))
    #expect(sink.contacts.map(\.contact.value) == ["&#1; ]] ]]&#55357;&#56832;", "\tx"])
    #expect(sink.decisions["characters that XML forbids"] == nil)
  }

  @Test func `gives the same answer however the file is cut into pieces`() throws {
    let text = Array(
      "<r a='&#1;'><![CDATA[&#1;]]>&#55357;&#56832;\u{1}文𠀀<!--&#1;--><?p &#1;?>&#x1F;</r>".utf8
    )
    var whole = XMLScreen()
    let expected = whole.feed(text, isLast: true)
    #expect(expected.count == text.count)
    for cut in 0...text.count {
      var screen = XMLScreen()
      let pieces =
        screen.feed(Array(text[..<cut]), isLast: false)
        + screen.feed(Array(text[cut...]), isLast: true)
      #expect(pieces == expected)
      #expect(screen.forbidden == whole.forbidden && screen.joinedPairs == 1)
    }
    var bytewise = XMLScreen()
    let single =
      text.flatMap { bytewise.feed([$0], isLast: false) }
      + bytewise.feed([], isLast: true)
    #expect(single == expected)
  }

  @Test func `rejects a unit whose bytes are no text and reads the next`() throws {
    let bytes = Array("<r><u>a".utf8) + [0xFF] + Array("b</u><u>c</u><u>bad</u></r>".utf8)
    let (sink, count) = try units(bytes)
    #expect(count == 3)
    #expect(sink.contacts.map(\.contact.value) == ["c"])
    #expect(sink.reasons == ["some of its bytes are no text", "the text is bad"])
    #expect(sink.rejects.first?.bytes == Array("<u>a".utf8) + [0xFF] + Array("b</u>".utf8))
  }

  @Test func `keeps the units before the place where a file breaks off`() throws {
    let (sink, count) = try units(Array("<r><u>a</u>\n<u>b</u>\n<u>c".utf8))
    #expect(count == 3)
    #expect(sink.contacts.map(\.contact.value) == ["a", "b"])
    #expect(sink.rejects.count == 1)
    #expect(sink.rejects.first?.bytes == Array("<u>c".utf8))
    #expect(
      sink.reasons.first
        == "the XML ends at line 3 (no element found); nothing after it is read"
    )
  }

  @Test func `accounts for what stands behind a wrong tag`() throws {
    let (sink, count) = try units(Array("<r><u>a</u></wrong><u>b</u></r>".utf8))
    #expect(count == 2)
    #expect(sink.contacts.count == 1)
    #expect(sink.rejects.first?.bytes == Array("</wrong><u>b</u></r>".utf8))
    #expect(sink.reasons.first?.contains("mismatched tag") == true)
  }

  @Test func `refuses a file that breaks off before its first unit`() {
    #expect(throws: ImportError.self) { try units(Array("<r><x>".utf8)) }
    #expect(throws: ImportError.self) { try units(Array("no XML".utf8)) }
  }

  @Test func `refuses elements that lie too deep`() throws {
    let fits = String(repeating: "<a>", count: 64) + String(repeating: "</a>", count: 64)
    #expect(try events(fits).count == 128)
    #expect(
      throws: ImportError.limitExceeded(path: "test.xml", limit: "64 elements inside each other")
    ) {
      try events(String(repeating: "<a>", count: 65) + String(repeating: "</a>", count: 65))
    }
  }

  @Test func `refuses a tag without end and too many attributes`() {
    let many = (0...4096).map { " a\($0)=''" }.joined()
    #expect(
      throws: ImportError.limitExceeded(path: "test.xml", limit: "4096 attributes of an element")
    ) {
      try events("<r\(many)/>")
    }
    #expect(throws: ImportError.limitExceeded(path: "test.xml", limit: "33554432 bytes of one tag"))
    {
      try events("<r a='" + String(repeating: "x", count: 34 << 20) + "'/>")
    }
  }

  @Test func `rejects a unit that is too long, keeps its beginning and reads the next`() throws {
    let long = Array("<r><u>".utf8) + [UInt8](repeating: 0x78, count: 17 << 20)
    let (sink, count) = try units(long + Array("</u><u>y</u></r>".utf8))
    #expect(count == 2)
    #expect(sink.contacts.map(\.contact.value) == ["y"])
    #expect(sink.rejects.first?.bytes.count == 1 << 20)
    #expect(sink.rejects.first?.bytes.starts(with: "<u>xxx".utf8) == true)
    #expect(sink.units.first?.position.offset == Int64(long.count + 4))
  }

  @Test func `holds no more text than the unit at hand, however long the file is`() throws {
    let unit = "<u a='1'>" + String(repeating: "文", count: 300) + "</u>\n"
    let text = "<r>" + String(repeating: unit, count: 4000) + "<!-- -->\n" + "</r>"
    let staged = try StagedBytes(Array(text.utf8), name: "test.xml")
    try withExtendedLifetime(staged) {
      let sink = CollectingSink()
      var most = 0
      let count = try XMLUnits.run(staged.source, into: sink) { units in
        while let event = try units.reader.next() {
          guard case .start(let start) = event, start.name == "u" else { continue }
          try units.read(start) { _ in .skip("unit") }
          most = max(most, units.reader.heldCount)
        }
      }
      #expect(count == 4000)
      #expect(text.utf8.count > 3 << 20 && most < 1 << 20)
    }
  }

  @Test func `rejects a unit with an attribute that is too long, and reads the next`() throws {
    let long = Array("<r><u a='".utf8) + [UInt8](repeating: 0x78, count: 17 << 20)
    let (sink, count) = try units(long + Array("'>x</u><u>y</u></r>".utf8))
    #expect(count == 2)
    #expect(sink.contacts.map(\.contact.value) == ["y"])
    #expect(sink.rejects.first?.bytes.count == 1 << 20)
  }

  /// Each hides text or opens files in a parser that expands entities.
  static let attacks: [String] = [
    "<!DOCTYPE r SYSTEM \"file:///etc/passwd\"><r/>",
    "<!DOCTYPE r PUBLIC \"-//X//Y\" \"http://192.0.2.1/x.dtd\"><r/>",
    "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>",
    "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><r>&b;</r>",
    "<!DOCTYPE r [<!ENTITY % p SYSTEM \"http://192.0.2.1/x\"> %p;]><r/>",
    "<!DOCTYPE r [<!ENTITY long \"" + String(repeating: "x", count: 5000) + "\">]><r>&long;</r>",
    "<?xml version=\"1.0\" standalone=\"no\"?>\n<!DOCTYPE r><r/>",
    "<!-- c -->\n<!DOCTYPE\tr\n[\n]>\n<r/>",
    "<!DOCTYPE r [<!ATTLIST r x CDATA \"hidden\">]><r/>",
    "<!DOCTYPE r [<!ENTITY x \"&#60;u>y&#60;/u>\">]><r>&x;</r>",
    "<!DOCTYPE r [<!NOTATION n SYSTEM \"n\"><!ENTITY x SYSTEM \"x\" NDATA n>]><r/>",
    "\u{FEFF}<?xml version=\"1.0\"?><?p?><!DOCTYPE r [<!ELEMENT r ANY>]><r/>",
  ]

  @Test(arguments: attacks)
  func `refuses a document type before anything is expanded`(_ attack: String) throws {
    for bytes in [Array(attack.utf8), attack.utf16Bytes(littleEndian: true)] {
      do {
        _ = try events(bytes)
        Issue.record("it was read")
      } catch ImportError.malformed(_, _, let reason) {
        #expect(reason == "declares a document type or entities, which can hide content; refused")
      }
      let staged = try StagedBytes(bytes, name: "test.xml")
      #expect(XMLHead(staged.source)?.declaresType == true)
      #expect(FileSignature.reason(for: staged.source).contains("declares a document type"))
    }
  }

  @Test func `takes text that only speaks of document types`() throws {
    let text = "<r><u><![CDATA[<!DOCTYPE html><!ENTITY x>]]></u><u>&lt;!DOCTYPE</u></r>"
    let (sink, _) = try units(Array(text.utf8))
    #expect(sink.contacts.map(\.contact.value) == ["<!DOCTYPE html><!ENTITY x>", "<!DOCTYPE"])
  }

  @Test func `knows the first elements of a file, also of one that is longer`() throws {
    let staged = try StagedBytes(Array("<r x='1'><a/><b>".utf8), name: "test.xml")
    let head = try #require(XMLHead(staged.source))
    #expect(head.root?.name == "r" && head.root?.attribute("x") == "1")
    #expect(head.holds("b") && !head.holds("c"))
    #expect(XMLHead(try StagedBytes("a,b\n1,2\n").source) == nil)
  }
}
