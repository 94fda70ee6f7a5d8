import Foundation
import Testing

@Suite struct `The engine on a cluster` {
  #if Spark
  @Test(arguments: [
    (["--engine", "spark://far.example:1"], "Spark: far.example is not this machine"),
    (["--engine", "spark://127.0.0.1:0"], "Spark: the port is not from 1 to 65535"),
    (["--engine", "spark://127.0.0.1:1x"], "Spark: an endpoint is written spark://HOST:PORT"),
    (["--engine", "spark://127.0.0.1:9"], "--spark-folder is needed"),
    (
      ["--engine", "spark://127.0.0.1:9", "--spark-folder", "steps"],
      "Spark: the folder of the steps"
    ),
    (
      ["--engine", "spark://127.0.0.1:9", "--spark-folder", "/a", "--worker", "w"],
      "Spark: the worker's path"
    ),
    (
      ["--engine", "spark://far.example:1", "--spark-folder", "/a"],
      "--worker is needed"
    ),
  ])
  func `cannot be used in every way`(_ options: [String], _ message: String) throws {
    let outcome = try ClewProcess.run(
      ["analyze", "none.clew"] + options,
      environment: ["CLEW_SPARK_TOKEN": "secret", "XDG_STATE_HOME": "/nowhere"]
    )
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.complaints.count == 1)
    #expect(outcome.errors.hasPrefix("clew: "))
    #expect(outcome.errors.contains(message) || message.contains("far.example is"))
    #expect(!outcome.errors.contains("secret"))
  }

  @Test func `wants a token`() throws {
    let outcome = try ClewProcess.run(
      "analyze",
      "none.clew",
      "--engine",
      "spark://127.0.0.1:9",
      environment: ["XDG_STATE_HOME": "/nowhere"]
    )
    #expect(outcome.status == 64)
    #expect(
      outcome.errors == "clew: no token: --token-file or CLEW_SPARK_TOKEN gives the cluster's\n"
    )
    let missing = try ClewProcess.run(
      "analyze",
      "none.clew",
      "--engine",
      "spark://127.0.0.1:9",
      "--token-file",
      "/nowhere/token"
    )
    #expect(missing.status == 66 && missing.errors == "clew: /nowhere/token: cannot be read\n")
  }

  @Test func `that nobody runs is one line`() throws {
    let scratch = try Scratch()
    let input = try SmallCase.write(into: scratch)
    let file = scratch.path + "/case.clew"
    _ = try ClewProcess.run("import", file, input)
    let begin = ContinuousClock.now
    // Port 9 discards; nobody listens there.
    let outcome = try ClewProcess.run(
      ["analyze", file, "--engine", "spark://127.0.0.1:9", "--spark-folder", scratch.path],
      environment: ["CLEW_SPARK_TOKEN": "secret"]
    )
    #expect(outcome.status == 74 && outcome.output.isEmpty && outcome.complaints.count == 1)
    #expect(outcome.errors.hasPrefix("clew: Spark: 127.0.0.1:9 does not answer"))
    #expect(ContinuousClock.now - begin < .seconds(60))
  }
  #else
  @Test func `is not in this build, which says how one is made that has it`() throws {
    let outcome = try ClewProcess.run("analyze", "x", "--engine", "spark://127.0.0.1:1")
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(
      outcome.errors
        == "clew: this build is without Spark; `swift build --traits Spark` makes one with it\n"
    )
  }
  #endif
}

#if Spark
@Suite(
  .serialized,
  .enabled(if: SparkRun.isLive, "these need a cluster: make test-spark")
)
struct `On a cluster and on this machine` {
  @Test(arguments: ["nine-lines", "hub-161-99"])
  func `a published case has the same analysis, byte for byte`(_ name: String) throws {
    let (scratch, file) = try SparkRun.dataset(name)
    let local = try SparkRun.local(file)
    #expect(local.utf8.count > 100_000)
    for partitions in ["2", "7"] {
      let steps = scratch.path + "/steps-\(partitions)"
      let outcome = try SparkRun.analyze(file, steps: steps, ["--partitions", partitions])
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(outcome.output == local, "\(name) with \(partitions) partitions")
      // Nothing is left of it.
      #expect(SparkRun.names(in: steps).isEmpty)
    }
  }

  @Test func `a case has the same analysis up to a day`() throws {
    let (scratch, file) = try SparkRun.dataset("nine-lines")
    let whole = try SparkRun.local(file)
    let local = try SparkRun.local(file, ["--until", "2016-03-31"])
    #expect(local != whole && local.utf8.count > 10_000)
    let outcome = try SparkRun.analyze(
      file,
      steps: scratch.path + "/steps",
      ["--until", "2016-03-31", "--partitions", "7"]
    )
    #expect(outcome.status == 0 && outcome.output == local, "\(outcome.errors)")
  }

