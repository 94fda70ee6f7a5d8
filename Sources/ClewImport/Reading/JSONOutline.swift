internal import ClewEvidence

/// Which keys the beginning of a JSON file shows, to recognise a format.
struct JSONOutline {
  /// The paths in the form of ``JSONPath``, such as `chats.list[].messages[].from_id`.
  private(set) var paths: Set<String> = []
  /// The first string, number or word at each path, in JSON, if it is short.
  private(set) var values: [String: String] = [:]

  private static let pathLimit = 4096
  private static let depthLimit = 16
  private static let textLimit = 256

  /// Looks at the first bytes; `nil` when the file does not begin with a list or object.
  init?(_ source: StagedSource) {
    guard source.tables == nil else { return nil }
    let decision = JSONInput.decision(source.head)
    let isWhole = Int64(source.head.count) >= source.bytes
    self.init(plain: decision.plainHead(source.head, isWhole: isWhole))
  }

  /// Looks at bytes without mark, which may break off anywhere.
  init?(plain bytes: [UInt8]) {
    guard let first = bytes.first(where: { $0 > 0x20 }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    else { return nil }
    var walk = Walk()
    var index = 0
    while index < bytes.count, paths.count < Self.pathLimit {
      let byte = bytes[index]
      var end = index + 1
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["): walk.open(byte)
      case UInt8(ascii: "}"), UInt8(ascii: "]"): walk.close()
      case UInt8(ascii: ","): walk.key = nil
      case UInt8(ascii: ":"), 0...0x20: break
      default:
        var skim = JSONSkim()
        end = skim.feed(bytes, from: index) ?? bytes.count
        let token = end - index <= Self.textLimit ? Array(bytes[index..<end]) : []
        if walk.isInObject, walk.key == nil {
          walk.key = (try? JSONParser.string(token)) ?? "?"
          if walk.open.count <= Self.depthLimit { paths.insert(walk.path) }
        } else if values[walk.path] == nil, walk.open.count <= Self.depthLimit {
          values[walk.path] = String(validating: token, as: UTF8.self)
        }
      }
      index = max(end, index + 1)
    }
  }

  /// Whether all of the paths were seen.
  func has(_ wanted: String...) -> Bool { wanted.allSatisfy(paths.contains) }

  /// The first string at a path; empty when there is none.
  func text(_ path: String) -> String {
    guard let value = values[path] else { return "" }
    return (try? JSONParser.string(Array(value.utf8))) ?? ""
  }

  /// The place in the structure.
  private struct Walk {
    /// The path and kind of each open list or object.
    var open: [(path: String, isObject: Bool)] = []
    var key: String?

    var isInObject: Bool { open.last?.isObject ?? false }

    /// The path of the value at hand.
    var path: String {
      let above = open.last?.path ?? ""
      guard let key else { return above }
      return above.isEmpty ? key : above + "." + key
    }

    mutating func open(_ bracket: UInt8) {
      // Deeper levels need no names of their own.
      let isList = bracket == UInt8(ascii: "[")
      let name = open.count < JSONOutline.depthLimit ? path + (isList ? "[]" : "") : ""
      open.append((name, !isList))
      key = nil
    }

    mutating func close() {
      if !open.isEmpty { open.removeLast() }
      // A value ends here; the next token in an object is a key only behind a comma.
      key = isInObject ? "" : nil
    }
  }
}
