internal import CExpat
internal import Foundation

/// Why a part of a workbook is not read on.
struct PartFault: Error { let reason: String }

/// Takes the elements of one XML part in their order; names come without prefix.
class PartHandler {
  /// An element begins.
  func begin(_ name: String, _ attributes: [String: String]) throws {}

  /// An element ends; `text` is what stood in it after its last child.
  func end(_ name: String, _ text: [UInt8]) throws {}
}

/// Reads XML from a staged copy piece by piece through Expat.
///
/// Document types, and so entities of any kind, are refused before they are looked at; nothing is
/// ever loaded from elsewhere. All calls of Expat are in this file. Expat keeps an unretained pointer
/// to the parser's state, which lives until ``read(_:to:)`` returns and is used on this thread only.
@safe enum PartParser {
  private static let depthLimit = 64
  private static let textLimit = 4 << 20

  /// What the callbacks share.
  @safe private final class State {
    let handler: PartHandler
    var parser: XML_Parser?
    var error: (any Error)?
    var text: [UInt8] = []
    var depth = 0

    init(_ handler: PartHandler) { self.handler = handler }

    /// Runs a callback's work; the first error ends the parsing.
    func attempt(_ body: () throws -> Void) {
      guard error == nil else { return }
      do { try body() } catch {
        self.error = error
        unsafe XML_StopParser(parser, XML_Bool(0))
      }
    }
  }

  /// Hands the elements of the part at `path` to the handler.
  static func read(_ path: String, to handler: PartHandler) throws {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw PartFault(reason: "a part of the workbook cannot be read")
    }
    defer { try? file.close() }
    guard let parser = unsafe XML_ParserCreate(nil) else {
      throw PartFault(reason: "out of memory")
    }
    defer { unsafe XML_ParserFree(parser) }
    let state = State(handler)
    unsafe state.parser = parser
    unsafe install(state, on: parser)
    while true {
      let data = try file.read(upToCount: 1 << 17) ?? Data()
      let status = unsafe data.withUnsafeBytes { raw in
        unsafe XML_Parse(
          parser,
          raw.bindMemory(to: CChar.self).baseAddress,
          CInt(raw.count),
          data.isEmpty ? 1 : 0
        )
      }
      if let error = state.error { throw error }
      guard status == XML_STATUS_OK else {
        let line = unsafe XML_GetCurrentLineNumber(parser)
        throw PartFault(reason: "its XML is damaged at line \(line)")
      }
      if data.isEmpty { return }
    }
  }

  private static func install(_ state: State, on parser: XML_Parser) {
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(state).toOpaque())
    unsafe XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
      unsafe PartParser.state(user)?.attempt {
        throw PartFault(reason: "its XML declares a document type, which no workbook does")
      }
    }
    unsafe XML_SetElementHandler(
      parser,
      { user, name, attributes in
        guard let state = unsafe PartParser.state(user), let name = unsafe name else { return }
        state.attempt {
          state.depth += 1
          guard state.depth <= PartParser.depthLimit else {
            throw PartFault(reason: "its XML nests deeper than \(PartParser.depthLimit)")
          }
          state.text.removeAll(keepingCapacity: true)
          try state.handler.begin(
            unsafe PartParser.local(name),
            unsafe PartParser.dictionary(attributes)
          )
        }
      },
      { user, name in
        guard let state = unsafe PartParser.state(user), let name = unsafe name else { return }
        state.attempt {
          state.depth -= 1
          try state.handler.end(unsafe PartParser.local(name), state.text)
          state.text.removeAll(keepingCapacity: true)
        }
      }
    )
    unsafe XML_SetCharacterDataHandler(parser) { user, text, count in
      guard let state = unsafe PartParser.state(user), let text = unsafe text, count > 0 else {
        return
      }
      state.attempt {
        guard state.text.count + Int(count) <= PartParser.textLimit else {
          throw PartFault(reason: "a text in its XML is longer than any cell may be")
        }
        let piece = unsafe UnsafeBufferPointer(start: text, count: Int(count))
        unsafe state.text.append(contentsOf: piece.lazy.map { UInt8(bitPattern: $0) })
      }
    }
  }

  private static func state(_ user: UnsafeMutableRawPointer?) -> State? {
    unsafe user.map { unsafe Unmanaged<State>.fromOpaque($0).takeUnretainedValue() }
  }

  /// The name without its prefix.
  private static func local(_ name: UnsafePointer<XML_Char>) -> String {
    let full = unsafe String(cString: name)
    guard let colon = full.utf8.lastIndex(of: UInt8(ascii: ":")) else { return full }
    return String(full[full.utf8.index(after: colon)...])
  }

  /// Names and values in turn, ended by a null pointer, as Expat hands them over.
  private static func dictionary(
    _ list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
  ) -> [String: String] {
    guard var place = unsafe list else { return [:] }
    var found: [String: String] = [:]
    while let name = unsafe place[0], let value = unsafe place[1] {
      let key = unsafe local(name)
      if found[key] == nil { found[key] = unsafe String(cString: value) }
      unsafe place += 2
    }
    return found
  }
}
