internal import ClewChain

/// Takes victims' data out of text from evidence before anybody sees it.
///
/// Numbers with the shape of an identity number, phone, card, plate or code, and what follows a
/// label such as 姓名 or 地址, are replaced by the name of their kind. Nothing of the value remains,
/// so nothing can be joined or guessed back.
public enum Masking {
  /// The text without victims' data.
  public static func masked(_ text: String) -> String {
    maskNumbers(maskFields(text))
  }

  private static let labels = [
    "姓名", "名字", "车主", "机主", "户主", "地址", "住址", "户籍地", "收件人", "收货人", "寄件人", "配偶",
    "工作单位", "单位", "家长", "学生", "所有人", "乘客", "登记人", "开户人", "卡主", "联系人", "邮箱",
  ]

  /// Replaces what follows a label and a colon, up to the next separator.
  private static func maskFields(_ text: String) -> String {
    var out = ""
    var rest = text[...]
    while let (range, end) = nextField(in: rest) {
      out += rest[..<range] + "〔已隐去〕"
      rest = rest[end...]
    }
    return out + rest
  }

  private static func nextField(
    in text: Substring
  ) -> (start: String.Index, end: String.Index)? {
    var index = text.startIndex
    while index < text.endIndex {
      if let label = labels.first(where: { text[index...].hasPrefix($0) }) {
        var cursor = text.index(index, offsetBy: label.count)
        while cursor < text.endIndex, text[cursor] == " " { cursor = text.index(after: cursor) }
        if cursor < text.endIndex, text[cursor] == ":" || text[cursor] == "：" || text[cursor] == "=" {
          cursor = text.index(after: cursor)
          while cursor < text.endIndex, text[cursor] == " " { cursor = text.index(after: cursor) }
          let end = text[cursor...].firstIndex { $0.isNewline || "，,；;、 \t|".contains($0) }
            ?? text.endIndex
          if end > cursor { return (cursor, end) }
        }
      }
      index = text.index(after: index)
    }
    return nil
  }

  /// Replaces runs of letters and digits with at least six digits.
  private static func maskNumbers(_ text: String) -> String {
    var out = ""
    var run = ""
    for character in text {
      if character.isLetter && character.isASCII || character.isWholeNumber || "*＊".contains(character)
        || (!run.isEmpty && (character == "-" || character == "·"))
      {
        run.append(character)
      } else {
        out += replacement(run)
        run = ""
        out.append(character)
      }
    }
    return out + replacement(run)
  }

  private static func replacement(_ run: String) -> String {
    let digits = run.count { $0.isWholeNumber }
    if digits >= 15 { return "〔证件或卡号〕" }
    if digits >= 10 { return "〔号码〕" }
    if digits >= 4, run.count >= 5, run.contains(where: { $0.isLetter }) { return "〔编号〕" }
    return digits >= 6 ? "〔号码〕" : run
  }
}
