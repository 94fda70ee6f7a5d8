import Foundation
import Testing

@Suite(.serialized) struct `Every verb` {
  @Test(arguments: [
    [], ["run"], ["import"], ["sources"], ["rejects"], ["verify"], ["analyze"], ["show"], ["draw"],
    ["parties"], ["merge"], ["split"], ["undo"], ["export"], ["graph"], ["simulate"], ["score"],
    ["arrest"], ["gaps"], ["metrics"], ["timeline"], ["cluster"],
  ])
  func `explains itself with examples`(verb: [String]) throws {
    let outcome = try ClewProcess.run(verb + ["--help"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("EXAMPLES"))
    #expect(outcome.output.components(separatedBy: "  clew ").count >= 3)
    #expect(outcome.errors.isEmpty)
  }

  @Test(arguments: [
    ["nonsense"], ["run"], ["run", "x"], ["run", "x", "-o"], ["import"], ["import", "x"],
    ["import", "a", "b", "--format", "none"], ["sources"], ["analyze"],
    ["analyze", "x", "--threads", "0"], ["analyze", "x", "--threads", "many"],
    ["analyze", "x", "--engine", "hadoop"], ["analyze", "x", "--resume"],
    ["analyze", "x", "--engine", "spark://h:1", "--partitions", "0"],
    ["gaps", "x", "--engine", "spark://h:1"], ["analyze", "x", "--nonsense"], ["show", "x"],
    ["merge", "x", "a", "--reason", "r"], ["merge", "x", "a", "b"],
    ["split", "x", "a", "b", "--reason", " "], ["undo", "x", "many"],
    ["draw", "x"], ["draw", "x", "-o", "a.txt"], ["draw", "x", "-o", "a.svg", "--view", "q"],
    ["draw", "x", "-o", "a.svg", "--lang", "fr"], ["export", "x", "--as", "xls", "-o", "y"],
    ["export", "x", "-o", "y"], ["graph", "nonsense", "x"], ["graph", "pagerank"],
    ["simulate", "-o", "x"], ["simulate", "--preset", "none", "-o", "x"],
    ["simulate", "--preset", "field", "-o", "x", "--cash", "101"],
    ["simulate", "--preset", "nine-lines", "-o", "x", "--cash", "10"], ["score", "x"],
    ["score", "x", "--truth", "y", "--json", "--csv"],
    ["gaps", "x", "--limit", "0"],
    ["timeline", "x", "--until", "soon"],
  ])
  func `calls a wrong use a wrong use`(arguments: [String]) throws {
    let outcome = try ClewProcess.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("Error: "))
  }

  @Test func `says its version`() throws {
    let outcome = try ClewProcess.run("--version")
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: ".").count == 3)
  }

  @Test(arguments: [
    ["sources"], ["rejects"], ["verify"], ["analyze"], ["show", "猎人"], ["draw", "-o", "x.svg"],
    ["parties"], ["merge", "a", "b", "--reason", "r"], ["split", "a", "b", "--reason", "r"],
    ["undo"], ["score", "--truth", "truth"], ["arrest"], ["gaps"], ["metrics"], ["timeline"],
    ["export", "--as", "gexf", "-o", "x.gexf"],
  ])
  func `needs a case that is there`(verb: [String]) throws {
    let scratch = try Scratch()
    let arguments = [verb[0], "missing.clew"] + verb.dropFirst()
    let outcome = try ClewProcess.run(arguments, folder: scratch.path)
    #expect(outcome.status == 66)
    #expect(outcome.errors == "clew: missing.clew: no such file or folder\n")
    #expect(outcome.output.isEmpty)
  }
}

@Suite(.serialized) struct `A graph measure` {
  // a -> b -> c -> d, a -> c; e <-> f beside it.
  static let edges = "a b\nb c\nc d\na c\ne f\nf e\n"

  private func run(_ verb: String, _ options: String...) throws -> String {
    let scratch = try Scratch()
    let outcome = try ClewProcess.run(
      ["graph", verb, try scratch.write("edges.txt", Self.edges)] + options
    )
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    return outcome.output
  }

