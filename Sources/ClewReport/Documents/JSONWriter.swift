/// Writes JSON with keys in the order given: the same findings give the same bytes.
package struct JSONWriter {
  /// What was written and is not handed on yet.
  package private(set) var text = ""
  private var needsComma = [false]
  private var afterKey = false
  private var hasBegun = false
  private let sink: ((String) -> Void)?

  /// A writer that keeps everything in ``text``, or hands it to a sink in pieces of some 64 KiB: the document of a
  /// case with millions of parties would take the memory several times.
  package init(to sink: ((String) -> Void)? = nil) { self.sink = sink }

  /// Ends the document with a line feed, and hands the rest to the sink.
  package mutating func finish() {
    text += "\n"
    hand(atLeast: 1)
  }

  private mutating func hand(atLeast bytes: Int) {
    guard let sink, text.utf8.count >= bytes else { return }
    sink(text)
    text.removeAll(keepingCapacity: true)
  }

  private mutating func open(_ mark: String) {
    separate()
    text += mark
    needsComma.append(false)
  }

  private mutating func close(_ mark: String) {
    needsComma.removeLast()
    text += mark
  }

  private mutating func separate() {
    if afterKey {
      afterKey = false
      return
    }
    if needsComma[needsComma.count - 1] { text += "," }
    needsComma[needsComma.count - 1] = true
    if needsComma.count <= 4 {
      text += "\n" + String(repeating: " ", count: 2 * (needsComma.count - 1))
    }
  }

  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    if hasBegun {
      open("{")
    } else {
      hasBegun = true
      text += "{"
      needsComma.append(false)
    }
    body(&self)
    close(needsComma.count <= 4 ? "\n" + pad + "}" : "}")
  }

  private var pad: String { String(repeating: " ", count: max(0, 2 * (needsComma.count - 2))) }

  package mutating func array<Element>(
    _ key: String,
    _ elements: some Sequence<Element>,
    _ body: (inout JSONWriter, Element) -> Void
  ) {
    self.key(key)
    open("[")
    var isEmpty = true
    for element in elements {
      isEmpty = false
      body(&self, element)
    }
    close(needsComma.count <= 4 && !isEmpty ? "\n" + pad + "]" : "]")
  }

  package mutating func strings(_ key: String, _ values: some Sequence<String>) {
    self.key(key)
    raw("[" + values.map(Self.quoted).joined(separator: ", ") + "]")
  }

  package mutating func numbers(_ key: String, _ values: some Sequence<Int>) {
    self.key(key)
    raw("[" + values.map(String.init).joined(separator: ", ") + "]")
  }

  /// An object of raw values, in the order given.
  package mutating func map(_ key: String, _ pairs: some Sequence<(String, String)>) {
    self.key(key)
    let parts = pairs.map { Self.quoted($0.0) + ": " + $0.1 }
    raw("{" + parts.joined(separator: ", ") + "}")
  }

  package mutating func object(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    object(body)
  }

  package mutating func string(_ key: String, _ value: String?) {
    self.key(key)
    raw(value.map(Self.quoted) ?? "null")
  }

  package mutating func number(_ key: String, _ value: (some BinaryInteger)?) {
    self.key(key)
    raw(value.map { "\($0)" } ?? "null")
  }

  package mutating func bool(_ key: String, _ value: Bool) {
    self.key(key)
    raw(value ? "true" : "false")
  }

  /// A value that is JSON text already.
  package mutating func value(_ key: String, _ json: String) {
    self.key(key)
    raw(json)
  }

  private mutating func key(_ key: String) {
    hand(atLeast: 1 << 16)
    separate()
    text += Self.quoted(key) + ": "
    afterKey = true
  }

  private mutating func raw(_ json: String) {
    separate()
    text += json
  }

  /// A JSON string; controls and the characters that break a script element are escaped.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case "\r": out += "\\r"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}",
        "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// A decimal of `value / unit` without trailing zeros; `unit` is a power of ten.
  static func decimal(_ value: Int64, unit: Int64) -> String {
    let sign = value < 0 ? "-" : ""
    let magnitude = value.magnitude
    let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: unit.magnitude)
    guard rest != 0 else { return sign + "\(whole)" }
    var digits = "\(rest)"
    var width = -1
    var power = unit.magnitude
    while power > 0 {
      power /= 10
      width += 1
    }
    digits = String(repeating: "0", count: width - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return sign + "\(whole)." + digits
  }

  /// A score to six places; what is not finite becomes `null`.
  package static func score(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "null" }
    return decimal(Int64((value * 1_000_000).rounded()), unit: 1_000_000)
  }
}
