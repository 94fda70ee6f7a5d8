import Foundation
import FoundationXML
import Glibc
import Testing

@Suite(.serialized) struct `The nine-lines case` {
  @Test func `runs in one go and writes all that it promises`() throws {
    let run = try #require(NineLines.run)
    let outcome = run.outcome
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("猎人"))
    #expect(outcome.output.contains("为人民服务"))
    #expect(
      Set(run.files.keys) == [
        "case.clew", "analysis.json", "summary.txt", "diagram.dot", "diagram.svg", "diagram.png",
        "diagram.pdf",
      ]
    )
    #expect(run.files.values.allSatisfy { $0 == 0o600 })
    #expect(try outcome.output.hasPrefix(ClewProcess.run("analyze", NineLines.caseFile()).output))
  }

  @Test func `verifies`() throws {
    let outcome = try ClewProcess.run("verify", NineLines.caseFile())
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains(": 0 differences\naudit head "))
    let head = try #require(outcome.output.split(separator: " ").last).dropLast()
    #expect(try ClewProcess.run("verify", NineLines.caseFile(), "--head", String(head)).status == 0)
    let other = String(repeating: "0", count: 64)
    #expect(try ClewProcess.run("verify", NineLines.caseFile(), "--head", other).status == 76)
  }

  @Test func `is one document with the keys that are promised`() throws {
    let document = try NineLines.analysis()
    #expect(
      Set(document.keys) == [
        "schema", "parties", "lines", "links", "restated", "unseenSupply", "possiblySame",
        "conflicts", "decisions", "summary",
      ]
    )
    #expect(document["schema"] as? String == "clew.analysis/1")
    let keys: [(String, Set<String>)] = [
      (
        "parties",
        [
          "id", "name", "accounts", "role", "roleConfidence", "tier", "tierConfidence", "line",
          "lineConfidence", "lineInferred", "lineShares", "lineBasis", "upstream", "downstream",
          "exclusiveDownstream", "scores", "evidence",
        ]
      ),
      (
        "lines",
        ["id", "name", "principal", "principals", "members", "byTier", "items", "amountFen"]
      ),
      (
        "links",
        [
          "id", "supplier", "buyer", "grade", "orders", "items", "amountFen", "first", "last",
          "crossLine", "evidence", "against",
        ]
      ),
    ]
    for (name, keys) in keys {
      let objects = try #require(document[name] as? [[String: Any]])
      #expect(!objects.isEmpty)
      #expect(objects.allSatisfy { Set($0.keys) == keys })
      let ids = objects.compactMap { $0["id"] as? String }
      #expect(ids.count == objects.count)
      if name != "lines" { #expect(ids == ids.sorted()) }
    }
    let pairs = try #require(document["possiblySame"] as? [[String: Any]])
    #expect(!pairs.isEmpty)
    #expect(pairs.allSatisfy { Set($0.keys) == ["a", "b", "score", "signs"] })
    let order = pairs.compactMap { pair in
      (pair["a"] as? String).map { [$0, pair["b"] as? String ?? ""] }
    }
    #expect(order.map { $0.joined() } == order.map { $0.joined() }.sorted())
    let summary = try #require(document["summary"] as? [String: Any])
    #expect(
      Set(summary.keys) == [
        "parties", "links", "lines", "crossLinks", "depth", "incoherence", "modelVersion",
      ]
    )
    #expect(summary["parties"] as? Int == (document["parties"] as? [Any])?.count)
    for verb in ["sources", "rejects"] {
      let text = try ClewProcess.run(verb, NineLines.caseFile(), "--json").output
      let list = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      #expect(list?["schema"] as? String == "clew.\(verb)/1")
    }
  }

  @Test func `says of a member and of a principal why they are in their line`() throws {
    let parties = try #require(NineLines.analysis()["parties"] as? [[String: Any]])
    func shown(_ role: String) throws -> String {
      let party = try #require(parties.first { $0["role"] as? String == role })
      return try ClewProcess.run("show", NineLines.caseFile(), party["id"] as? String ?? "").output
    }
    let member = try shown("secondLevelAgent")
    #expect(member.contains("\n        because "))
    #expect(member.contains(" purchases come from members"))
    #expect(try shown("firstLevelAgent").contains("\n        because it leads the line\n"))
    #expect(try shown("source").contains(" sales go to members"))
    func basis(_ role: String) -> [String: Any]? {
      parties.first { $0["role"] as? String == role }?["lineBasis"] as? [String: Any]
    }
    #expect(basis("firstLevelAgent")?["leads"] as? Bool == true)
    #expect(basis("source")?["dealings"] as? String == "sales")
    let bought = basis("secondLevelAgent")
    #expect(bought?["dealings"] as? String == "purchases" && bought?["leads"] as? Bool == false)
    let (part, all) = (bought?["withMembers"] as? Int, bought?["ofAll"] as? Int)
    #expect(part.map { $0 > 0 } == true && (part ?? 0) <= (all ?? 0))
    #expect(parties.allSatisfy { ($0["line"] is NSNull) == ($0["lineBasis"] is NSNull) })
  }

  @Test func `gives the same bytes on any machine`() throws {
    let file = try NineLines.caseFile()
    let json = try String(contentsOfFile: NineLines.folder() + "/analysis.json", encoding: .utf8)
    let scratch = try Scratch()
    var pictures: Set<[Data]> = []
    for (place, environment) in [
      ["TZ": "UTC", "LANG": "C", "LC_ALL": "C"],
      ["TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8"],
      ["TZ": "America/Chicago", "LC_ALL": "tr_TR.UTF-8", "SWIFT_DETERMINISTIC_HASHING": "1"],
    ].enumerated() {
      let threads = "\(place % 2 + 1)"
      let again = try ClewProcess.run(
        "analyze",
        file,
        "--json",
        "--threads",
        threads,
        environment: environment
      )
      #expect(again.output == json)
      var files: [Data] = []
      for ending in ["dot", "svg"] {
        let path = scratch.path + "/p." + ending
        let outcome = try ClewProcess.run(
          "draw",
          file,
          "-o",
          path,
          "--threads",
          threads,
          environment: environment
        )
        #expect(outcome.status == 0)
        files.append(try Data(contentsOf: URL(filePath: path)))
      }
      pictures.insert(files)
    }
    #expect(pictures.count == 1)
  }

  @Test func `shows a party, a line, a link and the record behind it`() throws {
    let file = try NineLines.caseFile()
    let party = try ClewProcess.run("show", file, "猎人")
    #expect(party.status == 0)
    #expect(party.output.hasPrefix("猎人  P"))
    for word in ["\nrole    ", "\nwhy     ", "\nevidence", "\nagainst", "\nsupplies\n"] {
      #expect(party.output.contains(word))
    }
    let document = try NineLines.analysis()
    let line = try #require((document["lines"] as? [[String: Any]])?.first)
    let shown = try ClewProcess.run("show", file, try #require(line["id"] as? String))
    #expect(shown.output.hasPrefix("L1 \(line["name"] as? String ?? "?"): principal "))
    #expect(shown.output.contains("dealings with it") && shown.output.contains("  leads it  "))
    #expect(shown.output.contains("\(line["members"] as? Int ?? -1) members"))
    let link = try #require((document["links"] as? [[String: Any]])?.first)
    let id = try #require(link["id"] as? String)
    let linkText = try ClewProcess.run("show", file, id).output
    #expect(linkText.hasPrefix(id + "  "))
    let record = try #require((link["evidence"] as? [String])?.first)
    #expect(linkText.contains(record))
    let ends = "\(link["supplier"] as? String ?? "")>\(link["buyer"] as? String ?? "")"
    #expect(try ClewProcess.run("show", file, ends).output == linkText)
    let origin = try ClewProcess.run("show", file, record)
    #expect(origin.output.hasPrefix(record))
    #expect(origin.output.contains(ClewProcess.exports + "/"))
    #expect(origin.output.contains("row "))
    #expect(origin.output.contains("\n    | "))
    let nobody = try ClewProcess.run("show", file, "谁也不是")
    #expect(nobody.status == 66)
    #expect(nobody.errors == "clew: nothing in this case is called 谁也不是\n")
  }

  @Test func `comes back from its tables as the same case`() throws {
    let scratch = try Scratch()
    let tables = scratch.path + "/tables"
    let file = try NineLines.caseFile()
    #expect(try ClewProcess.run("export", file, "--as", "csv", "-o", tables).status == 0)
    let second = scratch.path + "/second.clew"
    let outcome = try ClewProcess.run("import", second, tables)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains(" 0 rejected"))
    for name in ["lines", "links", "parties"] {
      #expect(outcome.errors.contains("\(name).csv: not read"))
    }
    func document(_ text: String) throws -> [String: [[String: Any]]] {
      let value = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return try #require(value).compactMapValues { $0 as? [[String: Any]] }
    }
    let before = try document(ClewProcess.run("analyze", file, "--json").output)
    let after = try document(ClewProcess.run("analyze", second, "--json").output)
    #expect(NSArray(array: before["links"] ?? []).isEqual(after["links"] ?? []))
    #expect(NSArray(array: before["lines"] ?? []).isEqual(after["lines"] ?? []))
    // What shows only that a bystander exists may be another record.
    func findings(_ parties: [[String: Any]]?, without open: Set<String>) -> NSArray {
      NSArray(array: (parties ?? []).map { $0.filter { !open.contains($0.key) } })
    }
    #expect(
      findings(before["parties"], without: ["evidence"])
        == findings(after["parties"], without: ["evidence"])
    )
  }

  @Test(arguments: ["graphml", "gexf"])
  func `exports a graph that parses and holds every party that trades`(format: String) throws {
    let scratch = try Scratch()
    let path = scratch.path + "/g." + format
    let outcome = try ClewProcess.run(
      "export",
      NineLines.caseFile(),
      "--as",
      format,
      "-o",
      path
    )
    #expect(outcome.status == 0)
    let document = try XMLDocument(contentsOf: URL(filePath: path), options: [])
    let analysis = try NineLines.analysis()
    let parties = try #require(analysis["parties"] as? [[String: Any]])
    let traders = parties.filter { $0["role"] as? String != "outsider" }
    let links = try #require(analysis["links"] as? [[String: Any]])
    let text = try scratch.read("g." + format)
    for (name, objects) in [("node", traders), ("edge", links)] {
      let found = try document.nodes(forXPath: "//*[local-name()='\(name)']")
      #expect(found.count == objects.count)
      for id in objects.compactMap({ $0["id"] as? String }) {
        #expect(text.contains("<\(name) id=\"\(id)\""))
      }
    }
  }

  @Test func `is quiet when the reader of its output goes away`() throws {
    let file = try NineLines.caseFile()
    let outcome = try ClewProcess.script("\"$CLEW\" analyze '\(file)' --json | head -1")
    #expect(outcome.status == 0)
    #expect(outcome.output == "{\n")
    #expect(outcome.errors.isEmpty)
  }
}

