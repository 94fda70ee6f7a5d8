internal import ClewEvidence

/// Walks through a JSON file of any size and hands out the values at given paths one at a time.
///
/// ```swift
/// let reader = try JSONReader(source, paths: ["chats.list[].messages[]"])
/// while let unit = try reader.next() {
///   // unit.value or unit.fault, unit.offset, unit.bytes; unit.indices[0] is the chat
/// }
/// ```
///
/// Memory does not grow with the file: what no path asks for is passed over, and one value may have
/// ``TabularLimit/row`` bytes. A value that is no strict JSON comes with a fault and its bytes, and
/// reading goes on behind it. Text that belongs to no value, a list where a path wants an object, and
/// a file that breaks off come as units with a fault too, so that nothing is lost unseen. Everything
/// under a key that its object holds for the second time has a fault.
///
/// Where two paths fit, the one that leads deeper wins if the value is the list or object that it
/// needs: with `["", "[]"]` a list at the top is read element by element, anything else whole.
final class JSONReader {
  /// One value that a path asks for, or a stretch of the file that is none.
  struct Unit: Sendable {
    /// Which of the paths it stands at; `nil` for text that belongs to no value.
    let path: Int?
    /// Which document of the file it belongs to, from 0.
    let document: Int
    /// Its place, from 0, in each list on the way, the outermost first.
    let indices: [Int]
    /// Where it begins in the file.
    let offset: Int64
    /// The bytes as the file holds them; the beginning of a value that exceeds the limit.
    let bytes: [UInt8]
    /// The value, if it is one.
    let value: JSONValue?
    /// Why it cannot be read.
    let fault: String?
  }

  let paths: [JSONPath]
  let input: JSONInput
  var frames: [JSONFrame] = []
  /// The document at hand, from 0; -1 before the first.
  var document = -1
  /// Where commas and colons are missing or too many.
  private(set) var irregularities = 0
  private(set) var firstIrregularity: Int64 = 0
  private var hasReportedEnd = false

  /// Opens the staged copy.
  ///
  /// - Throws: ``ImportError`` when it cannot be read.
  convenience init(_ source: StagedSource, paths: [JSONPath]) throws {
    self.init(input: try JSONInput(source), paths: paths)
  }

  init(input: JSONInput, paths: [JSONPath]) {
    self.input = input
    self.paths = paths
  }

  /// What the log of decisions says of the file's structure; `nil` when it is sound.
  var structureNote: String? {
    irregularities == 0
      ? nil
      : "\(irregularities) commas or colons missing or too many, from byte \(firstIrregularity)"
  }

  /// The next value or fault, or `nil` at the end of the file.
  func next() throws -> Unit? {
    while true {
      guard let byte = try input.nextByte() else { return atEnd() }
      let unit: Unit?
      switch frames.last?.isObject {
      case .none: unit = try top(byte)
      case .some(true): unit = try member(byte)
      case .some(false): unit = try element(byte)
      }
      if let unit { return unit }
    }
  }

  private func top(_ byte: UInt8) throws -> Unit? {
    guard Self.beginsValue(byte) else { return try stray("text outside of any document") }
    document += 1
    return try value(byte, alive: Array(paths.indices), isRepeated: false)
  }

  private func element(_ byte: UInt8) throws -> Unit? {
    guard let last = frames.indices.last else { return nil }
    if byte == UInt8(ascii: ",") {
      if !frames[last].needsComma { note() }
      frames[last].needsComma = false
      input.consume(1)
      return nil
    }
    if let closing = try close(byte) { return closing.unit }
    guard Self.beginsValue(byte) else { return try stray("text between the values of a list") }
    if frames[last].needsComma { note() }
    frames[last].needsComma = true
    frames[last].count += 1
    return try value(byte, alive: frames[last].candidates, isRepeated: false)
  }

  private func member(_ byte: UInt8) throws -> Unit? {
    guard let last = frames.indices.last else { return nil }
    if byte == UInt8(ascii: ",") {
      if !frames[last].needsComma { note() }
      frames[last].needsComma = false
      input.consume(1)
      return nil
    }
    if let closing = try close(byte) { return closing.unit }
    guard byte == UInt8(ascii: "\"") else {
      return try stray("text between the members of an object")
    }
    if frames[last].needsComma { note() }
    let offset = input.offset
    let quoted = try input.takeValue(limit: TabularLimit.field)
    guard let key = try? JSONParser.string(quoted.bytes) else {
      frames[last].needsComma = true
      return unit(nil, offset, quoted.bytes, fault: "a key that cannot be read")
    }
    guard var next = try input.nextByte() else { return nil }
    if next == UInt8(ascii: ":") {
      input.consume(1)
      guard let first = try input.nextByte() else { return nil }
      next = first
    } else {
      note()
    }
    frames[last].needsComma = true
    guard Self.beginsValue(next) else {
      return unit(nil, offset, quoted.bytes, fault: "a key without a value")
    }
    let step = JSONPath.Step.key(Array(key.utf8))
    let alive = frames[last].candidates.filter { paths[$0].steps[last] == step }
    return try value(next, alive: alive, isRepeated: !frames[last].learn(key))
  }

