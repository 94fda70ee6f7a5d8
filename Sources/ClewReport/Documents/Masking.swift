internal import ClewChain

/// Takes victims' data out of text from evidence before anybody sees it.
///
/// Numbers with the shape of an identity number, phone, card, plate or code, and what follows a
/// label such as 姓名 or 地址, are replaced by the name of their kind. Nothing of the value remains,
/// so nothing can be joined or guessed back.
public enum Masking {
  /// The text without victims' data.
  public static func masked(_ text: String) -> String {
    maskNumbers(maskAddresses(maskFields(text)))
  }

  private static let labels = [
    "姓名", "名字", "车主", "机主", "户主", "地址", "住址", "户籍地", "收件人", "收货人", "寄件人", "配偶",
    "工作单位", "单位", "家长", "学生", "所有人", "乘客", "登记人", "开户人", "卡主", "联系人", "邮箱",
    "身份证", "身份证号", "证件", "证件号", "电话", "手机", "卡号", "账号", "户名", "位置", "经纬度",
    "联系电话", "手机号", "证件号码", "预留手机", "开户行",
  ]

  /// What may stand between a label and its value.
  private static let colons: Set<Character> = [":", "：", "=", "＝", "】", "]", "﹕", "∶", "\t"]

  /// What ends a value.
  private static let ends: Set<Character> = [
    "，", ",", "；", ";", "、", " ", "\t", "|", "\n", "\r\n", "\r", "\u{3000}", "\u{2028}",
  ]

  /// Replaces parts that read like a street address: a way and a number of house or flat.
  private static func maskAddresses(_ text: String) -> String {
    var out = ""
    var part = ""
    func masked(_ part: String) -> String {
      let hasWay = part.contains { "路街道巷弄村栋幢".contains($0) }
      let hasNumber = zip(part, part.dropFirst()).contains {
        $0.isWholeNumber && "号栋幢室弄".contains($1)
      }
      return hasWay && hasNumber ? "〔地址〕" : part
    }
    for character in text {
      if ends.contains(character) || colons.contains(character) {
        out += masked(part)
        out.append(character)
        part = ""
      } else {
        part.append(character)
      }
    }
    return out + masked(part)
  }

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
      // At the beginning of a part a space is enough between label and value.
      let before = index == text.base.startIndex ? " " : text.base[text.base.index(before: index)]
      let stands = ends.contains(before)
      if let label = longestLabel(at: text[index...]) {
        var cursor = text.index(index, offsetBy: label.count)
        while cursor < text.endIndex, text[cursor] == " " { cursor = text.index(after: cursor) }
        let isSpaced = stands && text[text.index(before: cursor)] == " "
        if cursor < text.endIndex, isSpaced || colons.contains(text[cursor]) {
          while cursor < text.endIndex, text[cursor] == " " || colons.contains(text[cursor]) {
            cursor = text.index(after: cursor)
          }
          let end =
            text[cursor...].firstIndex { ends.contains($0) }
            ?? text.endIndex
          if end > cursor { return (cursor, end) }
        }
      }
      index = text.index(after: index)
    }
    return nil
  }

  private static func longestLabel(at text: Substring) -> String? {
    guard let first = text.first, beginnings.contains(first) else { return nil }
    return labels.filter { text.hasPrefix($0) }.max { $0.count < $1.count }
  }

  private static let beginnings = Set(labels.compactMap(\.first))

  /// Replaces numbers: runs of letters and digits, also where signs that nobody sees, or single
  /// separators, stand between the digits.
  private static func maskNumbers(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var out = ""
    var place = 0
    while place < scalars.count {
      guard isWord(scalars[place]) else {
        out.unicodeScalars.append(scalars[place])
        place += 1
        continue
      }
      if let end = endOfMoment(in: scalars, from: place) {
        out.unicodeScalars.append(contentsOf: scalars[place..<end])
        place = end
        continue
      }
      // The longest chain of groups, such as 138 0000 1234, first; then the single group.
      let chain = end(of: scalars, from: place, joins: true)
      if digits(in: scalars[place..<chain]) >= 10 {
        out += replacement(scalars[place..<chain])
        place = chain
      } else {
        let word = end(of: scalars, from: place, joins: false)
        out += replacement(scalars[place..<word])
        place = word
      }
    }
    return out
  }

  private static func end(
    of scalars: [Unicode.Scalar],
    from start: Int,
    joins: Bool
  ) -> Int {
    var end = start
    var wasDigit = false
    while end < scalars.count {
      let scalar = scalars[end]
      if isWord(scalar) {
        wasDigit = isDigit(scalar)
      } else if isUnseen(scalar) || "-·".unicodeScalars.contains(scalar) {
        // Part of the run.
      } else if joins, wasDigit, separators.contains(scalar), end + 1 < scalars.count,
        isDigit(scalars[end + 1])
      {
        // One separator between two digits.
      } else {
        break
      }
      end += 1
    }
    while end > start, !isWord(scalars[end - 1]), !isUnseen(scalars[end - 1]) { end -= 1 }
    return max(end, start + 1)
  }

  private static let separators: Set<Unicode.Scalar> = [
    " ", "\u{A0}", "\u{3000}", "\u{2009}", "\u{202F}", ".", "．", "_", "－", "–", "—", "•", "\t",
  ]

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.properties.isAlphabetic || isDigit(scalar) || scalar == "*" }
    return isDigit(scalar) || scalar == "＊"
      || (0xFF21...0xFF5A).contains(scalar.value)
        && scalar.properties.isAlphabetic
  }

  /// Digits of any script, full-width ones, 一二三 and the like.
  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return (0x30...0x39).contains(scalar.value) }
    return scalar == "幺" || Character(scalar).isWholeNumber
  }

  /// Marks that join a digit or cannot be seen: zero-width signs, variation selectors, key caps.
  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return false }
    return scalar.properties.isDefaultIgnorableCodePoint
      || scalar.properties.generalCategory == .nonspacingMark
      || scalar.properties.generalCategory == .enclosingMark
      || scalar.properties.generalCategory == .format
  }

  private static func digits(in run: ArraySlice<Unicode.Scalar>) -> Int {
    run.count(where: isDigit)
  }

  private static func replacement(_ run: ArraySlice<Unicode.Scalar>) -> String {
    let digits = digits(in: run)
    if digits >= 15 { return "〔证件或卡号〕" }
    if digits >= 10 { return "〔号码〕" }
    let hasLetter = run.contains { isWord($0) && !isDigit($0) && $0 != "*" && $0 != "＊" }
    if digits >= 4, run.count >= 5, hasLetter { return "〔编号〕" }
    if digits >= 6 { return "〔号码〕" }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: run)
    return String(text)
  }
}
