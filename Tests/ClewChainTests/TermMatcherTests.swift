import ClewTestSupport
import Testing

@testable import ClewChain

struct TermMatcherTests {
  private func hits(_ matcher: TermMatcher, _ text: String) -> [[Int]] {
    var found: [[Int]] = []
    let bytes = Array(text.utf8)
    matcher.forEachHit(in: bytes.span) { found.append([$0.end, $0.term]) }
    return found.sorted { $0[0] != $1[0] ? $0[0] < $1[0] : $0[1] < $1[1] }
  }

  @Test func `terms inside one another are all found`() {
    let matcher = TermMatcher(["查", "查车", "车", "查车档"])
    #expect(hits(matcher, "查车档") == [[3, 0], [6, 1], [6, 2], [9, 3]])
  }

  @Test func `ASCII letters match in either case`() {
    #expect(hits(TermMatcher(["aa"]), "AAa") == [[2, 0], [3, 0]])
  }

  @Test func `no terms and empty texts find nothing`() {
    #expect(hits(TermMatcher([]), "车").isEmpty)
    #expect(hits(TermMatcher(["车"]), "").isEmpty)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `one pass finds what a search for each term finds`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let letters = ["a", "b", "查", "车"]
    func word(_ length: Int) -> String {
      (0..<length).map { _ in letters[random.next(below: letters.count)] }.joined()
    }
    let terms = Array(Set((0..<8).map { _ in word(1 + random.next(below: 4)) })).sorted()
    let text = word(60)
    var expected: [[Int]] = []
    let bytes = Array(text.utf8)
    for (number, term) in terms.enumerated() {
      let pattern = Array(term.utf8)
      for start in 0...(bytes.count - pattern.count)
      where Array(bytes[start..<(start + pattern.count)]) == pattern {
        expected.append([start + pattern.count, number])
      }
    }
    expected.sort { $0[0] != $1[0] ? $0[0] < $1[0] : $0[1] < $1[1] }
    #expect(hits(TermMatcher(terms), text) == expected)
  }
}

struct LexiconTests {
  @Test func `the lexicon that comes with the program is whole`() {
    let lexicon = Lexicon.standard
    #expect(lexicon.version.hasPrefix("clew-lexicon/"))
    #expect(lexicon.categories.count == Set(lexicon.categories.map(\.id)).count)
    #expect(lexicon.categories.count <= 32)
    #expect(lexicon.categoryIndex("vehicle") != nil)
    #expect(lexicon.contains(.supplierLabel, in: "源头-泥鳅"))
    #expect(!lexicon.contains(.supplierLabel, in: "泥鳅"))
  }
}
