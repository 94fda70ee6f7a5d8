internal import ClewEvidence

/// The names of a CASE/UCO document: its context maps prefixes to the ontologies.
struct CaseContext {
  private var prefixes: [String: String] = [:]
  private var vocabulary = ""

  /// Takes a context: an object of prefixes, or a list of such.
  mutating func take(_ value: JSONValue) {
    for object in (value.array ?? [value]).compactMap(\.object) {
      for member in object.members {
        guard let iri = member.value.string ?? member.value.object?["@id"]?.string else { continue }
        if member.key == "@vocab" { vocabulary = iri } else { prefixes[member.key] = iri }
      }
    }
  }

  /// The name in full.
  func expanded(_ name: String) -> String {
    guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else {
      return prefixes[name] ?? vocabulary + name
    }
    guard let iri = prefixes[String(name[..<colon])] else { return name }
    return iri + String(name[name.utf8.index(after: colon)...])
  }

  /// The last part of a name of the CASE and UCO ontologies; `nil` for any other name.
  func local(_ name: String) -> String? {
    let iri = expanded(name)
    guard ["unifiedcyberontology.org/", "caseontology.org/"].contains(where: { holds(iri, $0) })
    else { return nil }
    let bytes = iri.utf8
    let cut = bytes.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "#") }
    guard let cut else { return nil }
    return String(iri[bytes.index(after: cut)...])
  }

  private func holds(_ text: String, _ word: String) -> Bool { TabularCell.holds(text, word) }
}

/// One object of a CASE/UCO document, its names without prefixes and its facets taken in.
struct CaseObject {
  let id: String
  let types: Set<String>
  private var properties: [String: [JSONValue]] = [:]

  /// `nil` when the value has no id.
  init?(_ value: JSONValue, _ context: CaseContext) {
    guard let object = value.object, let id = object["@id"]?.string, !id.isEmpty else { return nil }
    self.id = context.expanded(id)
    types = Self.types(object, context)
    take(object, context)
    // Facets hold facets in no version; one level is enough.
    for facet in properties["hasFacet"] ?? properties["facets"] ?? [] {
      if let object = facet.object { take(object, context) }
    }
  }

  private static func types(_ object: JSONObject, _ context: CaseContext) -> Set<String> {
    guard let value = object["@type"] else { return [] }
    return Set((value.array ?? [value]).compactMap(\.string).compactMap(context.local))
  }

  private mutating func take(_ object: JSONObject, _ context: CaseContext) {
    for member in object.members {
      guard let name = context.local(member.key) else { continue }
      properties[name, default: []] += member.value.array ?? [member.value]
    }
  }

  /// The texts of a property, also of typed literals.
  func texts(_ name: String) -> [String] {
    (properties[name] ?? []).compactMap { value in
      let inner = value.object?["@value"] ?? value
      switch inner {
      case .string(let text), .number(let text): return TabularCell.trim(text)
      case .bool(let flag): return flag ? "true" : "false"
      default: return nil
      }
    }.filter { !$0.isEmpty }
  }

  /// The first text, or an empty one.
  func text(_ name: String) -> String { texts(name).first ?? "" }

  /// The ids of the objects that a property refers to.
  func references(_ name: String, _ context: CaseContext) -> [String] {
    (properties[name] ?? []).compactMap { $0.object?["@id"]?.string ?? $0.string }
      .map(context.expanded)
  }

  /// Whether a property is there.
  func has(_ name: String) -> Bool { properties[name] != nil }
}
