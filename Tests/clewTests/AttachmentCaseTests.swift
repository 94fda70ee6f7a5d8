import ClewTestSupport
import Foundation
import Testing

/// A list that goes from hand to hand as a file, saved anew on the way.
@Suite(.serialized) struct `A case with lists` {
  /// Writes the exports: two messages with their orders, and the two files beside them.
  private func write(into scratch: Scratch) throws {
    let first =
      "姓名,身份证号,电话\n"
      + InventedPeople.rows(1...30).map { "\($0[0]),\($0[1]),\($0[2])\n" }.joined()
    let second = InventedPeople.rows((6...30).reversed()).map { "\($0[2])----\($0[1])\r\n" }
      .joined()
    let path = try scratch.write("in/s/名单30.csv", first)
    try scratch.write("in/b/新建.txt", second)
    let hash = try ClewProcess.run([path], program: "/usr/bin/sha256sum").output.prefix(64)
    let rows = [
      "2024-03-10T10:00:00+08:00,wechat:wxid_b,wechat:wxid_s,text,查户籍 要30条,,,",
      "2024-03-10T11:00:00+08:00,wechat:wxid_s,wechat:wxid_b,file,,x.csv,,\(hash)",
      "2024-03-10T12:00:00+08:00,wechat:wxid_c,wechat:wxid_b,text,查户籍 要30条,,,",
      "2024-03-10T13:00:00+08:00,wechat:wxid_b,wechat:wxid_c,file,,新建.txt,\(second.utf8.count),",
    ]
    try scratch.write(
      "in/messages.csv",
      "time,from,to,kind,text,file_name,file_bytes,file_sha256\n"
        + rows.joined(separator: "\n") + "\n"
    )
  }

  @Test func `links the hands by the rows and shows none of them`() throws {
    let scratch = try Scratch()
    try write(into: scratch)
    let outcome = try ClewProcess.run("run", scratch.path + "/in", "-o", scratch.path + "/out")
    #expect(outcome.status == 0)
    let file = scratch.path + "/out/case.clew"
    var said = [outcome.output, outcome.errors]
    func run(_ arguments: String...) throws -> String {
      let outcome = try ClewProcess.run(arguments)
      #expect(outcome.status == 0, "\(arguments)")
      said.append(outcome.output)
      return outcome.output
    }
    let document = try JSONSerialization.jsonObject(
      with: Data(try run("analyze", file, "--json").utf8)
    )
    let links = try #require((document as? [String: Any])?["links"] as? [[String: Any]])
    #expect(links.compactMap { $0["grade"] as? String } == ["A", "A"])
    #expect(try run("sources", file).components(separatedBy: "personal-data-table").count == 3)
    #expect(try run("verify", file).contains(": 0 differences"))

    let party = try run("show", file, "wechat:wxid_b")
    #expect(party.contains("files of personal data"))
    #expect(
      party.contains("30 rows, 30 with personal data (identity numbers 30, phones 30, names 30)")
    )
    #expect(party.contains("25 of its 30 different rows are also in"))
    #expect(party.contains("known by name and size"))
    let line = try #require(
      party.split(separator: "\n").first { $0.contains("名单30.csv”: 30 rows") }
    )
    let record = try #require(line.split(separator: " ").first)
    let list = try run("show", file, String(record))
    #expect(list.contains("known by its digest"))
    #expect(list.contains("25 of its 30 different rows are also in"))
    #expect(list.contains(": the same payload"))
    // Line 7 of the table is person 6, who stands last in the text.
    #expect(list.contains("lines here and there: 7 = 25, 8 = 24, 9 = 23, 10 = 22, 11 = 21"))
    _ = try run("show", file, String(record), "--reveal")
    _ = try run("export", file, "--as", "csv", "-o", scratch.path + "/tables")
    said.append(try scratch.read("tables/deliveries.csv"))
    #expect(said.last?.contains("id 30;phone 30;name 30") == true)
    said.append(try scratch.read("out/analysis.json"))
    let bytes = try Data(contentsOf: URL(filePath: file))
    for person in 1...30 {
      for value in [InventedPeople.phone(person), InventedPeople.identity(person)] {
        #expect(said.allSatisfy { !$0.contains(value) })
        #expect(bytes.range(of: Data(value.utf8)) == nil)
      }
    }
  }

  @Test func `is drawn and listed also when tables claim numbers beyond counting`() throws {
    let scratch = try Scratch()
    try write(into: scratch)
    let path = try scratch.write(
      "in/trades.csv",
      "time,supplier,buyer,category,items,amount\n"
        + "2024-03-11T10:00:00+08:00,wechat:wxid_s,wechat:wxid_b,户籍,\(Int64.max),1.00\n"
        + "2024-03-11T10:00:00+08:00,wechat:wxid_s,wechat:wxid_b,车辆,\(Int64.max),1.00\n"
    )
    #expect(path.hasSuffix("trades.csv"))
    let outcome = try ClewProcess.run("run", scratch.path + "/in", "-o", scratch.path + "/out")
    #expect(outcome.status == 0)
    #expect(try scratch.read("out/analysis.json").contains("9223372036854775807"))
  }

  @Test func `shows the same whichever file comes first`() throws {
    let scratch = try Scratch()
    try write(into: scratch)
    let orders = [["in/s", "in/b", "in/messages.csv"], ["in/messages.csv", "in/b", "in/s"]]
    let results = try orders.enumerated().map { place, paths in
      let file = scratch.path + "/\(place).clew"
      for path in paths {
        #expect(try ClewProcess.run("import", file, scratch.path + "/" + path).status == 0)
      }
      return try ClewProcess.run("analyze", file, "--json").output
        + ClewProcess.run("show", file, "wechat:wxid_b").output
    }
    #expect(results[0] == results[1])
    #expect(results[0].contains("files of personal data"))
  }
}
