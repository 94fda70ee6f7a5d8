import ClewTestSupport
import GraphCore
import Testing

/// The first line decides what parts the columns, for both readers of plain edge lists.
struct SeparatorTests {
  /// The edges as texts, or what is wrong.
  private func general(_ text: String, readsWeights: Bool = true) -> Result<[String], GraphError> {
    Result { () throws(GraphError) in
      let read = try EdgeListReader(readsWeights: readsWeights).graph(from: Array(text.utf8))
      return read.graph.edges
        .map {
          "\(read.label(of: $0.source))|\(read.label(of: $0.target))|\($0.weight)|\($0.multiplicity)"
        }
        .sorted()
    }
  }

  private func numbered(_ text: String, readsWeights: Bool = true) throws -> [String]? {
    let reader = EdgeListReader(readsWeights: readsWeights)
    guard let read = try reader.numberedGraph(from: Array(text.utf8)) else { return nil }
    return read.graph.edges
      .map {
        "\(read.numbers[$0.source])|\(read.numbers[$0.target])|\($0.weight)|\($0.multiplicity)"
      }
      .sorted()
  }

  @Test(arguments: [
    ("1,2\n3 4", 2), ("1 2\n3,4", 2), ("1 2\n3, 4", 2), ("1 2\n3 ,4", 2), ("1\t2\n3 4", 2),
    ("1\t2\n3,4", 2), ("1,2\n\n# note\n3\t4\n5,6", 4), ("1 2 5\n1 2,3", 2), ("a b\nc,d e", 2),
  ])
  func `a line parted otherwise than the first is refused by its number`(
    text: String,
    line: Int
  ) throws {
    #expect(general(text) == .failure(.unreadableLine(line, .otherSeparator)))
    #expect(try numbered(text) == nil)
  }

  @Test(arguments: [
    ("1\t2\n3\t\t4", EdgeListProblem.emptyName), ("1\t2\n\t3\t4", .emptyName),
    ("1,2\n,3,4", .emptyName), ("1,2\n3", .missingColumn), ("1 2\n3", .missingColumn),
    ("1\t2\n3\t", .emptyName),
  ])
  func `an empty or missing column is refused by both`(
    text: String,
    problem: EdgeListProblem
  ) throws {
    #expect(general(text) == .failure(.unreadableLine(2, problem)))
    #expect(try numbered(text) == nil)
  }

  /// Blanks between commas or tabs belong to a name, which numbers alone do not have.
  @Test(arguments: [
    ("1,2\n1 2,3", ["1 2|3|1|1", "1|2|1|1"]), ("1,2\n3,4 5", ["1|2|1|1", "3|4 5|1|1"]),
    ("1\t2\n3\t4,5", ["1|2|1|1", "3|4,5|1|1"]), ("1\t2\n3\t4\t\t5", ["1|2|1|1", "3|4|1|1"]),
    ("1,2\n3,4,,5", ["1|2|1|1", "3|4|1|1"]), ("1 2 a,b", ["1 2 a|b|1|1"]),
  ])
  func `what only names can mean is left to the general reader`(
    text: String,
    edges: [String]
  ) throws {
    #expect(general(text) == .success(edges))
    #expect(try numbered(text) == nil)
    if let read = try numbered(text, readsWeights: false) {
      #expect(general(text, readsWeights: false) == .success(read))
    }
  }

  @Test(arguments: [
    "1 2\n3\t4\n", "1 , 2\r\n3,4\t\r\n", "1\t2 \r\n3 \t 4\r\n", "# 1,2\n1 2\n\t\n3 4",
    "%\t\n  1,2\n 3,4", "1\t2\n \t # note\n3\t4", "1 2\n3 4 \t", "1,2,\n3,4, ",
  ])
  func `blanks beside a separator change nothing`(text: String) throws {
    #expect(general(text) == .success(["1|2|1|1", "3|4|1|1"]))
    #expect(try numbered(text) == ["1|2|1|1", "3|4|1|1"])
  }

  @Test(arguments: 0..<40 as Range<UInt64>, [true, false])
  func `what the reader of numbers reads the general one reads alike`(
    seed: UInt64,
    readsWeights: Bool
  ) throws {
    var random = SplitMix64(seed: seed)
    var readCount = 0
    for _ in 0..<100 {
      // Lines mostly alike, with now and then another byte, so that many are read and many are not.
      let separator = [" ", "\t", ",", " , "][random.next(below: 4)]
      let bytes = Array(" \t,\r\n#%1207x")
      var text = ""
      for _ in 0..<1 + random.next(below: 5) {
        let columns = (0..<[2, 2, 2, 3, 4][random.next(below: 5)]).map { _ in
          "\(random.next(below: 12))"
        }
        text += columns.joined(separator: separator) + (random.next(below: 4) == 0 ? "\r\n" : "\n")
      }
      for _ in 0..<random.next(below: 3) {
        let place = text.utf8.index(
          text.startIndex,
          offsetBy: random.next(below: text.utf8.count)
        )
        if random.next(below: 2) == 0 {
          text.unicodeScalars.insert(
            contentsOf: "\(bytes[random.next(below: bytes.count)])".unicodeScalars,
            at: place
          )
        } else {
          text.unicodeScalars.remove(at: place)
          if text.isEmpty { text = "\n" }
        }
      }
      guard let edges = try numbered(text, readsWeights: readsWeights) else { continue }
      readCount += 1
      #expect(general(text, readsWeights: readsWeights) == .success(edges))
    }
    #expect(readCount > 20)
  }
}
