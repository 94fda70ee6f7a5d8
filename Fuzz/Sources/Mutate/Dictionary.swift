/// What the formats are made of, and what breaks readers of them.
enum Dictionary {
  /// Numbers at and beyond the limits of integers and floats.
  static let numbers: [[UInt8]] = [
    "0", "-1", "127", "128", "255", "256", "32768", "65536", "2147483647", "2147483648",
    "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "18446744073709551616", "1e309", "-1e400", "1.38E+10", "NaN", "inf", "0x7F", "-0", "00", "1.",
    ".5", "1,234.56", "99999999999999999999999999999999999999999999999999999999999999999999999999",
    "253402300800", "-62135596801", "1709640000000000000", "2024-02-30 24:61:61",
  ].map { Array($0.utf8) }

  private static let text = [
    ",", ";", "\t", "|", ":", "=", "\r", "\n", "\r\n", "\n\n", "\"", "\"\"", "'", "`", "\\", "\\n",
    "\\u0000", "\\uD800", "(", ")", "[", "]", "{", "}", "<", ">", "&", "@", "#", "%", "$", "*", "~",
    "-", "--", "_", "/", " ", "\0", "\u{FEFF}", "\u{301}", "\u{200B}", "\u{202E}", "\u{2028}",
    "\u{3000}", "\u{FF1A}", "\u{FFE5}", "\u{1F600}", "null", "true", "{}", "[]", "[[", "{\"a\":",
    "<a>", "</a>", "<a/>", "<a b='c'>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0'?>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&amp;", "&#0;", "&#x10FFFF;", "&b;", "xmlns:a='b'",
    "Content-Type: text/html", "Content-Transfer-Encoding: base64", "Content-Location: a.dat",
    "boundary=\"a\"", "------=_NextPart", "=?UTF-8?B?5ryU?=", "=E6=BC", "=\r\n", "AAAA====",
    "BEGIN:VCARD", "END:VCARD", "VERSION:2.1", "ENCODING=QUOTED-PRINTABLE:", "CHARSET=GBK:",
    "TEL:", "ITEM1.", "13800000001", "+8613800000001", "wxid_demo", "9990000001@qq.com",
    "2024-03-05 20:00:00", "1709640000", "\u{5143}", "\u{4E07}", "digraph", "subgraph", "--[", "->",
    "*Vertices 3", "*Edges", "%%MatrixMarket matrix coordinate real general", "PAR1",
    "PK\u{3}\u{4}",
  ].map { Array($0.utf8) }

  private static let bytes: [[UInt8]] = [
    [0xFF], [0xFE], [0xFF, 0xFE], [0xFE, 0xFF], [0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x81],
    [0x81, 0x30, 0x81, 0x30], [0xB1, 0xE0], [0xF4, 0x90, 0x80, 0x80], [0, 0, 0, 0],
    [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0],
    [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0x28, 0xB5, 0x2F, 0xFD],
    [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x1F, 0x8B, 0x08],
  ]

  /// Marks that nest or repeat, many times.
  private static let long: [[UInt8]] = [
    "[", "{\"a\":", "<a>", "\"", "9", "(", ",", "\n", "A=", "\u{301}",
  ]
  .map { Array(String(repeating: $0, count: 600).utf8) }

  /// All tokens.
  static let tokens = text + numbers + bytes + long
}
