import Foundation
import Testing

@Suite struct `The program on the workers` {
  /// The exit code, standard output and standard error for a standard input.
  private func run(_ input: String, _ arguments: String = "components") throws -> Outcome {
    let scratch = try Scratch()
    let file = try scratch.write("in", input)
    return try ClewProcess.script("\"${CLEW%/*}/clew-worker\" \(arguments) < '\(file)'")
  }

  @Test func `gives each node the least number of its component`() throws {
    let outcome = try run("7\t3\n3\t9\n-2\t0\n5\t5\n9223372036854775807\t-9223372036854775808")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(
      outcome.output == """
        -9223372036854775808\t-9223372036854775808
        -2\t-2
        0\t-2
        3\t3
        5\t5
        7\t3
        9\t3
        9223372036854775807\t-9223372036854775808

        """
    )
    // Fed with its own words it says the same.
    #expect(try run(outcome.output).output == outcome.output)
    #expect(try run("").output.isEmpty)
  }

  @Test(arguments: [
    "1 2", "1\t", "\t1", "1", "1\t2\t3", "1\t2\r", "\\N\t2", "1.0\t2", "+1\t2", "-\t2", "",
    "--1\t2",
    "9223372036854775808\t1", "-9223372036854775809\t1", "１\t2",
  ])
  func `fails at a line that is no edge, and tells its number only`(_ line: String) throws {
    let outcome = try run("1\t2\n\(line)\n3\t4\n")
    #expect(outcome.status == 65 && outcome.output.isEmpty)
    #expect(
      outcome.errors == "clew-worker: line 2: expected two whole numbers with a tab between\n"
    )
  }

  @Test func `reads long input in blocks`() throws {
    // A chain of 300,000 nodes, about 4 MB.
    let chain = (1..<300_000).map { "\($0)\t\($0 + 1)\n" }.joined()
    let outcome = try run(chain)
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.hasSuffix("\t1") })
    #expect(outcome.output.split(separator: "\n").count == 300_000)
  }

  @Test(arguments: ["", "nonsense", "components more"])
  func `knows one verb`(_ arguments: String) throws {
    #expect(try run("", arguments).status == 64)
  }
}
