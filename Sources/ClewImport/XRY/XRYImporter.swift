internal import ClewEvidence

/// Reads the text reports of MSAB XRY: calls, messages and contacts.
///
/// A unit is an entity, from its line `Calls #<TAB>1` to the next such line; what stands before the
/// first is passed over. Segments of a long message are joined by their reference number into the
/// unit of the first. The report does not say whose telephone it is.
struct XRYImporter: Importer {
  let format = "xry-text"
  let title = "MSAB XRY report (text)"
  let version = 1

  /// Knows the report by its title or its keys, and a line that begins an entity.
  func recognise(_ source: StagedSource) -> Recognition? {
    guard source.tables == nil, let decision = Self.decision(source) else { return nil }
    let isWhole = Int64(source.head.count) >= source.bytes
    let head = decision.plainHead(source.head, isWhole: isWhole)
    let lines = head.prefix(8192).split { $0 == 0x0A || $0 == 0x0D }
      .compactMap { String(validating: $0, as: UTF8.self) }
    guard let index = lines.firstIndex(where: { XRYEntity(firstLine: $0) != nil }), index <= 20
    else { return nil }
    let isTitled = lines[..<index].contains { $0.contains("XRY") }
    let hasKeys = lines[index...].dropFirst().prefix(12).contains {
      $0.contains(":\t") || ["From", "To", "Participant"].contains($0)
    }
    guard isTitled || (hasKeys && decision.encoding.isWide) else { return nil }
    return Recognition(confidence: 80, sign: "entities numbered with #")
  }

  /// Reads all entities.
  ///
  /// - Returns: How many entities there were, the preamble counted as one.
  /// - Throws: ``ImportError`` for what is refused as a whole, or the sink's own error.
  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    guard source.bytes > 0 else { throw ImportError.empty(path: source.displayPath) }
    guard let decision = Self.decision(source) else {
      throw ImportError.undecodable(path: source.displayPath, reason: "no entity can be found")
    }
    let owner = ForensicOwner(source)
    owner.report(to: sink, sign: "")
    var order = ForensicDateOrder()
    var segments: [String: [Int64: String]] = [:]
    _ = try XRYReader(source, decision).forEach { unit in
      guard let entity = unit.entity else { return }
      order.see(entity.text("Time"))
      if let (reference, segment) = XRYItems.segment(entity), segments.count < 1_000_000 {
        segments[reference, default: [:]][segment] = entity.text("Text")
      }
    }
    if let decision = order.decision { sink.setDecision("order of day and month", decision) }
    var items = XRYItems(
      owner: owner.account(on: ForensicApp("")),
      clock: ForensicTime(order: order.orderMonthFirst),
      scope: String(source.sha256.prefix(12)),
      segments: segments
    )
    let reader = try XRYReader(source, decision)
    let count = try reader.forEach { unit in
      guard let entity = unit.entity, unit.fault == nil else {
        if let fault = unit.fault {
          try sink.reject(at: unit.position, bytes: unit.bytes, reason: fault)
        } else {
          try sink.skip(at: unit.position, rule: "preamble")
        }
        return
      }
      do {
        switch try items.outcome(of: entity) {
        case .accept(let found):
          try sink.accept(found, at: unit.position, original: .text(unit.text))
        case .skip(let rule): try sink.skip(at: unit.position, rule: rule)
        }
      } catch let fault as RowFault {
        try sink.reject(at: unit.position, bytes: unit.bytes, reason: fault.reason)
      }
    }
    sink.setDecision("encoding", decision.encoding.rawValue)
    if reader.outOfSequence > 0 {
      sink.setDecision(
        "entities out of sequence",
        "\(reader.outOfSequence); a text may hold lines that look like an entity"
      )
    }
    return count
  }

  private static func decision(_ source: StagedSource) -> TextDecision? {
    TextDecision.decide(head: source.head, words: [" #\t"])
  }
}

/// Splits a report into its entities.
final class XRYReader {
  /// One entity as the file holds it.
  struct Unit {
    let position: UnitPosition
    /// `nil` for what stands before the first entity.
    var entity: XRYEntity?
    var bytes: [UInt8] = []
    var text = ""
    var fault: String?
  }

  /// How many entities do not follow their predecessor's number.
  private(set) var outOfSequence = 0
  private let lines: TextLines

  init(_ source: StagedSource, _ decision: TextDecision) throws {
    lines = TextLines(try TextWindow(source, decision), encoding: decision.encoding)
  }

  /// Hands each entity on, the preamble first.
  ///
  /// - Returns: How many there were.
  func forEach(_ body: (Unit) throws -> Void) throws -> Int64 {
    var count: Int64 = 0
    var unit: Unit?
    var numbers: [String: Int64] = [:]
    while let line = try lines.next() {
      let first = line.text.flatMap(XRYEntity.init(firstLine:))
      if unit == nil || first != nil {
        if let unit { try body(unit) }
        count += 1
        unit = Unit(
          position: UnitPosition(row: line.number, offset: line.offset),
          entity: first
        )
        if let first {
          if first.number != (numbers[first.kind] ?? 0) + 1 { outOfSequence += 1 }
          if numbers.count < 1000 { numbers[first.kind] = first.number }
        }
      } else if let text = line.text {
        unit?.entity?.add(text)
      }
      unit?.take(line)
    }
    if let unit { try body(unit) }
    return count
  }
}

extension XRYReader.Unit {
  private static let limit = 1 << 20

  fileprivate mutating func take(_ line: TextLine) {
    guard bytes.count + line.source.count <= Self.limit else {
      fault = fault ?? "longer than \(Self.limit) bytes; its beginning is kept"
      return
    }
    bytes += line.source
    if line.isCut {
      fault = fault ?? "a line exceeds \(TabularLimit.row) bytes"
    } else if let piece = line.text {
      text += piece + "\n"
    } else {
      fault = fault ?? "some of its bytes are no text"
    }
  }
}
