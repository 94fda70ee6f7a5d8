import ClewTestSupport
import Foundation
import Testing

@Suite struct `A network on a cluster` {
  @Test(arguments: [
    ["bfs", "/a.csv", "--from", "1"], ["pagerank", "/a.csv"],
    ["pagerank", "/a.csv", "--fixed-point", "--undirected"],
  ])
  func `has components, and PageRank in whole numbers`(_ arguments: [String]) throws {
    let outcome = try ClewProcess.run(["graph"] + arguments + ["--engine", "spark://127.0.0.1:9"])
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("a cluster works out components, and pagerank"))
  }

  @Test func `is no option of other measures, nor of none`() throws {
    for options in [
      ["core", "-", "--fixed-point"], ["pagerank", "-", "--rounds", "0"],
      ["components", "-", "--merge-nodes", "9"],
      ["components", "/a.csv", "--engine", "spark://127.0.0.1:9", "--merge-nodes", "-1"],
    ] {
      #expect(try ClewProcess.run(["graph"] + options).status == 64)
    }
  }
}

#if Spark
@Suite(
  .serialized,
  .enabled(if: SparkRun.isLive, "these need a cluster: make test-spark")
)
struct `A network on a cluster and on this machine` {
  /// An edge list on this machine and on the cluster, each its way.
  private func both(
    _ measure: [String],
    _ table: String,
    _ options: [String],
    steps: String
  ) throws -> (local: Outcome, cluster: Outcome) {
    let call = try SparkRun.call(table, steps: steps, options)
    return (
      try ClewProcess.run(["graph"] + [measure[0], table] + measure.dropFirst()),
      try ClewProcess.run(
        ["graph"] + [measure[0], table] + measure.dropFirst() + call.arguments.dropFirst(3),
        environment: call.environment
      )
    )
  }

  /// Many small components, loops, repeats and nodes with no way out.
  private static let numbers: String = {
    var generator = SplitMix64(seed: 5)
    var text = "source,target,weight\n"
    for row in 0..<20_000 {
      let (a, b) = (generator.next(below: 18_000), generator.next(below: 18_000))
      text += "\(a * 7_919),\(row % 100 == 0 ? a * 7_919 : b * 7_919),\(1 + row % 5)\n"
    }
    return text
  }()

  /// Names, some of which need quotes, and weights whose products need more than 64 bits.
  private static let names = """
    to,from,count
    é,b,9000000000000
    "a,1",b,3
    b,"a,1",
    c,d,8388608
    \u{7532},c,1
    \u{7532},c,1
    """

  private static let measures = [["components"], ["pagerank", "--fixed-point", "--rounds", "12"]]

  @Test(arguments: measures, ["2", "7"])
  func `has the same answer, byte for byte, with any number of partitions`(
    _ measure: [String],
    _ partitions: String
  ) throws {
    let scratch = try Scratch()
    for (name, text) in [("numbers", Self.numbers), ("names", Self.names + "\n")] {
      try scratch.write("\(name).csv", text)
      let steps = "\(scratch.path)/steps-\(name)"
      let options = ["--partitions", partitions]
      let answers = try both(measure, "\(scratch.path)/\(name).csv", options, steps: steps)
      #expect(answers.local.status == 0 && answers.local.output.utf8.count > 40)
      #expect(answers.cluster.status == 0 && answers.cluster.errors.isEmpty)
      #expect(answers.cluster.output == answers.local.output)
      #expect(SparkRun.names(in: steps).isEmpty)
    }
  }

  @Test func `has the same components where no worker may hold its nodes`() throws {
    let scratch = try Scratch()
    for (name, text) in [("numbers", Self.numbers), ("names", Self.names + "\n")] {
      try scratch.write("\(name).csv", text)
      let answers = try both(
        ["components"],
        "\(scratch.path)/\(name).csv",
        ["--partitions", "5", "--merge-nodes", "0"],
        steps: scratch.path + "/steps"
      )
      #expect(answers.cluster.status == 0, "\(answers.cluster.errors)")
      #expect(answers.cluster.output == answers.local.output)
    }
  }

  @Test func `settles, and then says so on both`() throws {
    let scratch = try Scratch()
    // Two that hand everything to each other: nothing changes after the first round.
    try scratch.write("pair.csv", "from,to\nx,y\ny,x\n")
    let answers = try both(
      ["pagerank", "--fixed-point"],
      scratch.path + "/pair.csv",
      [],
      steps: scratch.path + "/steps"
    )
    // Half of 2^40 each.
    #expect(answers.local.output == "node\tscore\nx\t549755813888\ny\t549755813888\n")
    #expect(answers.cluster.output == answers.local.output, "\(answers.cluster.errors)")
  }

  @Test func `without edges has no nodes`() throws {
    let scratch = try Scratch()
    try scratch.write("none.csv", "from,to\n")
    for measure in Self.measures {
      let steps = scratch.path + "/steps"
      let answers = try both(measure, scratch.path + "/none.csv", [], steps: steps)
      #expect(answers.cluster.status == 0, "\(answers.cluster.errors)")
      #expect(answers.cluster.output == answers.local.output)
    }
  }

  @Test func `tells how many rows are no edges`() throws {
    let scratch = try Scratch()
    try scratch.write("half.csv", "from,to,weight\na,b,2\na,,1\n,b,1\na,c,0\na,c,x\na,c,-1\nb,a,\n")
    let call = try SparkRun.call("none", steps: scratch.path + "/steps", [])
    let outcome = try ClewProcess.run(
      ["graph", "components", scratch.path + "/half.csv"] + call.arguments.dropFirst(3),
      environment: call.environment
    )
    #expect(outcome.status == 2 && outcome.output == "node\tcomponent\na\t0\nb\t0\n")
    #expect(
      outcome.errors == "clew: \(scratch.path)/half.csv: 5 rows refused: "
        + "an end or a weight of 1 or more is missing\n"
    )
  }

  @Test func `that is not there is one line`() throws {
    let scratch = try Scratch()
    let call = try SparkRun.call("none", steps: scratch.path + "/steps", [])
    for (table, message) in [
      ("/nowhere/edges.csv", "/nowhere/edges.csv cannot be read on the cluster"),
      (scratch.path + "/other.csv", "has no columns source and target, or from and to"),
    ] {
      try scratch.write("other.csv", "a,b\n1,2\n")
      let outcome = try ClewProcess.run(
        ["graph", "components", table] + call.arguments.dropFirst(3),
        environment: call.environment
      )
      #expect(outcome.status == 74 && outcome.output.isEmpty && outcome.complaints.count == 1)
      #expect(outcome.errors.contains(message))
    }
  }
}
#endif
