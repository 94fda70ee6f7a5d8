#if Spark
import Foundation
import Glibc
import Testing

@Suite(
  .serialized,
  .enabled(if: SparkRun.isLive, "these need a cluster: make test-spark")
)
struct `An analysis that something happens to` {
  @Test func `is interrupted, leaves whole steps, and goes on where it was`() throws {
    let (scratch, file) = try SparkRun.dataset("nine-lines")
    let local = try SparkRun.local(file)
    let steps = scratch.path + "/steps"
    let call = try SparkRun.call(file, steps: steps, [])
    let running = try ClewProcess.start(call.arguments, environment: call.environment)
    try SparkRun.wait(for: "notes", below: steps, running)
    running.send(SIGINT)
    let outcome = try running.wait()
    #expect(outcome.status == 130 && outcome.output.isEmpty && outcome.complaints.count == 1)
    #expect(
      outcome.errors.hasPrefix("clew: interrupted, also on the cluster; steps that are whole")
    )
    #expect(outcome.errors.contains(steps) && outcome.errors.contains("--resume"))

    // One step is gone, one is damaged, the others are whole.
    let left = SparkRun.steps(below: steps)
    let job = steps + "/" + (try #require(SparkRun.names(in: steps).first))
    let marked = try #require(left.first { $0.hasPrefix("marked-") })
    let notes = try #require(left.first { $0.hasPrefix("notes-") })
    try FileManager.default.removeItem(atPath: job + "/" + marked)
    let parts = SparkRun.names(in: "\(job)/\(notes)").filter { $0.hasPrefix("part-") }
    let part = "\(job)/\(notes)/" + (try #require(parts.last))
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: part)))
    bytes[bytes.count / 2] ^= 4
    try Data(bytes).write(to: URL(filePath: part))

    let again = try SparkRun.analyze(file, steps: steps, ["--resume"])
    #expect(again.status == 0 && again.output == local)
    #expect(
      again.complaints.map { $0.split(separator: " ").contains("marked") } == [true, false],
      "\(again.errors)"
    )
    #expect(SparkRun.names(in: steps).isEmpty)
  }

  @Test func `ends right when a worker dies, and after a server that was started anew`() throws {
    let (scratch, file) = try SparkRun.dataset("nine-lines")
    let local = try SparkRun.local(file)
    let steps = scratch.path + "/steps"
    let cluster = scratch.path + "/cluster"
    let start = ["cluster", "start", "--folder", cluster, "--workers", "2"]
    let first = try ClewProcess.run(start)
    try #require(first.status == 0, "\(first.errors)")
    defer { _ = try? ClewProcess.run("cluster", "stop", "--folder", cluster) }

    // The worker, its executor and what runs on it die while records are marked.
    let call = try SparkRun.call(file, steps: steps, ["--partitions", "16"], on: cluster)
    let running = try ClewProcess.start(call.arguments, environment: call.environment)
    try SparkRun.wait(for: "records", below: steps, running)
    usleep(1_500_000)
    #expect(!SparkRun.steps(below: steps).contains("marked.manifest"))
    let family = try Self.family(of: "worker 1", in: first.output)
    #expect(family.count >= 2)
    for pid in family { kill(pid, SIGKILL) }
    let survived = try running.wait()
    #expect(survived.status == 0 && survived.output == local)
    #expect(SparkRun.names(in: steps).isEmpty)

    // The server dies between two steps.
    let second = try ClewProcess.start(call.arguments, environment: call.environment)
    try SparkRun.wait(for: "notes", below: steps, second)
    for pid in try Self.family(of: "connect", in: first.output) { kill(pid, SIGKILL) }
    let lost = try second.wait()
    #expect(lost.status == 74 && lost.output.isEmpty && lost.complaints.count == 1)
    #expect(lost.errors.contains("does not answer") && lost.errors.contains("--resume"))
    let left = SparkRun.steps(below: steps).filter {
      $0.hasPrefix("records-") || $0.hasPrefix("marked-") || $0.hasPrefix("notes-")
    }
    #expect(left.count == 3)
    #expect(try ClewProcess.run("cluster", "stop", "--folder", cluster).status == 0)

    let anew = try ClewProcess.run(start)
    try #require(anew.status == 0, "\(anew.errors)")
    let resumed = try SparkRun.call(
      file,
      steps: steps,
      ["--partitions", "16", "--resume"],
      on: cluster
    )
    let third = try ClewProcess.start(resumed.arguments, environment: resumed.environment)
    try SparkRun.wait(for: "payments", below: steps, third)
    // What was whole was not written again: each run's folders have names of their own.
    #expect(Set(SparkRun.steps(below: steps)).isSuperset(of: left))
    for step in ["records", "marked", "notes"] {
      #expect(SparkRun.steps(below: steps).count { $0.hasPrefix(step + "-") } == 1)
    }
    let right = try third.wait()
    #expect(right.status == 0 && right.output == local && right.errors.isEmpty)
    #expect(SparkRun.names(in: steps).isEmpty)
  }

  /// The processes of a part of a cluster: all of its session, as `clew cluster start` began one for each.
  private static func family(of part: String, in status: String) throws -> [Int32] {
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(part + "  ") })
    let leader = try #require(
      line.dropFirst(part.count).split(separator: " ").first.flatMap { Int32($0) }
    )
    let names = try FileManager.default.contentsOfDirectory(atPath: "/proc")
    return names.compactMap { Int32($0) }.filter { getsid($0) == leader }
  }
}
#endif
