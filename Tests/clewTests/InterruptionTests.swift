import ClewTestSupport
import Foundation
import Glibc
import Testing

@Suite(.serialized) struct `An import that is stopped` {
  let scratch: Scratch
  let caseFile: String

  init() throws {
    scratch = try Scratch()
    caseFile = scratch.path + "/case.clew"
  }

  /// Starts the import and gives it a while.
  private func start(milliseconds: Int) throws -> ClewProcess.Running {
    let running = try ClewProcess.start(["import", caseFile, ClewProcess.exports])
    usleep(UInt32(milliseconds) * 1000)
    return running
  }

  /// Finishes the import and compares the case with one that was never stopped.
  private func finish() throws {
    let outcome = try ClewProcess.run("import", caseFile, ClewProcess.exports)
    #expect(outcome.status == 0)
    let json = try String(contentsOfFile: NineLines.folder() + "/analysis.json", encoding: .utf8)
    #expect(try ClewProcess.run("analyze", caseFile, "--json").output == json)
    #expect(try ClewProcess.run("verify", caseFile).status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["case.clew"])
  }

  @Test func `by kill at any moment ends as the same case`() throws {
    var random = SplitMix64(seed: 9)
    // The first ones strike while the case is made.
    let moments = [2, 12, 25, 40, 70] + (0..<8).map { _ in 100 + random.next(below: 1500) }
    for milliseconds in moments {
      let running = try start(milliseconds: milliseconds)
      running.send(SIGKILL)
      #expect(try running.wait().status == 128 + SIGKILL)
      if FileManager.default.fileExists(atPath: caseFile) {
        #expect(try ClewProcess.run("sources", caseFile).status == 0)
      }
    }
    try finish()
  }

  @Test func `by kill within a long first table leaves a case that takes it anew`() throws {
    // Longer than 16 MiB: written without a log (CaseFile.withRollback).
    var table = "time,from,to,amount,currency,channel,memo,id\n"
    for row in 0..<150_000 {
      table += "2024-01-01T08:00:00+08:00,wechat:wxid_clewdemo\(1_000_000 + row % 9973),"
      table += "wechat:wxid_clewdemo\(2_000_000 + row % 9967),12.50,CNY,wechat,,"
      table += "53000000000000000000\(1_000_000_000 + row)\n"
    }
    #expect(table.utf8.count > 16 << 20)
    let path = try scratch.write("t.csv", table)
    for milliseconds in [200, 700, 1500, 2500, 4000, 6000] {
      let running = try ClewProcess.start(["import", caseFile, path])
      usleep(UInt32(milliseconds) * 1000)
      running.send(SIGKILL)
      _ = try running.wait()
      guard FileManager.default.fileExists(atPath: caseFile) else { continue }
      #expect(try ClewProcess.run("sources", caseFile).status == 0)
      #expect(try ClewProcess.run("verify", caseFile).status == 0)
    }
    #expect(try ClewProcess.run("import", caseFile, path).status == 0)
    #expect(try ClewProcess.run("verify", caseFile).status == 0)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted()
        == ["case.clew", "t.csv"]
    )
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `by a signal takes the source at hand back and ends as the same case`(signal: Int32) throws {
    let running = try start(milliseconds: 700)
    running.send(signal)
    let outcome = try running.wait()
    #expect(outcome.status == 128 + signal)
    #expect(
      outcome.errors
        == "clew: interrupted; what was finished is in the case, run again for the rest\n"
    )
    #expect(try ClewProcess.run("verify", caseFile).status == 0)
    #expect(
      try !FileManager.default.contentsOfDirectory(atPath: scratch.path)
        .contains { $0.hasPrefix(".clew-staging") }
    )
    if signal == SIGINT { try finish() }
  }

  @Test func `keeps a second one out while it works`() throws {
    let running = try start(milliseconds: 500)
    let second = try ClewProcess.run("import", caseFile, ClewProcess.exports)
    #expect(second.status == 75)
    #expect(
      second.errors
        == "clew: \(caseFile): in use by process \(running.process.processIdentifier); try again when it is done\n"
    )
    // Reading goes on meanwhile.
    #expect(try ClewProcess.run("sources", caseFile).status == 0)
    running.send(SIGKILL)
    _ = try running.wait()
    let table = try scratch.write("t.csv", "supplier,buyer,items\nqq:9990000001,qq:9990000002,3\n")
    #expect(try ClewProcess.run("import", caseFile, table).status == 0)
  }
}
