/// Finds many terms in one pass over the bytes of a text.
///
/// A byte trie with failure links, made once and run over each message in time linear in its length
/// whatever the terms are: no pattern of the text can slow it down.
///
/// > Source: A. V. Aho, M. J. Corasick, "Efficient string matching: an aid to bibliographic
/// > search", *Comm. ACM* 18(6), 1975. [doi](https://doi.org/10.1145/360825.360855)
struct TermMatcher: Sendable {
  /// One term found: its number and the offset of the byte after its end.
  struct Hit {
    let term: Int
    let end: Int
  }

  /// `next[state * classes + class]`; complete, so that matching never follows a failure link.
  private let next: [Int32]
  /// The class of each byte; bytes in no term share class 0.
  private let classOf: [UInt8]
  private let classes: Int
  /// The terms that end in a state, longest first.
  private let ends: [[Int32]]

  /// Makes a matcher; ASCII letters are matched in either case.
  init(_ terms: [String]) {
    var classOf = [UInt8](repeating: 0, count: 256)
    var classes = 1
    let folded = terms.map { $0.utf8.map(Self.fold) }
    for byte in folded.joined() where classOf[Int(byte)] == 0 {
      classOf[Int(byte)] = UInt8(clamping: classes)
      classes += 1
    }
    for upper in UInt8(ascii: "A")...UInt8(ascii: "Z") {
      classOf[Int(upper)] = classOf[Int(upper + 32)]
    }
    var next = [Int32](repeating: -1, count: classes)
    var ends: [[Int32]] = [[]]
    for (number, term) in folded.enumerated() where !term.isEmpty {
      var state = 0
      for byte in term {
        let cell = state * classes + Int(classOf[Int(byte)])
        if next[cell] < 0 {
          next[cell] = Int32(ends.count)
          ends.append([])
          next.append(contentsOf: repeatElement(-1, count: classes))
        }
        state = Int(next[cell])
      }
      ends[state].append(Int32(number))
    }
    Self.complete(&next, &ends, classes)
    self.next = next
    self.ends = ends
    self.classOf = classOf
    self.classes = classes
  }

  private static func fold(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte + 32 : byte
  }

  private static func complete(_ next: inout [Int32], _ ends: inout [[Int32]], _ classes: Int) {
    var failure = [Int32](repeating: 0, count: ends.count)
    var queue: [Int] = []
    for cell in 0..<classes {
      if next[cell] < 0 { next[cell] = 0 } else { queue.append(Int(next[cell])) }
    }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      let fallback = Int(failure[state])
      ends[state].append(contentsOf: ends[fallback])
      for cell in 0..<classes {
        let target = next[state * classes + cell]
        let other = next[fallback * classes + cell]
        if target < 0 {
          next[state * classes + cell] = other
        } else {
          failure[Int(target)] = other
          queue.append(Int(target))
        }
      }
    }
  }

  /// Hands every occurrence of every term to `body`, overlapping ones too.
  func forEachHit(in bytes: Span<UInt8>, _ body: (Hit) -> Void) {
    var state = 0
    for index in 0..<bytes.count {
      state = Int(next[state * classes + Int(classOf[Int(bytes[index])])])
      for term in ends[state] { body(Hit(term: Int(term), end: index + 1)) }
    }
  }
}