  @Test(arguments: [
    ("degrees", [], "node\tin\tout\na\t0\t2\nb\t1\t1\nc\t2\t1\nd\t1\t0\ne\t1\t1\nf\t1\t1\n"),
    ("bfs", ["--from", "a"], "node\tdistance\na\t0\nb\t1\nc\t1\nd\t2\ne\t\nf\t\n"),
    ("bfs", ["--from", "b", "--from", "e"], "node\tdistance\na\t\nb\t0\nc\t1\nd\t2\ne\t0\nf\t1\n"),
    ("core", ["--undirected"], "node\tcore\na\t2\nb\t2\nc\t2\nd\t1\ne\t1\nf\t1\n"),
    ("articulation", ["--undirected"], "node\nc\n"),
    ("bridges", ["--undirected"], "from\tto\nc\td\ne\tf\n"),
    (
      "dominators", ["--from", "a"],
      "node\tdominator\tdominated\na\t\t3\nb\ta\t0\nc\ta\t1\nd\tc\t0\ne\t\t\nf\t\t\n"
    ),
  ])
  func `gives the value worked out by hand`(verb: String, options: [String], text: String) throws {
    let scratch = try Scratch()
    let outcome = try ClewProcess.run(
      ["graph", verb, try scratch.write("edges.txt", Self.edges)] + options
    )
    #expect(outcome.status == 0)
    #expect(outcome.output == text)
  }

  @Test func `tells components apart`() throws {
    func groups(_ text: String) -> Set<Set<Substring>> {
      let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: "\t") }
      return Set(Dictionary(grouping: rows, by: { $0[1] }).values.map { Set($0.map { $0[0] }) })
    }
    #expect(try groups(run("components")) == [["a", "b", "c", "d"], ["e", "f"]])
    #expect(try groups(run("scc")) == [["a"], ["b"], ["c"], ["d"], ["e", "f"]])
  }

  @Test func `scores what can be worked out by hand`() throws {
    func scores(_ text: String) -> [String: Double] {
      var scores: [String: Double] = [:]
      for row in text.split(separator: "\n").dropFirst() {
        let cells = row.split(separator: "\t")
        scores[String(cells[0])] = Double(cells[1])
      }
      return scores
    }
    let ranks = try scores(run("pagerank"))
    #expect(abs(ranks.values.reduce(0, +) - 1) < 1e-9)
    #expect(abs((ranks["e"] ?? 0) - (ranks["f"] ?? 1)) < 1e-9)
    // Only a-c-d and b-c-d pass through a third node: c has both routes, the rest none.
    let between = try scores(run("betweenness"))
    #expect(between.filter { $0.value > 0 }.keys.sorted() == ["c"])
    #expect(try scores(run("springrank")).count == 6)
    #expect(try scores(run("hits")).count == 6)
    #expect(try run("incoherence").hasPrefix("F0\t"))
  }

  @Test func `refuses what it cannot read`() throws {
    let scratch = try Scratch()
    let bad = try scratch.write("bad.txt", "a b x\n")
    for (arguments, status) in [
      (["graph", "degrees", bad], 65), (["graph", "degrees", scratch.path + "/none"], 66),
      (["graph", "bfs", try scratch.write("e.txt", Self.edges)], 64),
      (["graph", "bfs", scratch.path + "/e.txt", "--from", "z"], 66),
    ] as [([String], Int32)] {
      let outcome = try ClewProcess.run(arguments)
      #expect(outcome.status == status, "\(arguments)")
      #expect(outcome.complaints.count == 1)
      #expect(outcome.output.isEmpty)
    }
  }
}

@Suite(.serialized) struct `The outline of a network` {
  // Two heads: 1 hands to 2 and 3, 2 to 4 and 5; 6 hands to 7 and 8, 7 to 9.
  static let edges = "1 2\n1 3\n2 4\n2 5\n6 7\n6 8\n7 9\n"

  @Test func `says what was worked out by hand`() throws {
    let scratch = try Scratch()
    let path = try scratch.write("edges.txt", Self.edges)
    let outcome = try ClewProcess.run(["graph", "analyze", path, "--lines", "2"])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(
      outcome.output == """
        nodes               9
        links               7
        weight              7
        parts               2, the largest of 5 nodes
        circles             9, the largest of 1 nodes
        run both ways       0 of 100 links
        reached by no head  0

        tier  nodes
        1     2
        2     4
        3     3

        line  head  members  but for the head
        1     1     5        4
        2     6     4        3

        hub  hands on  receives  tier  line  but for it
        1    2         0         1     1     4
        2    2         1         2     1     2
        6    2         0         1     2     3
        7    1         1         2     2     1

        """
    )
  }

