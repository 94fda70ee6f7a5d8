import Foundation
import Testing

@Suite(.serialized) struct `Every verb` {
  @Test(arguments: [
    [], ["run"], ["import"], ["sources"], ["rejects"], ["verify"], ["analyze"], ["show"], ["draw"],
    ["parties"], ["merge"], ["split"], ["undo"], ["export"], ["graph"], ["simulate"], ["score"],
    ["arrest"], ["gaps"], ["metrics"], ["timeline"],
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
    ["analyze", "x", "--engine", "spark://h:1"], ["analyze", "x", "--nonsense"], ["show", "x"],
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