  @Test func `a case without records has the same analysis`() throws {
    let scratch = try Scratch()
    let file = scratch.path + "/case.clew"
    try scratch.write("in/messages.csv", "time,from,to,group,kind,text,file_name,file_sha256\n")
    _ = try ClewProcess.run("import", file, scratch.path + "/in")
    let local = try SparkRun.local(file)
    let outcome = try SparkRun.analyze(file, steps: scratch.path + "/steps", [])
    #expect(outcome.status == 0 && outcome.output == local, "\(outcome.errors)")
  }

  @Test func `the plan of each step is shown, and nothing else happens`() throws {
    let scratch = try Scratch()
    let steps = scratch.path + "/steps"
    let outcome = try SparkRun.analyze("none.clew", steps: steps, ["--explain"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    for step in ["marked", "notes", "kept", "linked", "paid_0", "paid_1", "payments", "sightings"] {
      #expect(outcome.output.contains("== Step \(step), from "))
    }
    #expect(outcome.output.contains("ScriptTransformation"))
    #expect(SparkRun.names(in: steps).isEmpty)
  }

  @Test func `a wrong token is one line`() throws {
    let scratch = try Scratch()
    let input = try SmallCase.write(into: scratch)
    let file = scratch.path + "/case.clew"
    _ = try ClewProcess.run("import", file, input)
    let steps = scratch.path + "/steps"
    let outcome = try SparkRun.analyze(file, steps: steps, [], token: "wrong-token")
    #expect(outcome.status == 77 && outcome.output.isEmpty && outcome.complaints.count == 1)
    #expect(outcome.errors.contains("does not accept the token"))
    #expect(!outcome.errors.contains("wrong-token") && SparkRun.names(in: steps).isEmpty)
  }

  @Test func `a worker that is not there is one line`() throws {
    let scratch = try Scratch()
    let input = try SmallCase.write(into: scratch)
    let file = scratch.path + "/case.clew"
    _ = try ClewProcess.run("import", file, input)
    let outcome = try SparkRun.analyze(
      file,
      steps: scratch.path + "/steps",
      [],
      worker: "/nowhere/clew-worker"
    )
    #expect(outcome.status == 74 && outcome.output.isEmpty)
    #expect(
      outcome.errors == "clew: Spark: /nowhere/clew-worker cannot be read on every worker\n"
    )
  }

  @Test(arguments: ["echo 0000", "exit 64"])
  func `a worker of other sources is one line, and marks nothing`(_ answer: String) throws {
    let scratch = try Scratch()
    let input = try SmallCase.write(into: scratch)
    let file = scratch.path + "/case.clew"
    _ = try ClewProcess.run("import", file, input)
    // It does all that the right one does, but says that it is of another state, or nothing, as old ones do.
    let worker = try scratch.write(
      "clew-worker",
      "#!/bin/sh\nif [ \"$1\" = sources ]; then \(answer); exit; fi\n"
        + "exec \(try #require(SparkRun.worker)) \"$@\"\n"
    )
    #expect(unsafe chmod(worker, 0o755) == 0)
    let steps = scratch.path + "/steps"
    let outcome = try SparkRun.analyze(file, steps: steps, [], worker: worker)
    #expect(outcome.status == 74 && outcome.output.isEmpty)
    #expect(
      outcome.errors
        == "clew: Spark: \(worker) and this program were not built from the same sources; build both anew\n"
    )
    #expect(SparkRun.names(in: steps).isEmpty)
  }

  // A disk of some pages in memory is the folder; only root can make one, and the cluster has to see it.
  @Test(.enabled(if: SparkRun.canMount, "only root can mount a small disk that the cluster sees"))
  func `a full disk is one line, and nothing goes on`() throws {
    let (scratch, file) = try SparkRun.dataset("hub-161-99")
    let local = try SparkRun.local(file)
    let disk = scratch.path + "/disk"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    let mounted = try ClewProcess.script("mount -t tmpfs -o size=200k clew '\(disk)'")
    try #require(mounted.status == 0, "\(mounted.errors)")
    defer { _ = try? ClewProcess.script("umount '\(disk)'") }
    let outcome = try SparkRun.analyze(file, steps: disk, [])
    #expect(outcome.status == 74 && outcome.output.isEmpty && outcome.complaints.count == 1)
    #expect(
      outcome.errors.hasPrefix("clew: Spark: the cluster cannot write; its disk is full"),
      "\(outcome.errors)"
    )
    // With room it goes on where it was.
    _ = try ClewProcess.script("mount -o remount,size=200m '\(disk)'")
    let again = try SparkRun.analyze(file, steps: disk, ["--resume"])
    #expect(again.status == 0 && again.output == local)
    #expect(SparkRun.names(in: disk).isEmpty)
  }
}
#endif
