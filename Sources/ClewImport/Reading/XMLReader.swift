internal import ClewEvidence

/// Reads an XML file event by event with flat memory, however large it is.
///
/// ```swift
/// let reader = try XMLReader(source)
/// while let event = try reader.next() {
///   if case .start(let start) = event, start.name == "sms" { … }
/// }
/// ```
///
/// A file that declares a document type or an entity is refused before anything is expanded.
/// Characters that XML forbids are read as blanks (see ``XMLScreen``). Where the file stops being
/// XML, what stands before has been handed out, and an ``XMLFault`` says where; ``XMLUnits`` turns it
/// into a reject.
final class XMLReader {
  private let path: String
  private let input: XMLInput
  private let parser: XMLExpat
  private var screen = XMLScreen()
  private var queue: [XMLEvent] = []
  private var taken = 0
  private var isAtEnd = false
  private var failure: (any Error)?
  private var held: Int64?
  /// The beginning of a unit that is too long to be kept.
  private var heldBeginning: [UInt8]?
  /// Where the last tag ends, in the text as UTF-8.
  private(set) var position: Int64 = 0
  private var isHead = false

  /// Opens the staged copy.
  ///
  /// - Throws: `ImportError.empty(path:)`, or `.undecodable(path:reason:)` for an encoding that is
  ///   not read.
  init(_ source: StagedSource) throws {
    path = source.displayPath
    guard source.bytes > 0 else { throw ImportError.empty(path: path) }
    input = try XMLInput(source)
    guard let parser = XMLExpat() else {
      throw ImportError.limitExceeded(path: path, limit: "memory")
    }
    self.parser = parser
  }

  /// Reads the first bytes of a file; that they break off is no fault.
  init(head: [UInt8]) throws {
    path = ""
    input = try XMLInput(head: head)
    guard let parser = XMLExpat() else {
      throw ImportError.limitExceeded(path: path, limit: "memory")
    }
    self.parser = parser
    isHead = true
  }

  /// The next event, or `nil` at the end of the file.
  ///
  /// - Throws: ``XMLFault`` where the file is no XML any more; `ImportError.malformed` for a
  ///   document type or entity, `.limitExceeded` for what exceeds ``XMLLimit``.
  func next() throws -> XMLEvent? {
    while taken == queue.count {
      if let failure { throw failure }
      if isAtEnd { return nil }
      try fill()
    }
    let event = queue[taken]
    taken += 1
    switch event {
    case .start(let start):
      position = start.end
      if held == nil { release(before: start.offset) }
    case .end(let end):
      position = end.offset
      if held == nil { release(before: end.offset) }
    case .text: break
    }
    return event
  }

  private func fill() throws {
    slide()
    queue = []
    taken = 0
    let (piece, isLast) = try input.next()
    let (events, failure) = parser.feed(screen.feed(piece, isLast: isLast), isLast: isLast)
    queue = events
    isAtEnd = isLast
    guard let failure else { return }
    isAtEnd = true
    if isHead, failure.stop == nil { return }
    self.failure = error(failure)
  }

  /// Keeps memory flat where no tag follows for long, or where a unit has no end.
  private func slide() {
    if let held {
      guard input.keptCount > XMLLimit.unit else { return }
      heldBeginning =
        heldBeginning ?? input.sourceBytes(held..<(held + Int64(XMLLimit.kept)))
    }
    input.forget(before: parser.consumed)
    screen.forget(before: parser.consumed)
  }

  private func error(_ failure: XMLExpat.Failure) -> any Error {
    switch failure.stop {
    case .documentType:
      ImportError.malformed(
        path: path,
        line: failure.line,
        reason: "declares a document type or entities, which can hide content; refused"
      )
    case .depth:
      ImportError.limitExceeded(path: path, limit: "\(XMLLimit.depth) elements inside each other")
    case .attributes:
      ImportError.limitExceeded(
        path: path,
        limit: "\(XMLLimit.attributes) attributes of an element"
      )
    case .token: ImportError.limitExceeded(path: path, limit: "\(XMLLimit.token) bytes of one tag")
    case nil: XMLFault(reason: failure.reason, line: failure.line, offset: failure.offset)
    }
  }

  // MARK: - The text as the file holds it

  /// Keeps the text from a place on, until ``release(before:)``.
  func hold(from offset: Int64) {
    release(before: offset)
    held = offset
  }

  /// Forgets the text before a place.
  func release(before offset: Int64) {
    held = nil
    heldBeginning = nil
    input.forget(before: offset)
    screen.forget(before: offset)
  }

  /// The text of a range that is still held, exactly; `nil` when some of its bytes are no text.
  func text(_ range: Range<Int64>) -> String? {
    screen.isUndecodable(range) ? nil : String(validating: input.text(range), as: UTF8.self)
  }

  /// The bytes of the file for a range that is still held, at most ``XMLLimit/kept``.
  func sourceBytes(_ range: Range<Int64>) -> [UInt8] {
    let end = min(range.upperBound, range.lowerBound + Int64(XMLLimit.kept))
    return heldBeginning ?? input.sourceBytes(range.lowerBound..<end)
  }

  /// The place in the file of a place in the text that is still held.
  func sourceOffset(of offset: Int64) -> Int64 { input.sourceOffset(of: offset) }

  /// What the log of decisions says of encoding and characters.
  var decisions: [(name: String, value: String)] {
    var list = [("encoding", input.encoding.rawValue)]
    if screen.forbidden > 0 {
      list.append(("characters that XML forbids", "\(screen.forbidden), read as blanks"))
    }
    if screen.joinedPairs > 0 {
      list.append(("surrogate pairs written as references", "\(screen.joinedPairs), joined"))
    }
    return list
  }
}

/// The first elements of a file, by which an importer knows its format.
struct XMLHead {
  /// The elements that begin in the first bytes, at most 256.
  private(set) var starts: [XMLStart] = []
  /// Whether the file declares a document type or entities, so that it will be refused.
  private(set) var declaresType = false

  /// Looks into the first bytes; `nil` when the file is no XML.
  init?(_ source: StagedSource) {
    guard source.tables == nil, Self.mayBeXML(source.head),
      let reader = try? XMLReader(head: source.head)
    else { return nil }
    do {
      while starts.count < 256, let event = try reader.next() {
        if case .start(let start) = event { starts.append(start) }
      }
    } catch ImportError.malformed {
      declaresType = true
    } catch {
      // What was read before the limit still tells the format.
    }
    if starts.isEmpty, !declaresType { return nil }
  }

  /// The root element.
  var root: XMLStart? { starts.first }

  /// Whether one of the first elements bears the name.
  func holds(_ name: String) -> Bool { starts.contains { $0.name == name } }

  /// A quick look: the first mark that is no blank must be `<`.
  private static func mayBeXML(_ head: [UInt8]) -> Bool {
    let ignored: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0, 0xEF, 0xBB, 0xBF, 0xFF, 0xFE]
    return head.prefix(64).first { !ignored.contains($0) } == UInt8(ascii: "<")
  }
}
