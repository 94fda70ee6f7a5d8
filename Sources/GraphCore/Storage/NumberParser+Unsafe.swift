/// Cuts lines of two numbers, or three, out of the bytes of an edge list.
///
/// The grammar is the part of ``EdgeListReader``'s that needs no names: numbers parted by blanks, tabs
/// or a comma, comments, empty lines. Whatever else a line holds ends the work, and the general reader
/// says what is wrong, if anything is.
@safe struct NumberParser: @unchecked Sendable {
  /// The whole text; valid for as long as the parser is used.
  private let text: UnsafeBufferPointer<UInt8>
  /// The bytes of the text.
  private let byteCount: Int
  /// Whether a third number is kept; otherwise it is passed over like the rest of the line.
  let readsWeights: Bool

  init(text: UnsafeBufferPointer<UInt8>, readsWeights: Bool) {
    unsafe self.text = unsafe text
    byteCount = text.count
    self.readsWeights = readsWeights
  }

  /// What came of a stretch of text.
  enum Outcome: Sendable {
    case numbers
    /// A line has a third number, and there was no room for weights.
    case weightFound
    /// A number does not fit the type.
    case tooLarge
    /// Something else than numbers.
    case other
  }

  /// The bytes of a stretch of text; it ends at the end of a line.
  static let chunkSize = 1 << 21

  /// The bounds of the stretches: each begins where a line does.
  func chunks() -> [Range<Int>] {
    var chunks: [Range<Int>] = []
    var start = 0
    while start < byteCount {
      var end = min(byteCount, start + Self.chunkSize)
      while end < byteCount, unsafe text[end - 1] != .lineFeed { end += 1 }
      chunks.append(start..<end)
      start = end
    }
    return chunks
  }

  /// Reads the lines of a stretch.
  func read<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
    _ range: Range<Int>,
    into arcs: inout NumberedArcs<Number>
  ) -> Outcome {
    precondition(range.lowerBound >= 0 && range.upperBound <= byteCount, "outside the text")
    guard let base = unsafe text.baseAddress else { return .numbers }
    var place = range.lowerBound
    let end = range.upperBound
    // Every line takes four bytes or more, its end among them, but for the last of the text.
    let (sources, targets) = unsafe (arcs.sources.pointer, arcs.targets.pointer)
    let weights = unsafe arcs.weights?.pointer
    var count = 0
    var largest: UInt64 = 0
    while place < end {
      let first = unsafe base[place]
      if first == .lineFeed || first == .space || first == .tab || first == .carriageReturn {
        place &+= 1
        continue
      }
      if first == .hash || first == .percent {
        place = unsafe endOfLine(base, from: place, to: end)
        continue
      }
      guard let source = unsafe number(base, at: &place, to: end) else { return .other }
      guard unsafe passSeparator(base, at: &place, to: end),
        let target = unsafe number(base, at: &place, to: end)
      else { return .other }
      var weight: UInt64 = 1
      let hasMore = unsafe passSeparator(base, at: &place, to: end)
      if hasMore, place < end, unsafe base[place] != .lineFeed {
        if readsWeights {
          guard unsafe weights != nil else { return .weightFound }
          guard let third = unsafe number(base, at: &place, to: end), third >= 1,
            third <= UInt64(Int64.max)
          else { return .other }
          weight = third
          unsafe _ = passSeparator(base, at: &place, to: end)
          guard unsafe place == end || base[place] == .lineFeed else { return .other }
        } else {
          place = unsafe endOfLine(base, from: place, to: end)
        }
      } else if !hasMore, place < end, unsafe base[place] != .lineFeed {
        return .other
      }
      largest = max(largest, max(source, target))
      unsafe sources[count] = Number(truncatingIfNeeded: source)
      unsafe targets[count] = Number(truncatingIfNeeded: target)
      if let weights = unsafe weights { unsafe weights[count] = Int64(truncatingIfNeeded: weight) }
      count &+= 1
      place &+= 1
    }
    arcs.count = count
    arcs.largest = largest
    // The largest id that has a successor.
    return largest >= UInt64(Number.max) ? .tooLarge : .numbers
  }

  @unsafe private func endOfLine(
    _ base: UnsafePointer<UInt8>,
    from start: Int,
    to end: Int
  ) -> Int {
    var place = start
    while place < end, unsafe base[place] != .lineFeed { place &+= 1 }
    return place
  }

  /// Passes over blanks with at most one comma among them; tells whether there was any.
  @inline(__always)
  @unsafe private func passSeparator(
    _ base: UnsafePointer<UInt8>,
    at place: inout Int,
    to end: Int
  ) -> Bool {
    let start = place
    var hasComma = false
    while place < end {
      let byte = unsafe base[place]
      guard
        byte == .space || byte == .tab || byte == .carriageReturn || (byte == .comma && !hasComma)
      else { break }
      hasComma = hasComma || byte == .comma
      place &+= 1
    }
    return place > start
  }

  /// The number at a place, nil where there is none; moves the place past it.
  ///
  /// Up to 18 digits and no leading zero, which would be part of a name.
  ///
  /// Eight bytes at once: those that are digits are told from the first that is none by a carry into
  /// the high bit of each byte, and three multiplications join them. D. Lemire, "Number parsing at a
  /// gigabyte per second", Softw. Pract. Exp. 51(8), 2021, doi:10.1002/spe.2984.
  @inline(__always)
  @unsafe private func number(
    _ base: UnsafePointer<UInt8>,
    at place: inout Int,
    to end: Int
  ) -> UInt64? {
    var value: UInt64 = 0
    let start = place
    if unsafe start &+ 1 < end && base[start] == .zero && base[start &+ 1] &- .zero < 10 {
      return nil
    }
    while place &+ 8 <= byteCount {
      let word = unsafe UInt64(
        littleEndian: UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self)
      )
      let digits = word ^ 0x3030_3030_3030_3030
      let others = ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
      let count = others == 0 ? 8 : others.trailingZeroBitCount &>> 3
      guard count > 0 else { break }
      let aligned = digits &<< UInt64(64 &- 8 &* count)
      let pairs = aligned &* 10 &+ aligned &>> 8
      let joined =
        ((pairs & 0xFF_0000_00FF) &* 0xF_4240_0000_0064
          &+ ((pairs &>> 16) & 0xFF_0000_00FF) &* 0x2710_0000_0001) &>> 32
      value = value &* Self.powers[count] &+ joined
      place &+= count
      if count < 8 { return place &- start <= 18 && place <= end ? value : nil }
      if place &- start > 18 { return nil }
    }
    // The last bytes of the text.
    while place < end, unsafe base[place] &- .zero < 10 {
      value = value &* 10 &+ UInt64(unsafe base[place] &- .zero)
      place &+= 1
      if place &- start > 18 { return nil }
    }
    return place > start && place <= end ? value : nil
  }

  private static let powers: InlineArray<9, UInt64> = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
  ]
}

/// Arcs between numbers, column by column.
struct NumberedArcs<Number: BitwiseCopyable & Sendable>: Sendable {
  let sources: SharedArray<Number>
  let targets: SharedArray<Number>
  let weights: SharedArray<Int64>?
  var count = 0
  /// The largest number, 0 where there is none.
  var largest: UInt64 = 0

  /// Room for all lines that so many bytes can hold; memory that is not written is not taken.
  init(bytes: Int, hasWeights: Bool) {
    let capacity = bytes / 4 + 2
    sources = SharedArray(unwritten: capacity)
    targets = SharedArray(unwritten: capacity)
    weights = hasWeights ? SharedArray(unwritten: capacity) : nil
  }
}
