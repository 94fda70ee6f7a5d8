internal import ClewEvidence

/// A piece of personal data in a text: what an order names and a delivery answers.
struct Target: Hashable, Sendable, Comparable {
  enum Kind: UInt8, Sendable {
    case identity, phone, card, plate, code
  }

  let kind: Kind
  /// A digest of the normalised token: the token itself is not kept.
  let digest: UInt64

  static func < (left: Target, right: Target) -> Bool {
    left.kind.rawValue != right.kind.rawValue
      ? left.kind.rawValue < right.kind.rawValue : left.digest < right.digest
  }
}

/// What the numbers in a text say.
struct NumberFacts: Sendable {
  /// The targets in the order of the text, each once.
  var targets: [Target] = []
  /// A stated number of items (`5000条`), the largest; 0 when none.
  var quantity: Int64 = 0
  /// Whether a word of taking stands before a number of items: 来28条.
  var takes = false
  /// A stated price in fen (`80元`, `一条80`), the last; 0 when none.
  var priceFen: Int64 = 0
}

/// Finds identity numbers, phones, cards, plates and other codes by their shape, byte by byte.
///
/// Full-width digits and letters are read as ASCII; nothing is backtracked, so the time is linear.
struct TargetScanner {
  private static let countWords = Set("条份单个组套人户张笔位條單個組戶張筆".unicodeScalars)
  private static let takingWords = Set("来要拿弄搞订买來訂買".unicodeScalars)
  private static let moneyWords = Set("元块塊¥￥".unicodeScalars)

  private var facts = NumberFacts()
  private var run: [UInt8] = []
  /// How many signs of the run are digits in a circle or on a key: ①, 1️⃣.
  private var drawn = 0
  /// Whether a space or hyphen inside a number may have to be closed up.
  private var pendingGap = false
  /// Whether one was closed up in the run at hand.
  private var hasGaps = false
  /// The lengths of the groups before the last gap, while all are what cards (4 4 4 …) or identity
  /// numbers (6 8 4) are written in.
  private var groups: [Int] = []
  private var plateLead: Unicode.Scalar?
  private var before: Unicode.Scalar?

  /// Scans one text.
  static func scan(_ text: String) -> NumberFacts {
    var scanner = TargetScanner()
    for scalar in text.unicodeScalars { scanner.take(scalar) }
    scanner.endRun(next: nil)
    return scanner.facts
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    if scalar.value > 0x20E2, takeDrawn(scalar) { return }
    if let ascii = NumberShape.ascii(scalar), NumberShape.isAlphanumeric(ascii) {
      if pendingGap, !NumberShape.isDigit(ascii) { endRun(next: " ") }
      if pendingGap { hasGaps = true }
      dropBullet()
      pendingGap = false
      run.append(ascii)
      return
    }
    if scalar == "." && !run.isEmpty && run.allSatisfy(NumberShape.isDigit) {
      run.append(UInt8(ascii: "."))
      return
    }
    // A plate may carry a dot or a space after its first letter: 京A·12345.
    if plateLead != nil, run.count == 1, scalar == "·" || scalar == " " || scalar == "•" {
      return
    }
    // Numbers are typed in groups: 138 0000 0001, 6299-9900-….
    if scalar == " " || scalar == "-", run.count >= 3, run.allSatisfy(NumberShape.isDigit) {
      groups.append(run.count - groups.reduce(0, +))
      if run.count < 11 || groups.allSatisfy({ $0 == 4 }) || groups == [6, 8] {
        pendingGap = true
        return
      }
    }
    endRun(next: scalar)
    if NumberShape.isPlateLead(scalar) { plateLead = scalar }
    before = scalar
  }

