import ClewEvidence
import Foundation
import Testing

@testable import ClewImport

@Suite struct `A QQ MHT export` {
  static let address = "{DEMO0001-0000-0000-0000-000000000001}.dat"

  /// A file around rows and further parts.
  static func file(_ rows: String..., parts: String = "", end: String = "--B--\r\n") -> [UInt8] {
    let head = """
      From: <Save by Tencent MsgMgr>\r
      Content-Type:multipart/related;\r
      \tcharset="utf-8"\r
      \ttype="text/html";\r
      \tboundary="B"\r
      \r
      --B\r
      Content-Type: text/html\r
      Content-Transfer-Encoding:7bit\r
      \r

      """
    return Array(
      (head + "<html><table>" + rows.joined() + "</table></html>\r\n" + parts + end).utf8
    )
  }

  static func title(_ text: String) -> String { "<tr><td><div style=x>\(text)</div></td></tr>" }

  static func row(_ name: String, _ time: String, _ body: String) -> String {
    "<tr><td><div style=color:#006EFE;><div style=float:left;>\(name)</div>\(time)</div>"
      + "<div style=padding-left:20px;>\(body)</div></td></tr>"
  }

  static let opening = title("消息分组:我的QQ群") + title("消息对象:演示群(999000001)") + title("日期: 2024-03-01")

  @Test func `holds the three messages of the private chat and one image`() throws {
    let sink = try importing(try StagedBytes.fixture("qq/泥鳅.mht"), as: "qq-mht")
    #expect(sink.units.count == 3)
    #expect(sink.rules == ["image, read with the message that shows it"])
    #expect(sink.rejects.isEmpty)
    let messages = sink.messages
    #expect(messages.map(\.text) == ["在吗，有新料", "在，发个样本\n[图片]", "样本发你邮箱了"])
    #expect(messages.map { $0.from?.value.prefix(2) } == ["泥鳅", "风筝", "泥鳅"])
    #expect(messages.map(\.to) == [messages[1].from, messages[0].from, messages[1].from])
    #expect(messages.allSatisfy { $0.senderIsAssumed && $0.group == nil && $0.platform == "qq" })
    #expect(
      messages.map { $0.sentAt?.shanghai } == [
        "2024-03-01 09:58:07", "2024-03-01 09:58:40", "2024-03-01 09:59:30",
      ]
    )
    #expect(
      messages.map(\.file) == [
        nil,
        FileReference(
          name: Self.address,
          bytes: 75,
          digest: "md5:866dfcaa3e841d43d1efde318e2cb24e"
        ), nil,
      ]
    )
    #expect(sink.decisions["images"] == "1 in the file, 1 shown")
    #expect(sink.decisions["structure"] == nil)
  }

  @Test func `bears the names of the text export that begins with the same message`() throws {
    let rule = String(repeating: "=", count: 64)
    let text = """
      消息记录（此消息记录为文本格式，不支持重新导入）

      \(rule)
      消息分组:我的好友
      \(rule)
      消息对象:泥鳅
      \(rule)

      2024-03-01 9:58:07 泥鳅
      在吗，有新料

      2024-03-01 9:58:40 风筝
      在，发个样本

      """
    let plain = try importing(text, as: "qq-text").messages
    let mht = try importing(try StagedBytes.fixture("qq/泥鳅.mht"), as: "qq-mht").messages
    #expect(plain[0] == mht[0])
    #expect(plain[1].from == mht[1].from)
  }

  @Test func `resolves references, numbers and mail addresses in names`() throws {
    let sink = try importing(
      Self.file(
        Self.opening,
        Self.row("【群主】泥鳅(9990000001)", "11:02:15", "a&lt;b&gt;&amp;&#27877;&nbsp;c<br>d"),
        Self.row("风筝&lt;9990000002@qq.com&gt;", "下午 1:03:00", "<font color='0'>x</font>"),
        Self.row("系统消息(10000)", "13:04:00", "y")
      ),
      as: "qq-mht"
    )
    let messages = sink.messages
    #expect(messages.map(\.from) == [Account(.qq, "9990000001"), Account(.qq, "9990000002"), nil])
    #expect(messages[0].text == "a<b>&泥 c\nd")
    #expect(messages[1].sentAt?.shanghai == "2024-03-01 13:03:00")
    #expect(messages.allSatisfy { $0.group == Account(.qqGroup, "999000001") })
    #expect(sink.memberships.map(\.role) == ["owner", ""])
  }

  @Test func `threat I5: a text cannot pass for a row`() throws {
    let forged =
      "&lt;/div&gt;&lt;/td&gt;&lt;/tr&gt;日期: 2020-01-01<br>2024-03-01 9:00:00 某人(9990000009)"
    let sink = try importing(
      Self.file(
        Self.opening,
        Self.row("甲(9990000001)", "1:02:03", forged),
        Self.row("乙(9990000002)", "1:02:04", "x")
      ),
      as: "qq-mht"
    )
    #expect(sink.messages.count == 2)
    #expect(sink.messages[1].sentAt?.shanghai == "2024-03-01 01:02:04")
  }

  @Test func `refuses rows without date, time or sense, one by one`() throws {
    let sink = try importing(
      Self.file(
        Self.title("消息对象:甲"),
        Self.row("甲(9990000001)", "1:02:03", "x"),
        Self.title("日期: 2024-03-01"),
        Self.row("甲(9990000001)", "99:02:03", "x"),
        Self.title("闲话"),
        Self.row("甲(9990000001)", "1:02:03", "y")
      ),
      as: "qq-mht"
    )
    #expect(sink.messages.map(\.text) == ["y"])
    #expect(
      sink.reasons == [
        "no date before the row, or no time in it", "no date before the row, or no time in it",
        "a row that is no message",
      ]
    )
  }

  @Test func `tells images that are damaged, not shown or missing`() throws {
    let image =
      "--B\r\nContent-Type:image/png\r\nContent-Transfer-Encoding:base64\r\nContent-Location:"
    let parts = image + "a.dat\r\n\r\nAAEC\r\n" + image + "b.dat\r\n\r\nAA*EC\r\n"
    let sink = try importing(
      Self.file(
        Self.opening,
        Self.row("甲(9990000001)", "1:02:03", "<IMG src=\"c.dat\">"),
        parts: parts
      ),
      as: "qq-mht"
    )
    #expect(sink.messages.map(\.kind) == [.image])
    #expect(sink.messages.map(\.file) == [nil])
    #expect(sink.rules == ["image that no message shows"])
    #expect(sink.reasons == ["the image holds bytes that are no base64"])
    #expect(sink.decisions["images"] == "2 in the file, 0 shown, 1 missing")
  }

  @Test func `that breaks off says so`() throws {
    let bytes = Self.file(Self.opening, Self.row("甲(9990000001)", "1:02:03", "x"), end: "")
    #expect(try importing(bytes, as: "qq-mht").decisions["structure"] != nil)
    let cut = Array(bytes.dropLast("x</div></td></tr></table></html>\r\n".utf8.count))
    #expect(try importing(cut, as: "qq-mht").reasons == ["the file breaks off inside the row"])
  }

  @Test func `in quoted-printable reads the same`() throws {
    let plain = Self.file(Self.opening, Self.row("甲(9990000001)", "1:02:03", "样本"))
    let marks = "Content-Transfer-Encoding:7bit\r\n\r\n"
    let text = try #require(String(validating: plain, as: UTF8.self))
    let start = try #require(text.range(of: marks)).upperBound
    var body = ""
    for (count, byte) in text[start...].dropLast("\r\n--B--\r\n".count).utf8.enumerated() {
      body +=
        byte < 0x80 && byte != 0x3D
        ? String(Unicode.Scalar(byte)) : "=" + String(byte, radix: 16, uppercase: true)
      if count % 60 == 59 { body += "=\r\n" }
    }
    let quoted = text[..<start].replacing("7bit", with: "quoted-printable") + body + "\r\n--B--\r\n"
    let sink = try importing(String(quoted), as: "qq-mht")
    #expect(sink.items == (try importing(plain, as: "qq-mht").items))
  }

  @Test func `of several megabytes keeps every row`() throws {
    var rows = Self.opening
    let filler = String(repeating: "字", count: 300)
    for number in 0..<3000 {
      rows += Self.row(
        "甲(9990000001)",
        "1:\(10 + number / 60 % 50):\(10 + number % 50)",
        "\(number)\(filler)"
      )
    }
    let sink = try importing(Self.file(rows), as: "qq-mht")
    #expect(sink.messages.count == 3000)
    #expect(sink.messages.last?.text == "2999\(filler)")
    let bytes = Self.file(rows)
    for unit in [sink.units[0], sink.units[1500], sink.units[2999]] {
      guard case .text(let text) = unit.original, let offset = unit.position.offset else {
        Issue.record("no place")
        continue
      }
      #expect(bytes[Int(offset)...].starts(with: text.utf8))
    }
  }
}

