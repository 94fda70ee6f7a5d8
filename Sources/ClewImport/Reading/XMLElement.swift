/// One element of an XML file with all that it holds.
struct XMLElement: Sendable {
  /// The name without its namespace prefix.
  let name: String
  /// The attributes in the order of the file.
  let attributes: [XMLAttribute]
  /// The text directly inside it, all pieces joined.
  private(set) var text = ""
  /// The elements directly inside it.
  private(set) var children: [XMLElement] = []

  init(_ start: XMLStart) {
    name = start.name
    attributes = start.attributes
  }

  /// The value of an attribute, or `nil`.
  func attribute(_ name: String) -> String? {
    attributes.first { $0.name == name }?.value
  }

  /// The first child of this name.
  func first(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  /// The children of this name.
  func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  mutating func append(_ text: String) { self.text += text }

  mutating func append(_ child: XMLElement) { children.append(child) }
}

extension XMLReader {
  /// Reads the element that has just begun, up to its end.
  ///
  /// - Returns: The element and where it ends, or no element when it is longer than
  ///   ``XMLLimit/unit``; it has been read over all the same.
  func element(_ start: XMLStart) throws -> (element: XMLElement?, end: Int64) {
    var open = [XMLElement(start)]
    var size = start.end - start.offset
    while let event = try next() {
      switch event {
      case .start(let child):
        size += child.end - child.offset
        if size <= XMLLimit.unit { open.append(XMLElement(child)) }
      case .text(let text):
        size += Int64(text.utf8.count)
        if size <= XMLLimit.unit { open[open.count - 1].append(text) }
      case .end(let end):
        if end.depth == start.depth {
          return (size <= XMLLimit.unit ? open.first : nil, end.offset)
        }
        guard size <= XMLLimit.unit, let child = open.popLast() else { continue }
        open[open.count - 1].append(child)
      }
    }
    throw XMLFault(reason: "the file breaks off", line: start.line, offset: start.offset)
  }

  /// Reads over the element that has just begun.
  func skip(_ start: XMLStart) throws {
    while let event = try next() {
      if case .end(let end) = event, end.depth == start.depth { return }
    }
  }

  /// The next element that begins, or `nil` when the present one ends first or nothing follows.
  ///
  /// Text on the way is passed over, so that a loop over this walks the children of an element:
  /// each of them must be read or skipped before the next is asked for.
  func nextChild() throws -> XMLStart? {
    while let event = try next() {
      switch event {
      case .start(let start): return start
      case .text: continue
      case .end: return nil
      }
    }
    return nil
  }
}