  /// Takes a digit in a circle, or the frame of a key around the last digit.
  private mutating func takeDrawn(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\u{20E3}":
      guard let digit = run.popLast() else { return true }
      return draw(digit)
    case "\u{FE0F}": return !run.isEmpty
    default: return NumberShape.circled(scalar).map { draw($0) } ?? false
    }
  }

  private mutating func draw(_ digit: UInt8) -> Bool {
    if drawn < run.count { endRun(next: nil) }
    run.append(digit)
    drawn += 1
    return true
  }

  /// Forgets drawn digits before plain ones: they count the lines, ①13800000001.
  private mutating func dropBullet() {
    guard drawn > 0, drawn < run.count else { return }
    run.removeFirst(drawn)
    drawn = 0
  }

  private mutating func endRun(next: Unicode.Scalar?) {
    defer {
      drawn = 0
      run.removeAll(keepingCapacity: true)
      plateLead = nil
      pendingGap = false
      hasGaps = false
      groups.removeAll(keepingCapacity: true)
    }
    guard !run.isEmpty else { return }
    dropBullet()
    while run.last == UInt8(ascii: ".") { run.removeLast() }
    if let lead = plateLead, NumberShape.isPlate(run) {
      return note(.plate, String(NumberShape.plateLead(lead)).utf8 + run.map(NumberShape.upper))
    }
    // What has gaps and is no phone, card or identity number is a date: 2023-05-01.
    if let kind = Self.kind(of: run), kind != .code || !hasGaps {
      let hasPrefix = kind == .phone && run.count == 13
      return note(kind, (hasPrefix ? Array(run.dropFirst(2)) : run).map(NumberShape.upper))
    }
    number(next: next)
  }

  private mutating func note(_ kind: Target.Kind, _ bytes: [UInt8]) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in [kind.rawValue] + bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let target = Target(kind: kind, digest: hash)
    if !facts.targets.contains(target) { facts.targets.append(target) }
  }

  /// A number that is no target: a quantity before a counting word, a price near a money word.
  private mutating func number(next: Unicode.Scalar?) {
    // 5W is read as one run, 5 万 as a run and what follows.
    let isTenThousands = run.last.map(NumberShape.upper) == UInt8(ascii: "W")
    guard let (whole, cents) = Self.decimal(isTenThousands ? run.dropLast() : run[...]),
      whole < 1_000_000_000
    else { return }
    if isTenThousands, cents == 0 { facts.quantity = max(facts.quantity, whole * 10_000) }
    guard !isTenThousands else { return }
    var factor: Int64 = 1
    if let next {
      if next == "万" || next == "萬" { factor = 10_000 }
      if Self.countWords.contains(next) || factor > 1, cents == 0 {
        facts.quantity = max(facts.quantity, whole * factor)
        if let before, Self.takingWords.contains(before) { facts.takes = true }
        return
      }
      if Self.moneyWords.contains(next) {
        facts.priceFen = whole * 100 + cents
        return
      }
    }
    if let before, Self.moneyWords.contains(before) || Self.countWords.contains(before) {
      facts.priceFen = whole * 100 + cents
    }
  }

  private static func decimal(_ bytes: ArraySlice<UInt8>) -> (Int64, Int64)? {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, let head = parts.first, !head.isEmpty, head.count <= 10 else {
      return nil
    }
    var whole: Int64 = 0
    for byte in head {
      guard NumberShape.isDigit(byte) else { return nil }
      whole = whole * 10 + Int64(byte - 48)
    }
    var cents: Int64 = 0
    if parts.count == 2 {
      guard parts[1].count <= 2, parts[1].allSatisfy(NumberShape.isDigit) else { return nil }
      for byte in parts[1] { cents = cents * 10 + Int64(byte - 48) }
      if parts[1].count == 1 { cents *= 10 }
    }
    return (whole, cents)
  }

  private static func kind(of run: [UInt8]) -> Target.Kind? {
    let digits = run.count(where: NumberShape.isDigit)
    if NumberShape.isIdentity(run) { return .identity }
    if digits == run.count {
      switch run.count {
      case 11 where NumberShape.isMobile(run): return .phone
      case 13 where run.starts(with: "86".utf8) && run[2] == UInt8(ascii: "1"): return .phone
      case 16...19: return .card
      case 8, 12...15: return .code
      default: return nil
      }
    }
    return run.count >= 7 && run.count <= 24 && digits >= 4 && !run.contains(UInt8(ascii: "."))
      ? .code : nil
  }
}