@Suite struct `A MIME file` {
  /// The bodies of all parts.
  static func bodies(_ text: String) throws -> [String] {
    let staged = try StagedBytes(text)
    return try withExtendedLifetime(staged) {
      let reader = try MIMEReader(staged.source)
      var bodies: [String] = []
      while try reader.nextPart() != nil {
        var body: [UInt8] = []
        while let piece = try reader.nextPiece() { body += piece }
        bodies.append(String(validating: body, as: UTF8.self) ?? "?")
      }
      return bodies
    }
  }

  static let head = "Content-Type: multipart/related; boundary=B\n\n"

  @Test(arguments: [
    ("--B\n\na\n--B\n\nb\n--B--\n", ["a", "b"]), ("--B\r\n\r\na\r\n\r\n--B--", ["a\r\n"]),
    ("--B\n\n--B\n\nb\n--B--\n", ["", "b"]), ("--B\n\na--B\nb\n --B\n--B--\n", ["a--B\nb\n --B"]),
    ("--B\n\na\r", ["a\r"]), ("--B\n\n", [""]), ("--B", []), ("", []),
    ("--B\nContent-Transfer-Encoding: base64\n\nYWJj\nZGU=\n--B--", ["abcde"]),
    ("--B\nContent-Transfer-Encoding: quoted-printable\n\na=3D=\nb=C3=A9=zz\n--B--", ["a=bé=zz"]),
    ("noise\n--B\n\na\n--B--\nmore noise\n", ["a"]),
  ])
  func `is cut at its boundaries and nowhere else`(text: String, bodies: [String]) throws {
    #expect(try Self.bodies(Self.head + text) == bodies)
  }

  @Test(arguments: (1 << 20) - 8...(1 << 20) + 8)
  func `is cut where a boundary lies across the border of two windows`(length: Int) throws {
    let filler = String(repeating: "x", count: length - Self.head.utf8.count)
    let text = Self.head + "--B\n\n" + filler + "\r\n--B\n\nb\r\n--B--\r\n"
    #expect(try Self.bodies(text) == [filler, "b"])
  }

  @Test func `without a boundary is refused`() throws {
    #expect(throws: ImportError.self) { try Self.bodies("Content-Type: text/html\n\n<html>") }
  }
}
