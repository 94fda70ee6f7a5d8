/// Whether a text is built like records of personal data, whatever its labels are called.
///
/// An order names a target and little else; a delivery gives it back with what belongs to it. A
/// text counts as records when
/// - a line holds a target and at least three different pieces of data (two targets of one kind are
///   one piece: a list of phones is an order), or
/// - it holds a target and at least three labelled fields, `号码：…`, `【号码】…` or `号码 …` line by line.
struct RecordShape: Sendable {
  /// How many records the text holds; 0 when it is not built like any.
  private(set) var records = 0

  /// Labelled fields that make a record.
  private static let leastFields = 3
  /// Pieces of data that make a row.
  private static let leastPieces = 3
  private static let separators = Set("，,;；、/|｜\t 　".unicodeScalars)
  private static let labelEnds = Set(":：=】]".unicodeScalars)

  init(_ text: String, targets: [Target]) {
    guard targets.contains(where: { $0.kind != .code }), text.utf8.count >= 24 else { return }
    var rows = 0
    var labels: [String: Int] = [:]
    var kinds: Set<Target.Kind?> = []
    for line in text.split(whereSeparator: \.isNewline) {
      if Self.isRow(line) { rows += 1 }
      for (label, value) in Self.fields(of: line) {
        labels[label, default: 0] += 1
        kinds.insert(TargetScanner.scan(value).targets.first?.kind)
      }
    }
    // A list of names and numbers has many "labels" but one kind of value.
    let isLabelled = labels.count >= Self.leastFields && kinds.count >= 2
    // The label that comes most often heads the records of a list.
    records = max(rows, isLabelled ? labels.values.max() ?? 1 : 0)
  }

  private static func isRow(_ line: Substring) -> Bool {
    var kinds: Set<Target.Kind> = []
    var others = 0
    for piece in pieces(of: line) {
      let found = TargetScanner.scan(piece).targets
      if found.isEmpty {
        let digits = piece.utf8.count { $0 >= 0x30 && $0 <= 0x39 }
        if digits >= 2 || isAddress(piece.unicodeScalars) { others += 1 }
      } else {
        kinds.formUnion(found.map(\.kind))
      }
    }
    let isTargeted = kinds.contains { $0 != .code }
    return isTargeted && kinds.count + others >= leastPieces
  }

  /// The pieces between separators; a phone that is written 3-4-4 is one piece.
  private static func pieces(of line: Substring) -> [String] {
    let raw = line.unicodeScalars.split(whereSeparator: separators.contains).map(String.init)
    var pieces: [String] = []
    var index = 0
    while index < raw.count {
      let group = raw[index..<min(index + 3, raw.count)]
      let isPhone =
        group.map(\.utf8.count) == [3, 4, 4]
        && group.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
      pieces.append(isPhone ? group.joined() : raw[index])
      index += isPhone ? 3 : 1
    }
    return pieces
  }

  private static func isAddress(_ piece: String.UnicodeScalarView) -> Bool {
    let marks = piece.count { "省市县区镇路街巷号栋室村".unicodeScalars.contains($0) }
    return piece.count >= 6 && marks >= 2
  }

  /// The fields of a line: what follows a short Chinese word and a colon, an equals sign or a closing
  /// bracket; or one word and one value.
  private static func fields(of line: Substring) -> [(label: String, value: String)] {
    var fields: [(label: String, value: String)] = []
    var word = ""
    var value = ""
    for scalar in line.unicodeScalars {
      if labelEnds.contains(scalar), (2...6).contains(word.unicodeScalars.count) {
        if !fields.isEmpty { fields[fields.count - 1].value = String(value.dropLast(word.count)) }
        fields.append((word, ""))
        word = ""
        value = ""
        continue
      }
      value.unicodeScalars.append(scalar)
      if isHan(scalar) { word.unicodeScalars.append(scalar) } else { word = "" }
    }
    if !fields.isEmpty {
      fields[fields.count - 1].value = value
      return fields
    }
    let pieces = line.unicodeScalars.split { $0 == " " || $0 == "\t" || $0 == "　" }.map(String.init)
    guard pieces.count >= 2, (2...6).contains(pieces[0].unicodeScalars.count),
      pieces[0].unicodeScalars.allSatisfy(isHan)
    else { return [] }
    return [(pieces[0], pieces.dropFirst().joined(separator: " "))]
  }

  private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x4E00 && scalar.value <= 0x9FFF
  }
}
