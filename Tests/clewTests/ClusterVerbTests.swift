import Foundation
import Testing

@Suite struct `A cluster of this machine` {
  #if Spark
  @Test(arguments: ["stop", "status"])
  func `that does not run is told in one line`(_ verb: String) throws {
    let scratch = try Scratch()
    let folder = scratch.path + "/cluster"
    let outcome = try ClewProcess.run("cluster", verb, "--folder", folder)
    #expect(outcome.status == 66 && outcome.output.isEmpty)
    #expect(outcome.errors == "clew: cluster: none runs in \(folder)\n")
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test(arguments: [
    ["--workers", "0"], ["--memory", "12"], ["--port", "80"], ["--conf", "spark.x"],
    ["--conf", "hadoop.x=1"], ["--conf", "spark.authenticate=false"], ["--conf", "=1"],
  ])
  func `cannot be in every way`(_ options: [String]) throws {
    let scratch = try Scratch()
    let folder = scratch.path + "/cluster"
    let outcome = try ClewProcess.run(["cluster", "start", "--folder", folder] + options)
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test func `needs Java`() throws {
    let scratch = try Scratch()
    let outcome = try ClewProcess.run(
      "cluster",
      "start",
      "--folder",
      scratch.path + "/cluster",
      environment: ["PATH": "/nowhere", "JAVA_HOME": "/nowhere"]
    )
    #expect(outcome.status == 74)
    #expect(
      outcome.errors
        == "clew: cluster: JAVA_HOME has no Java; install Java 17 or later"
        + " (Debian: openjdk-17-jre-headless)\n"
    )
  }
  #else
  @Test(arguments: [["start"], ["start", "--workers", "2"], ["stop"], ["status"]])
  func `is not in this build, which says how one is made that has it`(_ verb: [String]) throws {
    let outcome = try ClewProcess.run(["cluster"] + verb)
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(
      outcome.errors
        == "clew: this build is without Spark; `swift build --traits Spark` makes one with it\n"
    )
  }
  #endif
}
