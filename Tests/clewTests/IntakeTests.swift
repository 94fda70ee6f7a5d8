import Foundation
import Testing

@Suite(.serialized) struct `A dry run` {
  let scratch: Scratch
  let caseFile: String

  init() throws {
    scratch = try Scratch()
    caseFile = scratch.path + "/case.clew"
    try scratch.write("in/t.csv", "supplier,buyer,items\nqq:9990000001,qq:9990000002,3\n")
    try scratch.write("in/notes.txt", "nothing known")
    try scratch.write(
      "in/流水.csv",
      "付款人账号,收款人账号,金额,时间\n6299990000000000046,6299990000000000053,800,2024-03-07 15:45:00\n"
    )
  }

  @Test func `says what each file is, and writes nothing`() throws {
    let outcome = try ClewProcess.run("import", caseFile, scratch.path + "/in", "--dry-run")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("/in/t.csv: canonical-trades, Clew table of trades, 60 of 100"))
    #expect(outcome.output.contains("  sign      header supplier, buyer"))
    #expect(outcome.output.contains("/in/notes.txt: not read: no importer knows this format"))
    #expect(outcome.output.contains("  encoding  UTF-8 1.00"))
    #expect(outcome.output.contains("    record: transfer"))
    #expect(outcome.complaints == ["1 would be read, 2 not read, 0 refused; nothing was written"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["in"])
  }

  @Test func `needs no case`() throws {
    let outcome = try ClewProcess.run("import", "--dry-run", scratch.path + "/in")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("/in/t.csv: canonical-trades, Clew table of trades, 60 of 100"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["in"])
  }

  @Test func `leaves a case as it is`() throws {
    #expect(try ClewProcess.run("import", caseFile, scratch.path + "/in/t.csv").status == 0)
    let before = try Data(contentsOf: URL(filePath: caseFile))
    #expect(try ClewProcess.run("import", caseFile, scratch.path + "/in", "--dry-run").status == 0)
    #expect(try Data(contentsOf: URL(filePath: caseFile)) == before)
  }

  @Test func `writes an object for each file`() throws {
    let outcome = try ClewProcess.run(
      "import",
      caseFile,
      scratch.path + "/in",
      "--dry-run",
      "--json"
    )
    let objects = try outcome.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(objects.count == 3)
    #expect(objects.allSatisfy { $0["schema"] as? String == "clew-preview-1" })
    let table = try #require(objects.first { ($0["path"] as? String)?.hasSuffix("t.csv") == true })
    #expect((table["reader"] as? [String: Any])?["format"] as? String == "canonical-trades")
    #expect((table["reader"] as? [String: Any])?["confidence"] as? Int == 60)
    let unknown = try #require(
      objects.first { ($0["path"] as? String)?.hasSuffix("流水.csv") == true }
    )
    #expect((unknown["map"] as? String)?.contains("record: transfer") == true)
    #expect(unknown["reason"] as? String == "no importer knows this format")
  }

  @Test func `proposes a map that an import takes, and the case keeps it`() throws {
    let table = scratch.path + "/in/流水.csv"
    let preview = try ClewProcess.run("import", caseFile, table, "--dry-run", "--json")
    let object = try JSONSerialization.jsonObject(with: Data(preview.output.utf8))
    let text = try #require((object as? [String: Any])?["map"] as? String)
    let map = try scratch.write("map.yaml", text)
    let outcome = try ClewProcess.run("import", caseFile, table, "--map", map)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("1 units in = 1 stored"))
    let sources = try ClewProcess.run("sources", caseFile, "--json")
    #expect(sources.output.contains("map sha256"))
    #expect(sources.output.contains("record: transfer"))
    #expect(try ClewProcess.run("verify", caseFile).status == 0)
    let shown = try ClewProcess.run("show", caseFile, "card:6299990000000000053")
    #expect(shown.output.contains("card:6299990000000000053"))
  }
}

@Suite(.serialized) struct `How files are read` {
  let scratch: Scratch
  let caseFile: String

  init() throws {
    scratch = try Scratch()
    caseFile = scratch.path + "/case.clew"
  }

  @Test func `says of a sheet what the workbook does not show`() throws {
    let outcome = try ClewProcess.run(
      "import",
      caseFile,
      fixture("workbook/微信支付账单流水文件(20240301-20240331).xlsx"),
      "--dry-run"
    )
    #expect(outcome.output.contains(".xlsx!/"))
    #expect(outcome.output.contains("  note      dates: 6 cells written as yyyy-MM-dd"))
    #expect(outcome.output.contains("  note      workbook: sheet of a workbook of"))
  }

