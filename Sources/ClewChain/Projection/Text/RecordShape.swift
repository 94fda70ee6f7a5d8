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
    var fields = 0
    var labels: [String: Int] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      if Self.isRow(line) { rows += 1 }
      for label in Self.labels(of: line) {
        fields += 1
        labels[label, default: 0] += 1
      }
    }
    // The label that comes most often heads the records of a list.
    let labelled = fields >= Self.leastFields && labels.count >= 2 ? labels.values.max() ?? 1 : 0
    records = max(rows, labelled)
  }

  private static func isRow(_ line: Substring) -> Bool {
    var kinds: Set<Target.Kind> = []
    var others = 0
    for piece in line.unicodeScalars.split(whereSeparator: separators.contains) {
      let found = TargetScanner.scan(String(piece)).targets
      if found.isEmpty {
        let digits = piece.count { $0.value >= 0x30 && $0.value <= 0x39 }
        if digits >= 2 || isAddress(piece) { others += 1 }
      } else {
        kinds.formUnion(found.map(\.kind))
      }
    }
    let isTargeted = kinds.contains { $0 != .code }
    return isTargeted && kinds.count + others >= leastPieces
  }

  private static func isAddress(_ piece: Substring.UnicodeScalarView) -> Bool {
    let marks = piece.count { "省市县区镇路街巷号栋室村".unicodeScalars.contains($0) }
    return piece.count >= 6 && marks >= 2
  }

  /// The labels of a line: short Chinese words before a colon, an equals sign or a closing bracket,
  /// or one word and one value.
  private static func labels(of line: Substring) -> [String] {
    var labels: [String] = []
    var word = ""
    for scalar in line.unicodeScalars {
      if isHan(scalar) {
        word.unicodeScalars.append(scalar)
        continue
      }
      if labelEnds.contains(scalar), (2...6).contains(word.unicodeScalars.count) {
        labels.append(word)
      }
      word = ""
    }
    if labels.isEmpty {
      let pieces = line.unicodeScalars.split { $0 == " " || $0 == "\t" || $0 == "　" }
      if pieces.count >= 2, (2...6).contains(pieces[0].count), pieces[0].allSatisfy(isHan),
        pieces.count == 2 || pieces[1].contains(where: { $0.value >= 0x30 && $0.value <= 0x39 })
      {
        labels.append(String(pieces[0]))
      }
    }
    return labels
  }

  private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x4E00 && scalar.value <= 0x9FFF
  }
}
