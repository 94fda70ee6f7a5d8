internal import ClewEvidence

/// Why a part of a workbook is not read on.
struct PartFault: Error {
  let reason: String
  /// Whether the file may well be evidence; another kind of document is none that is read.
  var isEvidence = true
}

/// Takes the elements of one XML part in their order; names come without prefix.
class PartHandler {
  /// An element begins.
  func begin(_ name: String, _ attributes: [String: String]) throws {}

  /// An element ends; `text` is what stood in it after its last child.
  func end(_ name: String, _ text: [UInt8]) throws {}
}

/// Reads a part of a workbook element by element.
enum PartParser {
  private static let textLimit = 4 << 20

  /// Hands the elements of the part to the handler.
  ///
  /// - Returns: What the reader of XML decided, such as characters that XML forbids.
  /// - Throws: ``PartFault`` when the part is no XML or hides content, and the handler's errors.
  @discardableResult
  static func read(_ part: StagedCopy, to handler: PartHandler) throws -> [String: String] {
    do {
      let reader = try XMLReader(source(part))
      var text: [UInt8] = []
      while let event = try reader.next() {
        switch event {
        case .start(let start):
          text.removeAll(keepingCapacity: true)
          try handler.begin(start.name, attributes(of: start))
        case .text(let piece):
          guard text.count + piece.utf8.count <= textLimit else {
            throw PartFault(reason: "a text in its XML is longer than any cell may be")
          }
          text += piece.utf8
        case .end(let end):
          try handler.end(end.name, text)
          text.removeAll(keepingCapacity: true)
        }
      }
      return Dictionary(
        reader.decisions.filter { $0.name != "encoding" }.map { ($0.name, $0.value) },
        uniquingKeysWith: { first, _ in first }
      )
    } catch let fault as XMLFault {
      throw PartFault(reason: "its XML is damaged at line \(fault.line)")
    } catch let error as ImportError {
      throw PartFault(reason: "its XML \(reason(error))")
    }
  }

  private static func attributes(of start: XMLStart) -> [String: String] {
    var found: [String: String] = [:]
    for attribute in start.attributes {
      var name = attribute.name
      if let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) {
        name = String(name[name.utf8.index(after: colon)...])
      }
      if found[name] == nil { found[name] = attribute.value }
    }
    return found
  }

  private static func reason(_ error: ImportError) -> String {
    switch error {
    case .empty: "is empty"
    case .malformed(_, _, let reason): reason
    case .limitExceeded(_, let limit): "exceeds the limit of \(limit)"
    case .undecodable(_, let reason): reason
    case .missingColumns, .unreadableDatabase: "cannot be read"
    }
  }

  private static func source(_ part: StagedCopy) -> StagedSource {
    StagedSource(
      displayPath: "",
      name: "",
      copyPath: part.path,
      bytes: part.bytes,
      sha256: part.sha256,
      sidecars: [],
      head: part.head,
      tables: nil
    )
  }
}