@Suite(.serialized) struct `A small case` {
  let scratch: Scratch
  let caseFile: String

  init() throws {
    scratch = try Scratch()
    caseFile = scratch.path + "/case.clew"
  }

  @Test func `is the same whatever the order and number of imports`() throws {
    let folder = try SmallCase.write(into: scratch)
    #expect(try ClewProcess.run("import", caseFile, folder).status == 0)
    let json = try ClewProcess.run("analyze", caseFile, "--json").output
    #expect(json.contains("secondLevelAgent") || json.contains("firstLevelAgent"))
    let files = ["messages", "transfers", "accounts"].map { "\(folder)/\($0).csv" }
    let second = scratch.path + "/second.clew"
    #expect(try ClewProcess.run(["import", second] + files).status == 0)
    #expect(try ClewProcess.run("analyze", second, "--json").output == json)
    let third = scratch.path + "/third.clew"
    for file in files { #expect(try ClewProcess.run("import", third, file).status == 0) }
    #expect(try ClewProcess.run("import", third, folder).status == 0)
    #expect(try ClewProcess.run("analyze", third, "--json").output == json)
  }

  @Test func `tells when case or original was changed`() throws {
    let folder = try SmallCase.write(into: scratch, text: "独一无二的话")
    #expect(try ClewProcess.run("import", caseFile, folder).status == 0)
    #expect(try ClewProcess.run("verify", caseFile).status == 0)
    let original = folder + "/transfers.csv"
    let kept = try Data(contentsOf: URL(filePath: original))
    try Data(kept.dropLast() + [0x20]).write(to: URL(filePath: original))
    let changed = try ClewProcess.run("verify", caseFile)
    #expect(changed.status == 76)
    #expect(
      changed.complaints.first == "clew: \(original): the file is not the one that was imported"
    )
    try kept.write(to: URL(filePath: original))
    #expect(try ClewProcess.run("verify", caseFile).status == 0)
    var bytes = try Data(contentsOf: URL(filePath: caseFile))
    let place = try #require(bytes.range(of: Data("独一无二".utf8)))
    bytes[place.lowerBound + 2] ^= 1
    try bytes.write(to: URL(filePath: caseFile))
    let broken = try ClewProcess.run("verify", caseFile)
    #expect(broken.status == 76)
    #expect(broken.errors.contains("records are not as imported"))
  }

