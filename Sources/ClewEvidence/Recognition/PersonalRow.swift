/// The personal data of one row or line, whatever parts its cells.
///
/// Runs of letters and digits are looked at one by one; groups such as `138 0000 0001` and
/// `6200-0000-…` are closed up. The fingerprint digests the identifiers only, each once and sorted, so
/// that neither the order of the columns nor the encoding, the delimiter or other columns change it.
/// Time is linear in the length of the row.
package struct PersonalRow: Sendable {
  /// The kinds that the row holds; bit `n` is the kind at place `n`.
  private var mask: UInt8 = 0
  /// The identifiers with their kind in front, each once and sorted.
  package private(set) var identifiers: [[UInt8]] = []
  /// Whether a time of day (`10:22`) occurs.
  package private(set) var hasClock = false

  /// Whether a number with the form of an identity number fails its check and is no card either.
  package private(set) var hasInvalidIdentity = false

  /// Scans one row.
  package init(_ text: String) {
    var scanner = PersonalRowScanner()
    for scalar in text.unicodeScalars { scanner.take(scalar) }
    scanner.finish()
    hasClock = scanner.hasClock
    hasInvalidIdentity = scanner.hasInvalidIdentity
    guard !scanner.found.isEmpty else { return }
    var last: [UInt8] = []
    for identifier in scanner.found.sorted(by: { $0.lexicographicallyPrecedes($1) })
    where identifier != last {
      identifiers.append(identifier)
      last = identifier
      mask |= 1 << (identifier.first ?? 0)
    }
    if scanner.hasName { mask |= 1 << UInt8(PersonalDataKind.name.place) }
    if scanner.hasAddress { mask |= 1 << UInt8(PersonalDataKind.address.place) }
  }

  /// Whether the row points to a person or vehicle.
  package var isIdentified: Bool { !identifiers.isEmpty }

  /// Whether the row holds the kind.
  package func holds(_ kind: PersonalDataKind) -> Bool { mask & 1 << UInt8(kind.place) != 0 }

  /// How many phones and cards the row names.
  package var callableCount: Int {
    identifiers.count { identifier in
      identifier.first.map {
        Int($0) == PersonalDataKind.phone.place || Int($0) == PersonalDataKind.card.place
      } ?? false
    }
  }

  /// 64 bits of the SHA-256 of the identifiers; `nil` where there are none.
  package var fingerprint: UInt64? {
    guard isIdentified else { return nil }
    var digest = FieldDigest()
    for identifier in identifiers { digest.add(bytes: identifier) }
    return digest.recordID.high
  }
}

/// Goes over the scalars of one row.
private struct PersonalRowScanner {
  var found: [[UInt8]] = []
  var hasName = false
  var hasAddress = false
  var hasClock = false
  var hasInvalidIdentity = false

  private var run: [UInt8] = []
  /// Short groups of digits with single gaps between them: `138`, `0000`.
  private var groups: [[UInt8]] = []
  private var plateLead: Unicode.Scalar?
  private var piece: [Unicode.Scalar] = []
  private var previous: Unicode.Scalar = " "
  /// Whether an hour and a colon stand right before the run.
  private var followsHour = false

  /// Pieces longer than this are neither names nor addresses.
  private static let pieceLimit = 120
  private static let separators = Set(",;|/\\，；、。｜\t\n\r\"'“”()（）:：=＝[]【】_- 　".unicodeScalars)

  mutating func take(_ scalar: Unicode.Scalar) {
    if let byte = NumberShape.ascii(scalar), NumberShape.isAlphanumeric(byte) {
      run.append(NumberShape.upper(byte))
      piece.append(scalar)
      previous = scalar
      return
    }
    // 京A·12345.
    if plateLead != nil, run.count == 1, scalar == "·" || scalar == "•" || scalar == " " { return }
    let isGap = scalar == " " || scalar == "-"
    if !run.isEmpty {
      endRun(next: scalar, joins: isGap)
    } else if !groups.isEmpty {
      endGroups()
    }
    if NumberShape.isPlateLead(scalar) { plateLead = NumberShape.plateLead(scalar) }
    if Self.separators.contains(scalar) {
      endPiece()
    } else if piece.count <= Self.pieceLimit {
      piece.append(scalar)
    }
    previous = scalar
  }

  mutating func finish() {
    if !run.isEmpty { endRun(next: " ", joins: false) }
    endGroups()
    endPiece()
  }

  private mutating func endRun(next: Unicode.Scalar, joins: Bool) {
    let isMail = next == "@" || next == "＠"
    let isAllDigits = run.allSatisfy(NumberShape.isDigit)
    if followsHour, run.count == 2, isAllDigits { hasClock = true }
    followsHour = (next == ":" || next == "：") && isAllDigits && run.count <= 2
    defer {
      run.removeAll(keepingCapacity: true)
      plateLead = nil
    }
    if isAllDigits, (2...8).contains(run.count), plateLead == nil, !isMail {
      groups.append(run)
      if !joins || groups.count > 5 { endGroups() }
      return
    }
    endGroups()
    guard !isMail else { return }
    if let plateLead, NumberShape.isPlate(run) {
      return note(.plate, Array(String(plateLead).utf8) + run)
    }
    noteNumber(run)
  }

  /// Notes a run that is a number of a person or vehicle; `true` when it is one.
  @discardableResult
  private mutating func noteNumber(_ run: [UInt8]) -> Bool {
    switch run.count {
    case 11 where NumberShape.isMobile(run): note(.phone, run)
    case 13 where run.starts(with: "86".utf8) && NumberShape.isMobile(run.dropFirst(2)):
      note(.phone, Array(run.dropFirst(2)))
    case 15 where run.starts(with: "0086".utf8) && NumberShape.isMobile(run.dropFirst(4)):
      note(.phone, Array(run.dropFirst(4)))
    case 17 where CheckedNumber.isVehicle(run): note(.vehicle, run)
    case 18 where CheckedNumber.isIdentity(run): note(.identity, run)
    case 15...19 where CheckedNumber.isCard(run): note(.card, run)
    default:
      if NumberShape.isIdentity(run) { hasInvalidIdentity = true }
      return false
    }
    return true
  }

  /// Closes up the groups where they are those of a phone, a card or an identity number.
  private mutating func endGroups() {
    defer { groups.removeAll(keepingCapacity: true) }
    var start = 0
    while start < groups.count {
      var taken = 1
      for length in stride(from: min(5, groups.count - start), to: 1, by: -1) {
        let part = groups[start..<(start + length)]
        guard Self.patterns.contains(part.map(\.count)), noteNumber(part.flatMap(\.self)) else {
          continue
        }
        taken = length
        break
      }
      start += taken
    }
  }

  /// How people group the digits of phones, cards and identity numbers.
  private static let patterns: Set<[Int]> = [
    [3, 4, 4], [3, 8], [2, 3, 4, 4], [4, 4, 4, 4], [4, 4, 4, 4, 3], [4, 4, 4, 4, 2], [6, 8, 4],
  ]

  private mutating func note(_ kind: PersonalDataKind, _ bytes: [UInt8]) {
    found.append([UInt8(kind.place)] + bytes)
  }

  private mutating func endPiece() {
    defer { piece.removeAll(keepingCapacity: true) }
    guard piece.count >= 2, piece.count <= Self.pieceLimit else { return }
    if !hasName, piece.count <= 4 { hasName = PersonalWords.isName(piece) }
    if !hasAddress, piece.count >= 6 { hasAddress = PersonalWords.isAddress(piece) }
  }
}
