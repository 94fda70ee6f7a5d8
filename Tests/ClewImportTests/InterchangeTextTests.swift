import ClewEvidence
import ClewImport
import Foundation
import Testing

@Suite struct `Text formats of graphs` {
  @Test func `the relations of a Pajek network are the kinds of its arcs`() throws {
    let sink = try interchange("chain.net", as: "pajek")
    #expect(sink.units.count == 13)
    #expect(sink.rules == Array(repeating: "begin of a section", count: 3))
    #expect(sink.supplies == SampleStory.supplies)
    #expect(sink.payments == SampleStory.payments)
    #expect(sink.contacts.map(\.name) == ["泥鳅", "风筝", "灯笼", "纸船", "石磨"])
  }

  @Test func `Pajek edges, lists, matrices and second networks`() throws {
    let sink = try importing(
      """
      % comment
      *Network demo
      *Vertices 3
      1 "phone:13800000001" 0.1 0.2
      2 "qq:9990000002"
      *Edges :1 "pay"
      1 2 50
      *Arcslist :2 "supply"
      1 2 3
      *Matrix :3 "pay"
      0 5 0
      0 0 0
      0 0 7
      *Vertices 2
      1 "other"
      *Arcs
      1 9
      1 2 x
      *Partition p
      1

      """,
      as: "pajek"
    )
    let (one, two) = (Account(.phone, "+8613800000001"), Account(.qq, "9990000002"))
    #expect(sink.trades.map(\.supplier) == [one, one])
    #expect(sink.trades.first?.buyer == two)
    #expect(sink.transfers.map { $0.amount?.fen } == [500, 700])
    #expect(sink.transfers.first?.payee == two)
    #expect(sink.drawn == ["\(one)>\(two)", "\(two)>\(one)"])
    #expect(sink.contacts.last?.contact.value.hasPrefix("other (2/1)#") == true)
    #expect(
      sink.reasons == [
        "an end of the line is no vertex of those declared", "the weight is no number",
      ]
    )
    #expect(sink.rules.contains("row of zeros"))
    #expect(sink.rules.last == "section of no vertices and no lines")
  }

  @Test func `a matrix whose comment says so holds five payments from column to row`() throws {
    let sink = try interchange("pay.mtx", as: "matrix-market")
    #expect(sink.units.count == 5)
    #expect(sink.rules == ["banner", "comment", "line of sizes"])
    #expect(sink.payments.sorted() == SampleStory.payments)
    #expect(sink.decisions["meaning"] == "pay, column to row")
  }

  @Test func `a symmetric matrix has no direction and a pattern no amounts`() throws {
    let symmetric = try importing(
      "%%MatrixMarket matrix coordinate real symmetric\n% row = payer, column = payee\n"
        + "3 3 2\n2 1 5.0\n3 4 1\n",
      as: "matrix-market"
    )
    #expect(symmetric.transfers.isEmpty)
    #expect(symmetric.drawn.count == 2)
    #expect(symmetric.reasons == ["row or column lies outside of the matrix"])
    let pattern = try importing(
      "%%MatrixMarket matrix coordinate pattern general\n% row = supplier, col = buyer\n"
        + "2 2 3\n1 2\n1 2 3\n",
      as: "matrix-market"
    )
    #expect(pattern.trades.count == 1)
    #expect(pattern.reasons == ["the line holds 3 values; expected 2"])
    #expect(pattern.decisions["entries"] == "the file declares 3 and holds 2")
  }

  @Test func `a dense matrix runs down its columns`() throws {
    let sink = try importing(
      "%%MatrixMarket matrix array integer general\n% row = payer, column = payee\n"
        + "2 2\n0\n5\n7\n0\n",
      as: "matrix-market"
    )
    let flows = sink.transfers.map { [$0.payer, $0.payee].map { $0?.value.first ?? "-" } }
    #expect(flows == [["2", "1"], ["1", "2"]])
    #expect(sink.transfers.map { $0.amount?.fen } == [500, 700])
  }

  @Test func `a SNAP list without a kind is eight lines between numbers`() throws {
    let sink = try interchange("snap_edges.txt", as: "snap-edges")
    #expect(sink.units.count == 8)
    #expect(sink.rules == ["comment", "comment", "comment"])
    #expect(sink.trades.isEmpty && sink.transfers.isEmpty)
    #expect(sink.drawn.count == 8)
    #expect(sink.drawn[0].hasPrefix("name:0#"))
    #expect(sink.decisions["meaning"] == "no comment says what an edge means")
  }

  @Test func `a SNAP list may say its kind`() throws {
    let sink = try importing(
      "# Nodes: 2 Edges: 1\n# Kind: supply\nqq:9990000001\tqq:9990000002\n1\n",
      as: "snap-edges"
    )
    #expect(sink.trades.map(\.buyer) == [Account(.qq, "9990000002")])
    #expect(sink.reasons == ["the line holds no two ids"])
  }

  @Test func `a DOT graph has five nodes, three supplies and five payments`() throws {
    let sink = try interchange("chain.dot", as: "dot")
    #expect(sink.units.count == 13)
    #expect(sink.rules == ["defaults"])
    #expect(sink.supplies == SampleStory.supplies)
    #expect(sink.payments == SampleStory.payments)
    #expect(sink.contacts.map(\.name) == ["泥鳅", "风筝", "灯笼", "纸船", "石磨"])
    #expect(sink.units[0].original == .text("p1 [label=\"泥鳅\"]"))
  }

  @Test func `DOT chains, defaults, comments, ports and subgraphs`() throws {
    let sink = try importing(
      """
      /* one */ strict digraph "g" { // two
      # three
        rankdir = LR
        edge [kind=supply]
        a -> b:port:n -> c
        subgraph cluster_1 { edge [kind=pay, amount="5.00"]; d -> e; { f g } -> h [amount=7] }
        x -> { y z } ;
        a -> b [kind=knows, dir=back]
        "phone:13800000001" [label="\\N"]; a [label=<b<br/>c>]
        a [phone="13800000002"]
      }
      graph { a -- b [kind=supply] }

      """,
      as: "dot"
    )
    func names(_ account: Account?) -> String {
      account?.value.split { "#(".contains($0) }.first.map {
        $0.trimmingCharacters(in: .whitespaces)
      } ?? ""
    }
    // `a` states a phone further down.
    #expect(
      sink.trades.map { names($0.supplier) + ">" + names($0.buyer) } == [
        "+8613800000002>b", "b>c", "x>y", "x>z",
      ]
    )
    #expect(
      sink.transfers.map { "\(names($0.payer))>\(names($0.payee)) \($0.amount?.fen ?? 0)" } == [
        "d>e 500", "f>h 700", "g>h 700",
      ]
    )
    let known = sink.contacts.filter { $0.nature == .friend && $0.owner != nil }
    #expect(known.map { names($0.owner) } == ["b"])
    #expect(sink.contacts.contains { $0.contact == Account(.phone, "+8613800000001") })
    #expect(sink.contacts.filter { $0.nature == .stranger }.count == 2)
    #expect(sink.rules.contains("attribute of a graph"))
    #expect(sink.rules.filter { $0 == "defaults" }.count == 2)
    #expect(sink.rules.last == "node described before")
    #expect(sink.rejects.isEmpty)
  }

  @Test(arguments: [
    ("digraph { a -> ; b -> c }", ["an edge without its second end"], 1),
    ("digraph { a [x] ; b -> c }", ["an attribute without value"], 1),
    ("digraph { a -> b", ["the file ends inside this statement"], 0),
    ("digraph { a -> { b", ["the file ends inside this statement"], 0),
    ("digraph { a -> \"b\n c -> d }", ["the file ends inside this statement"], 0),
    ("digraph { ] \n b -> c }", ["what stands here begins no statement"], 1),
    ("digraph { a -> b } }", ["the file ends inside this statement"], 1),
  ])
  func `a fault of a DOT statement is refused and reading goes on`(
    text: String,
    reasons: [String],
    taken: Int
  ) throws {
    let sink = try importing(text, as: "dot")
    #expect(sink.reasons.prefix(1) == reasons.prefix(1))
    #expect(sink.drawn.count == taken)
  }

  @Test func `what is said a hundred thousand times costs linear time`() throws {
    let repeated = String(repeating: "a [phone=13800000001] edge [kind=pay] ", count: 100_000)
    let sink = try importing("digraph { " + repeated + "}", as: "dot")
    #expect(sink.units.count == 1)
    let many = (0..<2000).map { "n\($0) " }.joined()
    let wide = try importing(
      "digraph { {\(many)} -> {\(many)} ; {\(many)} -> z }",
      as: "dot"
    )
    #expect(wide.reasons == ["one statement draws more than 100000 edges"])
    #expect(wide.drawn.count == 2000)
  }

  @Test func `deep nesting and long chains of subgraphs cost no stack`() throws {
    let deep = "digraph { " + String(repeating: "{ ", count: 100_000)
    let nested = try importing(deep, as: "dot")
    #expect(nested.units.isEmpty)
    let long = "digraph { a " + String(repeating: "-> {} ", count: 100_000) + "; b -> c }"
    let sink = try importing(long, as: "dot")
    #expect(sink.drawn.count == 1)
    #expect(sink.rules == ["edge from or to nothing"])
  }
}