  @Test func `shows victims to nobody without being asked`() throws {
    let canaries = [
      "13911112222", "139 3333 4444", "139-5555-6666", "１３９７７７７８８８８", "990000199001011239",
      "99000019900101124X", "6299 9900 0000 0000 038", "欧阳金丝雀", "幸福路九号", "1\u{200B}3999990000",
    ]
    let text = """
      电话 \(canaries[0]) / \(canaries[1])，\(canaries[2])；\(canaries[3]) 身份证\(canaries[4]) 或 \
      \(canaries[5]) 卡 \(canaries[6]) 【姓名】\(canaries[7]) 地址：\(canaries[8]) \(canaries[9])
      """
    let folder = try SmallCase.write(into: scratch, text: text)
    try scratch.write(
      "in/bad.csv",
      "time,from,to,group,kind,text\nyesterday,qq:9990000001,qq:9990000002,,text,\(canaries[0])\n"
    )
    let out = scratch.path + "/out"
    let run = try ClewProcess.run("run", folder, "-o", out)
    #expect(run.status == 2)
    let file = out + "/case.clew"
    var said = [run]
    for arguments in [
      ["show", file, "源头"], ["show", file, "L1"], ["rejects", file], ["rejects", file, "--json"],
      ["show", file, "源头>代理"], ["draw", file, "-o", scratch.path + "/ego.svg", "--view", "ego=代理"],
      ["sources", file, "--json"],
      ["export", file, "--as", "graphml", "-o", scratch.path + "/g.xml"],
    ] {
      let outcome = try ClewProcess.run(arguments)
      #expect(outcome.status == 0, "\(arguments)")
      said.append(outcome)
    }
    let link = said[5].output
    let number = try #require(
      link.split(separator: " ").first { $0.hasPrefix("R") && $0.count == 13 }
    )
    said.append(try ClewProcess.run("show", file, String(number)))
    var texts = said.flatMap { [$0.output, $0.errors] }
    for name in [
      "out/analysis.json", "out/summary.txt", "out/diagram.dot", "out/diagram.svg", "ego.svg",
      "g.xml",
    ] {
      texts.append(try scratch.read(name))
    }
    for canary in canaries {
      #expect(!texts.contains { $0.contains(canary) }, "\(canary)")
    }
    #expect(link.contains("〔"))
    let open = try ClewProcess.run("show", file, "源头>代理", "--reveal").output
    #expect(open.contains(canaries[0]))
    #expect(open.contains(canaries[1]))
    #expect(try ClewProcess.run("rejects", file, "--reveal").output.contains(canaries[0]))
  }

  @Test func `leaves nothing of the evidence lying about`() throws {
    let folder = try SmallCase.write(into: scratch)
    #expect(try ClewProcess.run("import", caseFile, folder).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    #expect(Set(names) == ["in", "case.clew"])
  }
}
