internal import ClewEvidence

/// Hands the units of one XML file to a sink: the part that all importers of XML share.
///
/// An importer walks the file with ``reader`` and calls ``read(_:as:_:)`` for each element that is a
/// unit. A unit that is too long, or whose bytes are no text, is rejected. Where the file stops being
/// XML, the unit at hand, or the rest of the file, is one reject; a file that stops before its first
/// unit is refused as a whole.
final class XMLUnits {
  /// The file.
  let reader: XMLReader
  private let sink: any UnitSink
  private var count: Int64 = 0
  private var open: Open?

  /// The unit at hand.
  private struct Open {
    let position: UnitPosition
    let start: Int64
  }

  private init(_ reader: XMLReader, _ sink: any UnitSink) {
    self.reader = reader
    self.sink = sink
  }

  /// Reads a file.
  ///
  /// - Returns: How many units began.
  static func run(
    _ source: StagedSource,
    into sink: any UnitSink,
    _ body: (XMLUnits) throws -> Void
  ) throws -> Int64 {
    let reader = try XMLReader(source)
    let units = XMLUnits(reader, sink)
    do {
      try body(units)
    } catch let fault as XMLFault {
      try units.end(with: fault, path: source.displayPath)
    }
    for (name, value) in reader.decisions { sink.setDecision(name, value) }
    return units.count
  }

  /// Reads the element that has just begun as one unit.
  ///
  /// - Parameters:
  ///   - start: The element's beginning, the last event of ``reader``.
  ///   - part: The part of the source for the unit's position.
  ///   - body: Decides on the element.
  /// - Throws: What the reader and the sink throw; a ``RowFault`` of `body` rejects the unit.
  func read(
    _ start: XMLStart,
    as part: String = "",
    _ body: (XMLElement) throws(RowFault) -> RowOutcome
  ) throws {
    begin(start, as: part)
    let (element, end) = try reader.element(start)
    try finish(at: end) { () throws(RowFault) -> RowOutcome in
      guard let element else { throw Self.tooLong }
      return try body(element)
    }
  }

  /// Begins a unit whose parts the importer reads itself.
  func begin(_ start: XMLStart, as part: String = "") {
    count += 1
    reader.hold(from: start.offset)
    open = Open(
      position: UnitPosition(
        part: part,
        row: count,
        offset: reader.sourceOffset(of: start.offset)
      ),
      start: start.offset
    )
  }

  /// Ends the unit that ``begin(_:as:)`` began, at a place up to which events were read.
  func finish(at end: Int64, _ body: () throws(RowFault) -> RowOutcome) throws {
    guard let unit = open else { preconditionFailure("no unit is open") }
    open = nil
    let range = unit.start..<max(unit.start, end)
    do {
      let outcome = try body()
      guard range.count <= XMLLimit.unit else { throw Self.tooLong }
      guard let text = reader.text(range) else { throw RowFault("some of its bytes are no text") }
      switch outcome {
      case .accept(let items): try sink.accept(items, at: unit.position, original: .text(text))
      case .skip(let rule): try sink.skip(at: unit.position, rule: rule)
      }
    } catch let fault as RowFault {
      try sink.reject(at: unit.position, bytes: reader.sourceBytes(range), reason: fault.reason)
    }
    reader.release(before: range.upperBound)
  }

  private static var tooLong: RowFault {
    RowFault("longer than \(XMLLimit.unit) bytes; its first \(XMLLimit.kept) are kept")
  }

  /// Accounts for the rest of a file that is no XML any more.
  private func end(with fault: XMLFault, path: String) throws {
    let said = "the XML ends at line \(fault.line) (\(fault.reason)); nothing after it is read"
    if count == 0 { throw ImportError.malformed(path: path, line: nil, reason: said) }
    // Between units the text from the last tag on is still there.
    if open == nil { count += 1 }
    let start = open?.start ?? reader.position
    let position =
      open?.position ?? UnitPosition(row: count, offset: reader.sourceOffset(of: start))
    open = nil
    try sink.reject(at: position, bytes: reader.sourceBytes(start..<Int64.max), reason: said)
  }
}
