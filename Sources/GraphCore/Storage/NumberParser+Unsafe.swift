/// Cuts lines of two numbers, or three, out of the bytes of an edge list.
///
/// The grammar is the part of ``EdgeListReader``'s that needs no names: numbers parted by blanks, a tab
/// or a comma, whichever the first line has, comments, empty lines. Whatever else a line holds ends the
/// work, and the general reader says what is wrong, if anything is.
@safe struct NumberParser: @unchecked Sendable {
  /// The whole text; valid for as long as the parser is used.
  private let text: UnsafeBufferPointer<UInt8>
  /// The bytes of the text.
  let byteCount: Int
  /// Whether a third number is kept; otherwise it is passed over like the rest of the line.
  let readsWeights: Bool
  /// What parts the columns: a comma, a tab, or with a space any blanks.
  let separator: UInt8
  /// The byte that does so as well.
  let otherSeparator: UInt8

  init(text: UnsafeBufferPointer<UInt8>, readsWeights: Bool) {
    unsafe self.text = unsafe text
    byteCount = text.count
    self.readsWeights = readsWeights
    separator = unsafe Span(_unsafeElements: text).firstSeparator()
    otherSeparator = separator == .space ? .tab : separator
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
  func chunks(ofSize size: Int = chunkSize) -> [Range<Int>] {
    var chunks: [Range<Int>] = []
    var start = 0
    while start < byteCount {
      var end = min(byteCount, start + size)
      while end < byteCount, unsafe text[end - 1] != .lineFeed { end += 1 }
      chunks.append(start..<end)
      start = end
    }
    return chunks
  }

  /// The largest number at some hundreds of places evenly spread, nil where they hold none.
  ///
  /// A guess at how large numbers become, for whoever checks it.
  func sampledLargest() -> UInt64? {
    guard let base = unsafe text.baseAddress else { return nil }
    var largest: UInt64?
    for sample in 0..<512 {
      var place = byteCount / 512 * sample
      if place > 0 { place = unsafe endOfLine(base, from: place, to: byteCount) + 1 }
      guard place < byteCount, let source = unsafe number(base, at: &place, to: byteCount),
        unsafe passSeparator(base, at: &place, to: byteCount),
        let target = unsafe number(base, at: &place, to: byteCount)
      else { continue }
      largest = max(largest ?? 0, source, target)
    }
    return largest
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
      if let line = unsafe shortLine(base, at: place), unsafe weights == nil {
        unsafe sources[count] = Number(truncatingIfNeeded: line.source)
        unsafe targets[count] = Number(truncatingIfNeeded: line.target)
        largest = max(largest, max(line.source, line.target))
        count &+= 1
        place = line.next
        continue
      }
      let first = unsafe base[place]
      if first == .lineFeed || first.isBlank {
        guard unsafe passMargin(base, at: &place, to: end) else { return .other }
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

  /// Passes over an end of a line or the blanks before a line's first column; false where a tab is among
  /// them that ends an empty column.
  @unsafe private func passMargin(
    _ base: UnsafePointer<UInt8>,
    at place: inout Int,
    to end: Int
  ) -> Bool {
    var hasTab = false
    while place < end, unsafe base[place].isBlank {
      hasTab = unsafe hasTab || base[place] == .tab
      place &+= 1
    }
    guard place < end else { return true }
    let next = unsafe base[place]
    if next == .lineFeed { place &+= 1 }
    return !hasTab || separator != .tab || next == .lineFeed || next == .hash || next == .percent
  }

  /// Passes over what parts two columns, blanks beside it among them; tells whether it was there.
  @inline(__always)
  @unsafe private func passSeparator(
    _ base: UnsafePointer<UInt8>,
    at place: inout Int,
    to end: Int
  ) -> Bool {
    let start = place
    var isParted = false
    while place < end {
      let byte = unsafe base[place]
      if byte == separator, separator != .space {
        // A second one ends an empty column.
        if isParted { break }
        isParted = true
      } else if !byte.isBlank {
        break
      }
      place &+= 1
    }
    return separator == .space ? place > start : isParted
  }
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
