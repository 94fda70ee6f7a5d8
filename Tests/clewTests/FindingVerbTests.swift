import Foundation
import Testing

@Suite(.serialized) struct `What the findings come to` {
  private func document(_ arguments: String...) throws -> [String: Any] {
    let outcome = try ClewProcess.run(arguments)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(value as? [String: Any])
  }

  @Test(arguments: [
    (
      "arrest",
      [
        "schema", "constraints", "before", "start", "steps", "byDegree", "byBetweenness",
        "byChance", "draws", "chances",
      ]
    ),
    (
      "metrics",
      ["schema", "case", "prices", "markups", "lines", "independence", "parties", "links"]
    ),
    ("timeline", ["schema", "lines", "delays", "parties", "undatedLinks"]),
    ("gaps", ["schema", "missing", "phones", "unseenSupply", "contradictions"]),
  ])
  func `is one document with the keys that are promised, on any number of cores`(
    verb: String,
    keys: [String]
  ) throws {
    let file = try NineLines.caseFile()
    let document = try document(verb, file, "--json")
    #expect(document["schema"] as? String == "clew.\(verb)/1")
    #expect(Set(document.keys) == Set(keys))
    let texts = try ["1", "2"].map { threads in
      try ClewProcess.run(verb, file, "--json", "--threads", threads).output
    }
    #expect(texts[0] == texts[1])
    let table = try ClewProcess.run(verb, file)
    #expect(table.status == 0 && !table.output.isEmpty && table.errors.isEmpty)
  }

  @Test func `arrests of the nine lines leave less than any other order, and are confirmed`() throws
  {
    let plan = try document("arrest", NineLines.caseFile(), "--limit", "5", "--json")
    let steps = try #require(plan["steps"] as? [[String: Any]])
    #expect(steps.count == 5)
    #expect(steps.allSatisfy { $0["confirmed"] as? Bool == true })
    func customers(_ curve: [[String: Any]]) -> Double? {
      (curve.last?["customers"] as? NSNumber)?.doubleValue
    }
    let left = try #require(customers(steps.compactMap { $0["left"] as? [String: Any] }))
    for other in ["byDegree", "byBetweenness", "byChance"] {
      let curve = try #require(plan[other] as? [[String: Any]])
      let others = try #require(customers(curve))
      #expect(left <= others)
    }
  }

  @Test func `an arrest keeps to who is in custody and calls nobody by a wrong name`() throws {
    let file = try NineLines.caseFile()
    let plan = try document("arrest", file, "--in-custody", "猎人", "--limit", "1", "--json")
    let constraints = try #require(plan["constraints"] as? [String: Any])
    #expect((constraints["inCustody"] as? [String])?.count == 1)
    let (before, start) = (
      try #require(plan["before"] as? [String: Any]), try #require(plan["start"] as? [String: Any])
    )
    #expect((start["customers"] as? Int ?? 0) < (before["customers"] as? Int ?? 0))
    let nobody = try ClewProcess.run("arrest", file, "--in-custody", "谁也不是")
    #expect(nobody.status == 66)
    #expect(nobody.errors == "clew: nothing in this case is called 谁也不是\n")
    #expect(try ClewProcess.run("arrest", file, "--province", "某地").status == 64)
    #expect(try ClewProcess.run("arrest", file, "--limit", "0").status == 64)
    // Invented identity numbers begin with 99: of 广东 there is nobody, and the program says why.
    let elsewhere = try ClewProcess.run("arrest", file, "--province", "广东").output
    #expect(elsewhere.contains("Nobody supplies who may be chosen.") && elsewhere.contains("99 ("))
    #expect(
      try ClewProcess.run("arrest", file, "--province", "99").output.contains("Whom to arrest")
    )
  }

  @Test func `long tables are as long as asked`() throws {
    let file = try NineLines.caseFile()
    for (verb, kind) in [("metrics", "links"), ("timeline", "parties")] {
      let short = try ClewProcess.run(verb, file, "--limit", "2").output
      #expect(short.contains(" more \(kind); see --limit"))
      let long = try ClewProcess.run(verb, file, "--limit", "100000").output
      #expect(!long.contains("see --limit") && long.utf8.count > short.utf8.count)
      #expect(try ClewProcess.run(verb, file, "--limit", "0").status == 64)
    }
  }

  @Test func `an analysis until a day knows less and says so`() throws {
    let file = try NineLines.caseFile()
    let whole = try document("analyze", file, "--json")
    #expect(whole["until"] == nil)
    let links = try #require(whole["links"] as? [[String: Any]])
    let firsts = links.compactMap { $0["first"] as? String }.sorted()
    let day = try #require(firsts.dropFirst(firsts.count / 2).first).prefix(10)
    let early = try document("analyze", file, "--until", String(day), "--json")
    // The day counts whole in UTC+8: it ends at 16:00 UTC.
    #expect(early["until"] as? String == "\(day)T16:00:00Z")
    let known = try #require(early["links"] as? [[String: Any]])
    #expect(!known.isEmpty && known.count < links.count)
    let end = "\(day)T16:00:00"
    #expect(known.allSatisfy { ($0["last"] as? String ?? "") < end })
    #expect(try ClewProcess.run("analyze", file, "--until", "someday").status == 64)
    for verb in ["analyze", "metrics", "timeline", "gaps", "arrest"] {
      let text = try ClewProcess.run(verb, file, "--until", String(day)).output
      #expect(text.hasPrefix("Without what is dated "), "\(verb)")
    }
    let cut = try document("arrest", file, "--until", String(day), "--json")["until"] as? String
    #expect(cut == "\(day)T16:00:00Z")
  }
}
