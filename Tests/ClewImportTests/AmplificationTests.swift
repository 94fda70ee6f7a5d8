import ClewEvidence
import ClewImport
import Testing

/// What a small file says once for many must not cost more than a large file that says it each time.
@Suite struct `A small graph file that says much` {
  @Test func `draws subgraphs on subgraphs only as far as its length allows`() throws {
    // 90,000 edges in each of ten statements; the file has some 28,000 bytes.
    let side = (0..<300).map { "n\($0) " }.joined()
    let text = "digraph { " + String(repeating: "{\(side)} -> {\(side)} ;\n", count: 10) + "}"
    let sink = try importing(text, as: "dot")
    #expect(sink.drawn.count == 90_000)
    #expect(sink.units.count == 301)
    #expect(
      sink.reasons
        == Array(repeating: "the graph draws more edges than its length allows", count: 9)
    )
  }

  @Test func `gives a long default to as many edges as its length allows`() throws {
    // 16 MiB and four times the file's own length hold 37 times the 500,005 bytes of name and label.
    let label = String(repeating: "x", count: 500_000)
    let text =
      "digraph { edge [label=\"\(label)\"]\n" + String(repeating: "a->b\n", count: 40) + "}"
    let sink = try importing(text, as: "dot")
    #expect(sink.drawn.count == 37)
    #expect(
      sink.reasons
        == Array(
          repeating: "the edges have longer attributes than the file's length allows",
          count: 3
        )
    )
  }

  @Test(arguments: ["graphml", "gexf"])
  func `is refused where its defaults are long`(format: String) throws {
    func text(_ length: Int) -> String {
      let value = String(repeating: "x", count: length)
      let ends = "<node id=\"a\"/><node id=\"b\"/>"
      let edge = "<edge source=\"a\" target=\"b\"/>"
      return format == "graphml"
        ? "<graphml><key id=\"k\" for=\"edge\" attr.name=\"kind\"><default>\(value)</default></key>"
          + "<graph>\(ends)\(edge)</graph></graphml>"
        : "<gexf><graph><attributes class=\"edge\"><attribute id=\"k\" title=\"kind\">"
          + "<default>\(value)</default></attribute></attributes>"
          + "<nodes>\(ends)</nodes><edges>\(edge)</edges></graph></gexf>"
    }
    #expect(try importing(text(4096), as: format).units.count == 3)
    do {
      _ = try importing(text(4097), as: format)
      Issue.record("a default of 4097 bytes was taken")
    } catch ImportError.limitExceeded(_, let limit) {
      #expect(limit == "4096 bytes of defaults")
    }
  }
}