  /// A fixture of the tests of importers.
  private func fixture(_ name: String) -> String {
    var url = URL(filePath: #filePath)
    for _ in 0..<2 { url.deleteLastPathComponent() }
    return url.path + "/ClewImportTests/Fixtures/" + name
  }

  @Test func `goes into archives and workbooks`() throws {
    let book = try Data(contentsOf: URL(filePath: fixture("workbook/contacts_export.xlsx")))
    try scratch.write("in/联系人.xlsx", bytes: Array(book))
    let cards = try Data(contentsOf: URL(filePath: fixture("archives/cards.7z")))
    try scratch.write("in/cards.7z", bytes: Array(cards))
    let folder = scratch.path + "/in"
    let packed = try ClewProcess.run(
      ["-C", scratch.path, "-czf", folder + "/all.tgz", "in/cards.7z", "in/联系人.xlsx"],
      program: "/bin/tar"
    )
    #expect(packed.status == 0)
    let map = try scratch.write(
      "map.yaml",
      """
      map: UFED
      match: {columns: [Name, Entries], file: "联系人*"}
      record: contact
      fields: {contact: {column: Name, scheme: name}, name: Name}
      """
    )
    let outcome = try ClewProcess.run("import", caseFile, folder, "--map", map)
    // Two cards, and the sheet with its title and two contacts; the same again inside the archive.
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("in the case already"))
    let sources = try ClewProcess.run("sources", caseFile, "--json").output
    #expect(sources.contains("all.tgz!/in/联系人.xlsx!/"))
    #expect(sources.contains("sheet of a workbook of"))
    #expect(try ClewProcess.run("verify", caseFile).status == 0)
  }

  @Test func `stops at a bomb in one line, in little memory, with nothing left behind`() throws {
    let outcome = try ClewProcess.script(
      "head -c 300000000 /dev/zero | gzip -c > '\(scratch.path)/bomb.gz'; ulimit -v 1500000; "
        + "\"$CLEW\" import '\(caseFile)' '\(scratch.path)/bomb.gz'"
    )
    #expect(outcome.status == 65)
    #expect(
      outcome.complaints.first
        == "\(scratch.path)/bomb.gz: refused: its members are over 100 times as long: a decompression bomb"
    )
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted()
        == ["bomb.gz", "case.clew", "case.clew.lock"]
        || FileManager.default.contentsOfDirectory(atPath: scratch.path).allSatisfy {
          !$0.hasPrefix(".clew")
        }
    )
  }

  @Test func `is listed by format`() throws {
    let outcome = try ClewProcess.run("import", "--formats")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("wechat-android"))
    #expect(outcome.output.split(separator: "\n").count > 15)
  }

  @Test func `is refused when a map is wrong, in one line and before a case is made`() throws {
    let table = try scratch.write("t.csv", "a,b\n1,2\n")
    let map = try scratch.write("map.yaml", "map: m\nmatch: {columns: [a]}\nrecord: bill\n")
    let outcome = try ClewProcess.run("import", caseFile, table, "--map", map)
    #expect(outcome.status == 65)
    #expect(outcome.complaints.count == 1)
    #expect(outcome.errors.hasPrefix("clew: \(map):3: \"record\" is none of contact, message"))
    #expect(!FileManager.default.fileExists(atPath: caseFile))
  }

  @Test(arguments: [
    ["--encoding", "latin1"], ["--archive-limit", "0"], ["--archive-limit", "x"], ["--json"],
    ["--format", "none"],
  ])
  func `is refused when a choice is wrong`(choice: [String]) throws {
    let outcome = try ClewProcess.run(["import", caseFile, "x"] + choice)
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("Error: "))
  }

  @Test func `can be stated by the user`() throws {
    // 風箏 in Big5, looked up by hand: ADB7 BBD6... a word too short to be told from GBK.
    let name: [UInt8] = [0xAD, 0xB7]
    let bytes =
      Array("owner,contact,name,remark\nqq:9990000001,qq:9990000002,".utf8) + name + [0x2C, 0x0A]
    let table = try scratch.write("t.csv", bytes: bytes)
    let outcome = try ClewProcess.run("import", caseFile, table, "--encoding", "big5")
    #expect(outcome.status == 0)
    #expect(try ClewProcess.run("show", caseFile, "qq:9990000002").output.hasPrefix("風"))
    #expect(try ClewProcess.run("sources", caseFile, "--json").output.contains("encoding stated"))
  }
}