  /// What came of a closing bracket.
  private struct Closing { let unit: Unit? }

  /// Takes a closing bracket; `nil` when the byte is none.
  private func close(_ byte: UInt8) throws -> Closing? {
    guard byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") else { return nil }
    let closesObject = byte == UInt8(ascii: "}")
    guard let place = frames.lastIndex(where: { $0.isObject == closesObject }) else {
      return Closing(unit: try stray("a bracket that closes nothing"))
    }
    let isSound = place == frames.count - 1
    frames.removeSubrange(place...)
    let offset = input.offset
    input.consume(1)
    if isSound { return Closing(unit: nil) }
    let reason = "a bracket closes more than its own list or object"
    return Closing(unit: unit(nil, offset, [byte], fault: reason))
  }

  /// Decides what becomes of the value that begins with `byte`.
  private func value(_ byte: UInt8, alive: [Int], isRepeated: Bool) throws -> Unit? {
    let depth = frames.count
    let exact = alive.first { paths[$0].steps.count == depth }
    let under = (frames.last?.isRepeated ?? false) || isRepeated
    let deeper = alive.filter { paths[$0].steps.count > depth }
    let isObject = byte == UInt8(ascii: "{")
    if isObject || byte == UInt8(ascii: "[") {
      let fitting = deeper.filter { index in
        if case .each = paths[index].steps[depth] { !isObject } else { isObject }
      }
      if !fitting.isEmpty {
        frames.append(JSONFrame(isObject: isObject, candidates: fitting, isRepeated: under))
        input.consume(1)
        return nil
      }
    }
    if exact == nil, deeper.isEmpty {
      try input.skipValue()
      return nil
    }
    let offset = input.offset
    let taken = try input.takeValue(limit: TabularLimit.row)
    let content = Result { () throws(JSONFault) in try JSONParser.parse(taken.bytes) }
    if exact == nil, case .success(.null) = content { return nil }
    let path = exact ?? deeper.first
    let fault: String? =
      switch content {
      case _ where taken.isCut: "the value exceeds \(TabularLimit.row) bytes; its beginning is kept"
      case _ where taken.isBrokenOff: "the file breaks off inside the value"
      case .failure(let fault): fault.description
      case _ where under: "it stands under a key that its object holds twice"
      case _ where exact == nil:
        "another kind of value than \(path.map { paths[$0].description } ?? "") needs"
      case .success: nil
      }
    return unit(path, offset, taken.bytes, value: try? content.get(), fault: fault)
  }

  /// Takes bytes that belong to no value.
  private func stray(_ reason: String) throws -> Unit {
    let offset = input.offset
    if let byte = try input.nextByte(), Self.beginsValue(byte) {
      return unit(nil, offset, try input.takeValue(limit: TabularLimit.row).bytes, fault: reason)
    }
    return unit(nil, offset, try input.takeMarks(brackets: frames.isEmpty), fault: reason)
  }

  private func atEnd() -> Unit? {
    guard !hasReportedEnd, !frames.isEmpty else { return nil }
    hasReportedEnd = true
    return unit(nil, input.offset, [], fault: "the file breaks off inside a list or object")
  }

  private func unit(
    _ path: Int?,
    _ offset: Int64,
    _ bytes: [UInt8],
    value: JSONValue? = nil,
    fault: String?
  ) -> Unit {
    Unit(
      path: path,
      document: max(document, 0),
      indices: frames.filter { !$0.isObject }.map { max($0.count - 1, 0) },
      offset: offset,
      bytes: input.sourceBytes(of: bytes),
      value: fault == nil ? value : nil,
      fault: fault
    )
  }

  private func note() {
    if irregularities == 0 { firstIrregularity = input.offset }
    irregularities += 1
  }

  private static func beginsValue(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ":"): false
    default: true
    }
  }
}

/// A list or object that the reader is inside of.
struct JSONFrame {
  let isObject: Bool
  /// The paths that lead through it.
  let candidates: [Int]
  /// Whether it stands under a key that its object holds twice.
  let isRepeated: Bool
  /// How many elements began so far.
  var count = 0
  var needsComma = false
  private var keys: Set<[UInt8]> = []

  init(isObject: Bool, candidates: [Int], isRepeated: Bool) {
    self.isObject = isObject
    self.candidates = candidates
    self.isRepeated = isRepeated
  }

  /// More keys than this in an object that is walked through are not compared.
  private static let keyLimit = 1 << 16

  /// Notes a key; `false` when the object held it already.
  mutating func learn(_ key: String) -> Bool {
    keys.count >= Self.keyLimit || keys.insert(Array(key.utf8)).inserted
  }
}
