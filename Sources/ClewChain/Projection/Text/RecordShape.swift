internal import ClewEvidence

/// Whether a text is built like records of personal data, whatever its labels are called.
///
/// An order names a target and little else; a delivery gives it back with what belongs to it. A
/// text counts as records when
/// - a line holds a target together with an address, a date or several other figures (a list of
///   numbers, of whatever kinds, is an order), or
/// - it holds a target and at least three labelled fields, `号码：…`, `【号码】…` or `号码 …` line by line.
struct RecordShape: Sendable {
  /// How many records the text holds; 0 when it is not built like any.
  private(set) var records = 0
  /// How many pieces stand beside a target in one line of separated values, such as
  /// `甲一，990000199101010014，4，无，79万`; 0 where no figure is among them.
  ///
  /// Talk has commas, too: only where the target had been asked for do the pieces tell of it.
  private(set) var besides = 0
  /// Whether an address stands beside the target.
  private(set) var holdsAddress = false
  /// Digests of the short words beside the target, names among them.
  private(set) var words: Set<UInt64> = []

  /// Labelled fields that make a record.
  private static let leastFields = 3
  /// Pieces that a row has at least.
  private static let leastPieces = 3
  private static let separators = Set("，,;；、/|｜\t 　".unicodeScalars)
  private static let questions = Set("?？吗呢".unicodeScalars)
  private static let labelEnds = Set(":：=】]".unicodeScalars)

  init(_ text: String, targets: [Target]) {
    guard targets.contains(where: { $0.kind != .code }) else { return }
    readWords(text)
    guard text.utf8.count >= 24 else { return }
    var rows = 0
    var labels: [String: Int] = [:]
    var labelsOf: [Target.Kind?: Set<String>] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      if Self.isRow(line) { rows += 1 }
      besides = max(besides, Self.besides(in: line))
      for (label, value) in Self.fields(of: line) {
        labels[label, default: 0] += 1
        labelsOf[TargetScanner.scan(value).targets.first?.kind, default: []].insert(label)
      }
    }
    // A list of names and numbers has many "labels" for one kind of number.
    let isList = [Target.Kind.identity, .plate, .card].contains { (labelsOf[$0]?.count ?? 0) > 1 }
    let isLabelled = labels.count >= Self.leastFields && labelsOf.count >= 2 && !isList
    // The label that comes most often heads the records of a list.
    records = max(rows, isLabelled ? labels.values.max() ?? 1 : 0)
  }

  private mutating func readWords(_ text: String) {
    for piece in text.unicodeScalars.split(whereSeparator: Self.isBetweenWords) {
      if (2...4).contains(piece.count), piece.allSatisfy(PersonalWords.isHan) {
        words.insert(
          piece.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1.value)) &* 0x100_0000_01b3 }
        )
      } else if !piece.contains("月"), PersonalWords.isAddress(piece) {
        // 3月12号东区 is a day.
        holdsAddress = true
      }
    }
  }

  private static func isBetweenWords(_ scalar: Unicode.Scalar) -> Bool {
    separators.contains(scalar) || labelEnds.contains(scalar) || scalar == "\n" || scalar == "\r"
      || scalar == "【" || scalar == "["
  }

  /// Whether a line holds a target together with an address, a date or several other figures.
  private static func isRow(_ line: Substring) -> Bool {
    var isTargeted = false
    var firm = 0
    var figures = 0
    let pieces = pieces(of: line)
    for piece in pieces {
      if TargetScanner.scan(piece).targets.contains(where: { $0.kind != .code }) {
        isTargeted = true
        continue
      }
      let digits = piece.utf8.count { $0 >= 0x30 && $0 <= 0x39 }
      if PersonalWords.isAddress(piece.unicodeScalars) || isDate(piece, digits: digits) {
        firm += 1
      } else if digits >= 2 {
        figures += 1
      }
    }
    guard isTargeted, pieces.count >= leastPieces else { return false }
    return firm >= 1 || (figures >= 2 && pieces.count > leastPieces)
  }

  /// The pieces beside the first target of a line, if the line is one of separated values.
  private static func besides(in line: Substring) -> Int {
    guard !line.unicodeScalars.contains(where: questions.contains) else { return 0 }
    let pieces = pieces(of: line)
    guard
      let target = pieces.firstIndex(where: {
        TargetScanner.scan($0).targets.contains { $0.kind != .code }
      }),
      pieces.indices.contains(where: { place in
        place != target && pieces[place].utf8.first.map { $0 >= 0x30 && $0 <= 0x39 } == true
      })
    else { return 0 }
    return pieces.count - 1
  }

  /// The pieces between separators; a phone, card or plate that is written in groups is one piece.
  private static func pieces(of line: Substring) -> [String] {
    let raw = line.unicodeScalars.split(whereSeparator: separators.contains).map(String.init)
    var pieces: [String] = []
    var index = 0
    while index < raw.count {
      let length = grouped(raw[index...])
      pieces.append(raw[index..<(index + length)].joined())
      index += length
    }
    return pieces
  }

  /// How many pieces at the beginning are the groups of one number; 1 when they are none.
  private static func grouped(_ raw: ArraySlice<String>) -> Int {
    let plate = raw.prefix(2).joined()
    if raw.count > 1, let lead = plate.unicodeScalars.first, NumberShape.isPlateLead(lead),
      raw.first?.unicodeScalars.count == 2, TargetScanner.scan(plate).targets.first?.kind == .plate
    {
      return 2
    }
    let groups = raw.prefix(5).prefix { piece in
      piece.utf8.count <= 4 && piece.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
    for length in stride(from: groups.count, to: 2, by: -1) {
      let digits = groups.prefix(length).reduce(0) { $0 + $1.utf8.count }
      if digits == 11 || digits == 18 || (16...19).contains(digits) { return length }
    }
    return 1
  }

  /// A date, a time or a year: four digits or more with the marks of one.
  private static func isDate(_ piece: String, digits: Int) -> Bool {
    digits >= 4 && piece.unicodeScalars.contains { "-./:年月日".unicodeScalars.contains($0) }
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
      if PersonalWords.isHan(scalar) { word.unicodeScalars.append(scalar) } else { word = "" }
    }
    if !fields.isEmpty {
      fields[fields.count - 1].value = value
      return fields
    }
    let pieces = line.unicodeScalars.split { $0 == " " || $0 == "\t" || $0 == "　" }.map(String.init)
    guard pieces.count >= 2, (2...6).contains(pieces[0].unicodeScalars.count),
      pieces[0].unicodeScalars.allSatisfy(PersonalWords.isHan)
    else { return [] }
    return [(pieces[0], pieces.dropFirst().joined(separator: " "))]
  }
}
