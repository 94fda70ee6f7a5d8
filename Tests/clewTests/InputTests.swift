import Foundation
import Glibc
import Testing

@Suite(.serialized) struct `An import` {
  let scratch: Scratch
  let caseFile: String

  init() throws {
    scratch = try Scratch()
    caseFile = scratch.path + "/case.clew"
  }

  private func load(_ paths: String...) throws -> Outcome {
    try ClewProcess.run(["import", caseFile] + paths)
  }

  @Test func `of nothing says so in one line`() throws {
    let empty = scratch.path + "/empty"
    try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: false)
    for arguments in [["import", caseFile, empty], ["run", empty, "-o", scratch.path + "/out"]] {
      let outcome = try ClewProcess.run(arguments)
      #expect(outcome.status == 66)
      #expect(outcome.errors == "clew: \(empty): no files\n")
      #expect(outcome.output.isEmpty)
    }
    let missing = scratch.path + "/missing"
    for arguments in [
      ["import", caseFile, missing], ["run", missing, "-o", scratch.path + "/out"],
    ] {
      let outcome = try ClewProcess.run(arguments)
      #expect(outcome.status == 66)
      #expect(outcome.errors == "clew: \(missing): no such file or folder\n")
    }
  }

  @Test func `without trade claims no diagram and makes none`() throws {
    let text = "time,from,to,text\n2024-03-01T00:00:00Z,qq:9990000001,qq:9990000002,早\n"
    let (table, out) = (try scratch.write("talk.csv", text), scratch.path + "/quiet")
    let outcome = try ClewProcess.run(["run", table, "-o", out])
    #expect(outcome.status == 0)
    #expect(!outcome.output.contains("diagram.svg"))
    #expect(!FileManager.default.fileExists(atPath: out + "/diagram.svg"))
    #expect(FileManager.default.fileExists(atPath: out + "/analysis.json"))
  }

  @Test func `refuses a damaged database in one line`() throws {
    let sound = try Data(
      contentsOf: URL(filePath: ClewProcess.exports + "/" + #require(Self.database()))
    )
    let half = try scratch.write("half.db", bytes: Array(sound.prefix(sound.count / 2)))
    var flipped = Array(sound)
    for page in stride(from: 4096, to: flipped.count - 4096, by: 3 * 4096) {
      for place in 0..<64 { flipped[page + place] ^= 0x5A }
    }
    let pages = try scratch.write("pages.db", bytes: flipped)
    for path in [half, pages] {
      let outcome = try load(path)
      #expect(outcome.status == 65)
      #expect(outcome.complaints.count == 2)
      #expect(outcome.complaints[0].hasPrefix("\(path): refused: the database is damaged"))
      #expect(outcome.complaints[1].hasPrefix("0 sources: 0 units in"))
    }
    // The good file beside it is taken, the code still tells.
    let table = try scratch.write("t.csv", "supplier,buyer,items\nqq:9990000001,qq:9990000002,3\n")
    let outcome = try load(half, table)
    #expect(outcome.status == 65)
    #expect(outcome.complaints.last?.hasPrefix("1 sources: 1 units in = 1 stored") == true)
    #expect(try ClewProcess.run("verify", caseFile).status == 0)
  }

  static func database() -> String? {
    let names = FileManager.default.enumerator(atPath: ClewProcess.exports)?.allObjects as? [String]
    return names?.sorted().first { $0.hasSuffix("EnMicroMsg.db") }
  }

  @Test func `keeps the row that a cut table ends in`() throws {
    let rows = (1...5).map {
      "2024-03-0\($0)T00:00:00Z,qq:9990000001,qq:9990000002,1\($0),CNY,qq,m,\($0)\n"
    }
    let text = "time,from,to,amount,currency,channel,memo,id\n" + rows.joined()
    let cut = try scratch.write("cut.csv", String(text.dropLast(30)))
    let outcome = try load(cut)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("5 units in = 4 stored + 1 rejected"))
    let rejects = try ClewProcess.run("rejects", caseFile)
    #expect(rejects.status == 0)
    #expect(rejects.output.hasPrefix("\(cut):6: the file ends inside this row"))
    #expect(rejects.output.contains("byte \(text.utf8.count - rows[4].utf8.count))"))
    #expect(!rejects.output.contains("9990000001"))
    #expect(try ClewProcess.run("rejects", caseFile, "--reveal").output.contains("| 2024-03-05T"))
  }

  @Test func `reads GB18030 whatever the name says`() throws {
    // 泥鳅 and 货源 in GB18030, looked up by hand: C4E0 F6FA, BBF5 D4B4.
    let bytes =
      Array("owner,contact,name,remark\nqq:9990000001,qq:9990000002,".utf8)
      + [0xC4, 0xE0, 0xF6, 0xFA, 0x2C, 0xBB, 0xF5, 0xD4, 0xB4, 0x0A]
    #expect(try load(scratch.write("contacts-utf-8.csv", bytes: bytes)).status == 0)
    let shown = try ClewProcess.run("show", caseFile, "qq:9990000002")
    #expect(shown.output.hasPrefix("泥鳅  P"))
    #expect(try ClewProcess.run("sources", caseFile, "--json").output.contains("GB18030"))
  }

  @Test func `refuses a gigabyte of zeros in one line and little memory`() throws {
    let path = try scratch.write("zeros.bin", "")
    #expect(unsafe truncate(path, 1 << 30) == 0)
    let outcome = try ClewProcess.script(
      "ulimit -v 1000000; \"$CLEW\" import '\(caseFile)' '\(path)'"
    )
    #expect(outcome.status == 65)
    #expect(outcome.complaints.count == 2)
    #expect(outcome.complaints[0] == "\(path): not read: nothing but zero bytes at its beginning")
  }

  @Test(.enabled(if: getuid() == 0), arguments: ["read", "write"])
  func `tells of missing permission`(what: String) throws {
    let table = try scratch.write("t.csv", "supplier,buyer,items\nqq:9990000001,qq:9990000002,3\n")
    let asNobody = ["--reuid=65534", "--regid=65534", "--clear-groups", ClewProcess.path]
    guard try ClewProcess.run(asNobody + ["--version"], program: "/usr/bin/setpriv").status == 0
    else {
      print("the built clew cannot be run as nobody here; left out")
      return
    }
    unsafe chmod(scratch.path, 0o755)
    if what == "read" {
      unsafe chmod(scratch.path, 0o777)
      unsafe chmod(table, 0o600)
      let outcome = try ClewProcess.run(
        asNobody + ["import", caseFile, table],
        program: "/usr/bin/setpriv"
      )
      #expect(outcome.status == 65)
      #expect(outcome.complaints.first == "\(table): refused: permission denied")
    } else {
      #expect(try load(table).status == 0)
      let outcome = try ClewProcess.run(
        asNobody + ["import", scratch.path + "/new.clew", table],
        program: "/usr/bin/setpriv"
      )
      #expect(outcome.status == 77)
      #expect(outcome.complaints.count == 1)
      let reading = try ClewProcess.run(
        asNobody + ["analyze", caseFile],
        program: "/usr/bin/setpriv"
      )
      #expect(reading.status == 77)
      #expect(reading.complaints.count == 1)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `follows no link and waits for no pipe`() throws {
    let table = try scratch.write("t.csv", "supplier,buyer,items\nqq:9990000001,qq:9990000002,3\n")
    let (link, pipe) = (scratch.path + "/link.csv", scratch.path + "/pipe")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: table)
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    let outcome = try load(link, pipe, table)
    #expect(outcome.status == 0)
    #expect(outcome.complaints.count == 3)
    for path in [link, pipe] {
      #expect(outcome.errors.contains("\(path): not read: not a regular file"))
    }
    #expect(try load(link).status == 65)
  }

  @Test func `names a place where it cannot write`() throws {
    let table = try scratch.write("t.csv", "supplier,buyer,items\nqq:9990000001,qq:9990000002,3\n")
    let outcome = try ClewProcess.run("run", table, "-o", table)
    #expect(outcome.status == 73 || outcome.status == 74)
    #expect(outcome.errors == "clew: \(table): is a file, not a folder\n")
    let text = try ClewProcess.run("import", table, table)
    #expect(text.status == 65)
    #expect(text.errors == "clew: \(table): not a Clew case: no SQLite database\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["t.csv"])
  }

  @Test func `never lets the text of a file reach the terminal raw`() throws {
    let path = try scratch.write("bad\u{1B}[2J\u{202E}.bin", bytes: [0, 1, 2])
    let outcome = try load(path)
    #expect(outcome.status == 65)
    #expect(!outcome.errors.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }
}