  @Test func `is the same as a document, from heads that are named`() throws {
    let scratch = try Scratch()
    let path = try scratch.write("edges.txt", Self.edges)
    let outcome = try ClewProcess.run(["graph", "analyze", path, "--from", "2", "--json"])
    #expect(outcome.status == 0)
    let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let keys = try #require(document as? [String: Any])
    #expect(keys["schema"] as? String == "clew.graph-analysis/1")
    #expect(keys["tiers"] as? [Int] == [1, 2])
    #expect(keys["unreached"] as? Int == 6)
    let lines = try #require(keys["lines"] as? [[String: Any]])
    #expect(lines.map { $0["head"] as? String } == ["2"])
    #expect(lines.map { $0["members"] as? Int } == [3])
    #expect(lines.map { $0["butFor"] as? Int } == [2])
    let hubs = try #require(keys["hubs"] as? [[String: Any]])
    #expect(hubs.map { $0["node"] as? String } == ["1", "2", "6", "7"])
  }

  @Test func `says of links that are answered that they are talk`() throws {
    let scratch = try Scratch()
    let path = try scratch.write("calls.txt", "1 2\n2 1\n1 3\n")
    let text = try ClewProcess.run("graph", "analyze", path).output
    #expect(text.contains("run both ways       67 of 100 links"))
    #expect(text.contains("Talk is no supply"))
    let json = try ClewProcess.run("graph", "analyze", path, "--json").output
    #expect(json.contains("\"looksLikeTalk\": true") || json.contains("\"looksLikeTalk\":true"))
    let supply = try scratch.write("edges.txt", Self.edges)
    #expect(try !ClewProcess.run("graph", "analyze", supply).output.contains("Talk"))
  }

  @Test func `needs an edge, and options that fit`() throws {
    let scratch = try Scratch()
    let path = try scratch.write("edges.txt", Self.edges)
    let empty = try scratch.write("empty.txt", "# nothing\n")
    for (arguments, status) in [
      (["graph", "analyze", empty], 65), (["graph", "analyze", path, "--from", "10"], 66),
      (["graph", "analyze", path, "--lines", "0"], 64), (["graph", "degrees", path, "--json"], 64),
      (["graph", "analyze", scratch.path], 65),
    ] as [([String], Int32)] {
      let outcome = try ClewProcess.run(arguments)
      #expect(outcome.status == status, "\(arguments)")
      #expect(outcome.output.isEmpty)
    }
  }
}

@Suite(.serialized) struct `An edge list` {
  static let degrees = "node\tin\tout\n9\t1\t1\n10\t0\t1\n100\t1\t0\n"

  @Test func `of numbers comes in their order`() throws {
    let scratch = try Scratch()
    let outcome = try ClewProcess.run([
      "graph", "degrees", try scratch.write("edges.txt", "10 9\n9 100\n"),
    ])
    #expect(outcome.output == Self.degrees)
  }

  @Test func `keeps apart numbers that are spelled apart`() throws {
    let scratch = try Scratch()
    let outcome = try ClewProcess.run([
      "graph", "bfs", try scratch.write("edges.txt", "07 7\n7 8\n"), "--from", "7",
    ])
    #expect(outcome.output == "node\tdistance\n07\t\n7\t0\n8\t1\n")
  }

  @Test(arguments: ["gzip -c", "bzip2 -c", "xz -c"])
  func `is read as well when it is compressed`(tool: String) throws {
    let scratch = try Scratch()
    let path = try scratch.write("edges.txt", "10 9\n9 100\n")
    let outcome = try ClewProcess.script(
      "\(tool) '\(path)' > '\(path).packed' && \"$CLEW\" graph degrees '\(path).packed'"
    )
    #expect(outcome.status == 0)
    #expect(outcome.output == Self.degrees)
  }

  @Test func `that is compressed and cut off is refused in one line`() throws {
    let scratch = try Scratch()
    let path = try scratch.write("edges.txt", String(repeating: "10 9\n9 100\n", count: 4000))
    let outcome = try ClewProcess.script(
      "gzip -c '\(path)' | head -c 60 > '\(path).gz'; \"$CLEW\" graph degrees '\(path).gz'"
    )
    #expect(outcome.status == 65)
    #expect(outcome.complaints.count == 1)
    #expect(outcome.output.isEmpty)
  }
}
