internal import CExpat

/// Expat behind a small interface: bytes in UTF-8 go in, events come out.
///
/// All calls of Expat are in this file. The parser's user data is this object, unretained: the
/// handlers run only inside ``feed(_:isLast:)``, while its caller holds the object. A document type
/// declaration stops the parser at its first word, before any entity could be declared, so nothing is
/// ever expanded and nothing outside the file is ever opened.
@safe final class XMLExpat {
  /// Why the parser was stopped by us.
  enum Stop { case documentType, depth, attributes, token }

  /// Why and where parsing ended early.
  struct Failure {
    let reason: String
    let stop: Stop?
    let line: Int64
    let offset: Int64
  }

  private let parser: XML_Parser
  private var events: [XMLEvent] = []
  private var text: [UInt8] = []
  private var depth = 0
  private var stop: Stop?
  private var fed: Int64 = 0
  /// Up to where the text has been understood; what follows is a tag that is not complete.
  private(set) var consumed: Int64 = 0

  /// How many bytes of a tag that is not complete have been fed.
  var waiting: Int64 { fed - consumed }

  /// Makes a parser that takes its bytes for UTF-8, whatever the declaration says.
  init?() {
    guard let parser = unsafe XML_ParserCreate("UTF-8") else { return nil }
    unsafe self.parser = parser
    unsafe XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER)
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { data, name, attributes in unsafe XMLExpat.of(data)?.begin(name, attributes) },
      { data, name in unsafe XMLExpat.of(data)?.end(name) }
    )
    unsafe XML_SetCharacterDataHandler(parser) { data, bytes, count in
      unsafe XMLExpat.of(data)?.append(UnsafeBufferPointer(start: bytes, count: Int(count)))
    }
    unsafe XML_SetCommentHandler(parser) { data, _ in unsafe XMLExpat.of(data)?.pass() }
    unsafe XML_SetProcessingInstructionHandler(parser) { data, _, _ in
      unsafe XMLExpat.of(data)?.pass()
    }
    unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      unsafe XMLExpat.of(data)?.halt(.documentType)
    }
    unsafe XML_SetEntityDeclHandler(parser) { data, _, _, _, _, _, _, _, _ in
      unsafe XMLExpat.of(data)?.halt(.documentType)
    }
  }

  deinit { unsafe XML_ParserFree(parser) }

  /// Parses the next bytes; after a failure it must not be called again.
  func feed(_ bytes: [UInt8], isLast: Bool) -> (events: [XMLEvent], failure: Failure?) {
    let count = Int32(clamping: bytes.count)
    let status = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        unsafe XML_Parse(parser, characters.baseAddress, count, isLast ? 1 : 0)
      }
    }
    fed += Int64(count)
    flush()
    defer { events = [] }
    if status == XML_STATUS_OK {
      guard waiting > Int64(XMLLimit.token) else { return (events, nil) }
      return (events, failure(reason: "", stop: .token))
    }
    let code = unsafe XML_GetErrorCode(parser)
    let words = unsafe XML_ErrorString(code).flatMap { unsafe String(validatingCString: $0) }
    return (events, failure(reason: words ?? "not well-formed", stop: stop))
  }

  private func failure(reason: String, stop: Stop?) -> Failure {
    Failure(
      reason: reason,
      stop: stop,
      line: Int64(clamping: unsafe XML_GetCurrentLineNumber(parser)),
      offset: max(0, Int64(unsafe XML_GetCurrentByteIndex(parser)))
    )
  }

  // MARK: - Handlers

  private static func of(_ data: UnsafeMutableRawPointer?) -> XMLExpat? {
    unsafe data.map { unsafe Unmanaged<XMLExpat>.fromOpaque($0).takeUnretainedValue() }
  }

  private func halt(_ reason: Stop) {
    stop = stop ?? reason
    _ = unsafe XML_StopParser(parser, XML_Bool(0))
  }

  /// Comments and instructions say nothing, but many of them are no endless tag.
  private func pass() { consumed = place.end }

  /// The place of the present token, and one past it.
  private var place: (start: Int64, end: Int64) {
    let start = Int64(unsafe XML_GetCurrentByteIndex(parser))
    return (start, start + Int64(unsafe XML_GetCurrentByteCount(parser)))
  }

  /// On entry `attributes` is Expat's list: name, value, name, value, null; all end in NUL.
  private func begin(
    _ name: UnsafePointer<CChar>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  ) {
    guard stop == nil else { return }
    flush()
    let place = place
    // However much came at once: a tag that was fed whole never waited.
    guard place.end - place.start <= Int64(XMLLimit.token) else { return halt(.token) }
    depth += 1
    guard depth <= XMLLimit.depth else { return halt(.depth) }
    var list: [XMLAttribute] = []
    var index = 0
    while let key = unsafe attributes?[index], let value = unsafe attributes?[index + 1] {
      unsafe list.append(XMLAttribute(name: Self.string(key), value: Self.string(value)))
      index += 2
      guard list.count <= XMLLimit.attributes else { return halt(.attributes) }
    }
    consumed = place.end
    events.append(
      .start(
        XMLStart(
          name: unsafe Self.local(name),
          attributes: list,
          depth: depth,
          offset: place.start,
          end: place.end,
          line: Int64(clamping: unsafe XML_GetCurrentLineNumber(parser))
        )
      )
    )
  }

  private func end(_ name: UnsafePointer<CChar>?) {
    guard stop == nil else { return }
    flush()
    consumed = place.end
    unsafe events.append(.end(XMLEnd(name: Self.local(name), depth: depth, offset: place.end)))
    depth -= 1
  }

  /// Expat hands on whole characters only.
  private func append(_ characters: UnsafeBufferPointer<CChar>) {
    guard stop == nil else { return }
    unsafe text.append(contentsOf: UnsafeRawBufferPointer(characters))
    consumed = place.end
    if text.count >= XMLLimit.piece { flush() }
  }

  private func flush() {
    guard !text.isEmpty else { return }
    // Expat's output is well-formed UTF-8, since its input is.
    if let string = String(validating: text, as: UTF8.self) { events.append(.text(string)) }
    text.removeAll(keepingCapacity: true)
  }

  private static func string(_ text: UnsafePointer<CChar>) -> String {
    unsafe String(validatingCString: text) ?? ""
  }

  /// The name without its namespace prefix.
  private static func local(_ name: UnsafePointer<CChar>?) -> String {
    guard let full = unsafe name.map({ unsafe string($0) }) else { return "" }
    guard let colon = full.utf8.lastIndex(of: UInt8(ascii: ":")) else { return full }
    return String(full[full.utf8.index(after: colon)...])
  }
}
