internal import ClewEvidence

/// Reads a chart of i2 Analyst's Notebook in its exchange format ANX.
///
/// A unit is a chart item. Links name the ids of entities; several items may show one identity, which
/// is one entity. A date counts only where the item says that it is set. An arrow on neither or both
/// ends is no direction.
struct I2Chart: Importer {
  let format = "i2-anx"
  let title = "i2 Analyst's Notebook chart (ANX)"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    guard let head = XMLHead(source), let root = head.root, root.name == "Chart" else { return nil }
    let signs = ["ChartItemCollection", "StrengthCollection", "ApplicationVersion", "ChartItem"]
    guard let sign = signs.first(where: head.holds) else { return nil }
    return Recognition(confidence: 95, sign: "root Chart with \(sign)")
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let chart = try Chart(source)
    var said: Set<Account> = []
    let count = try XMLUnits.run(source, into: sink) { units in
      while let event = try units.reader.next() {
        guard case .start(let start) = event else { continue }
        switch start.name {
        case "Chart", "ChartItemCollection": continue
        case "ChartItem":
          try units.read(start) { element throws(RowFault) in try chart.outcome(element, &said) }
        default: try units.reader.skip(start)
        }
      }
    }
    InterchangeDecision.note(unreadable: chart.book.unreadable, in: sink)
    return count
  }

  /// The names and entities that the links of a chart refer to.
  private struct Chart {
    private(set) var book: NodeBook
    private let mark: String
    private var names: [String: String] = [:]
    /// The identity of each entity, by the id that links use.
    private var identities: [Account: String] = [:]
    private var nodes: [Account: InterchangeNode] = [:]
    private var order: [Account] = []

    init(_ source: StagedSource) throws {
      book = NodeBook(source)
      mark = "\(source.sha256.prefix(8))/"
      let reader = try XMLReader(source)
      do {
        while let event = try reader.next() {
          guard case .start(let start) = event else { continue }
          switch start.name {
          case "AttributeClass", "EntityType", "LinkType":
            if let id = start.attribute("Id"), let name = start.attribute("Name") {
              names["\(start.name)/\(id)"] = name
            }
          case "ChartItem":
            guard let item = try reader.element(start).element else { continue }
            guard order.count < NodeBook.limit else {
              throw ImportError.limitExceeded(
                path: source.displayPath,
                limit: "\(NodeBook.limit) entities"
              )
            }
            note(item)
          default: continue
          }
        }
      } catch is XMLFault {
        // The second reading meets the same fault and accounts for it.
      }
      for key in order {
        if let node = nodes[key] { _ = book.enter(node) }
      }
    }

    private mutating func note(_ item: XMLElement) {
      guard let entity = Self.entity(item), let id = entity.attribute("EntityId") else { return }
      let identity = Self.identity(entity) ?? id
      if identities[Account(.name, id)] == nil { identities[Account(.name, id)] = identity }
      let key = Account(.name, identity)
      if nodes[key] == nil { order.append(key) }
      // In place: an identity that a million items show must not be copied each time.
      let label = item.attribute("Label") ?? ""
      if nodes[key, default: InterchangeNode(id: identity)].label.isEmpty {
        nodes[key, default: InterchangeNode(id: identity)].label = label
      }
      nodes[key, default: InterchangeNode(id: identity)].attributes += attributes(item)
    }

    private static func entity(_ item: XMLElement) -> XMLElement? {
      item.first("End")?.first("Entity")
    }

    private static func identity(_ entity: XMLElement) -> String? {
      entity.attribute("Identity").flatMap { $0.isEmpty ? nil : $0 }
    }

    private func attributes(_ item: XMLElement) -> [InterchangeAttribute] {
      item.all("AttributeCollection").flatMap { $0.all("Attribute") }.compactMap { attribute in
        let reference = attribute.attribute("AttributeClassReference") ?? ""
        let name = attribute.attribute("AttributeClass") ?? names["AttributeClass/\(reference)"]
        guard let name, let value = attribute.attribute("Value") else { return nil }
        return InterchangeAttribute(name, value)
      }
    }

    // MARK: - Chart items

    func outcome(
      _ item: XMLElement,
      _ said: inout Set<Account>
    ) throws(RowFault) -> RowOutcome {
      if let link = item.first("Link") { return .accept(try items(of: link, item)) }
      guard let entity = Self.entity(item), let id = entity.attribute("EntityId") else {
        return .skip("chart item that is neither entity nor link")
      }
      let key = Account(.name, identities[Account(.name, id)] ?? id)
      guard Self.identity(entity).map({ Account(.name, $0) == key }) != false else {
        throw RowFault("an earlier item gives EntityId to another identity")
      }
      guard let node = nodes[key], said.insert(key).inserted else {
        return .skip("entity that another item shows")
      }
      return .accept(book.items(of: node))
    }

    private func items(
      of link: XMLElement,
      _ item: XMLElement
    ) throws(RowFault) -> [EvidenceItem] {
      var ends: [Account] = []
      for name in ["End1Id", "End2Id"] {
        guard let id = link.attribute(name), let identity = identities[Account(.name, id)] else {
          throw RowFault("attribute \(name) names no entity of the chart")
        }
        ends.append(book.account(of: identity))
      }
      let style = link.first("LinkStyle")
      let reference = style?.attribute("LinkTypeReference") ?? ""
      let arrow = style?.attribute("ArrowStyle") ?? ""
      let isBackward = arrow == "ArrowOnTail"
      var attributes = attributes(item)
      if let time = Self.time(item) { attributes.append(InterchangeAttribute("datetime", time)) }
      return try InterchangeLink(
        source: isBackward ? ends[1] : ends[0],
        target: isBackward ? ends[0] : ends[1],
        kind: style?.attribute("Type") ?? names["LinkType/\(reference)"] ?? "",
        label: item.attribute("Label") ?? "",
        isDirected: arrow == "ArrowOnHead" || isBackward,
        attributes: attributes,
        place: mark + (item.attribute("Id") ?? "\(ends[0])>\(ends[1])")
      ).items()
    }

    /// The time of an item as far as it is set: a date alone, or a date with a clock.
    private static func time(_ item: XMLElement) -> String? {
      func isSet(_ name: String) -> Bool {
        ["true", "1"].contains(item.attribute(name)?.lowercased())
      }
      guard isSet("DateSet"), let text = item.attribute("DateTime") else { return nil }
      guard !isSet("TimeSet"),
        let mark = text.utf8.firstIndex(where: { $0 == UInt8(ascii: "T") || $0 == 0x20 })
      else { return text }
      return String(text[..<mark])
    }
  }
}
