import Foundation
import Testing

/// Merge, split and undo through the built program.
@Suite(.serialized) struct `Deciding who is who` {
  private let scratch: Scratch
  private let file: String

  init() throws {
    scratch = try Scratch()
    let folder = try SmallCase.write(into: scratch)
    try scratch.write(
      "in/contacts.csv",
      """
      owner,contact,name,remark,tag
      wechat:wxid_agent,wechat:wxid_buyer,灯笼,,
      wechat:wxid_agent,qq:9990000003,灯笼(下家),,
      wechat:wxid_agent,telegram:990000002,重名,,
      wechat:wxid_agent,qq:9990000009,重名,,

      """
    )
    file = scratch.path + "/out/case.clew"
    _ = try ClewProcess.run("run", folder, "-o", scratch.path + "/out")
  }

  private func analysis() throws -> String {
    try ClewProcess.run("analyze", file, "--json").output
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `lists who is possibly one, and merges nothing by itself`() throws {
    let listing = try ClewProcess.run("parties", file, "--possible")
    #expect(listing.status == 0)
    #expect(listing.output.contains("qq:9990000003"))
    #expect(listing.output.contains("same name in part “灯笼”"))
    let pairs = try object(try analysis())["possiblySame"] as? [[String: Any]]
    let signs = pairs?.compactMap { $0["signs"] as? [[String: Any]] }.flatMap(\.self)
    #expect(signs?.contains { ($0["records"] as? [String])?.isEmpty == false } == true)
    let show = try ClewProcess.run("show", file, "qq:9990000003")
    #expect(show.output.contains("possibly the same, not merged"))
  }

  @Test func `a merge holds until it is undone, and the analysis is then the same to the byte`()
    throws
  {
    let before = try analysis()
    let merge = try ClewProcess.run(
      "merge",
      file,
      "qq:9990000003",
      "wxid_buyer",
      "--reason",
      "said so himself",
      "--by",
      "Li"
    )
    #expect(merge.status == 0)
    #expect(merge.output.contains("qq:9990000003 = wechat:wxid_buyer"))
    let merged = try object(try analysis())
    let parties = merged["parties"] as? [[String: Any]]
    let both = parties?.compactMap { $0["accounts"] as? [String] }.filter {
      Set($0).isSuperset(of: ["qq:9990000003", "wechat:wxid_buyer"])
    }
    #expect(both?.count == 1)
    let decisions = merged["decisions"] as? [[String: Any]]
    #expect(decisions?.first?["reason"] as? String == "said so himself")
    #expect(try ClewProcess.run("show", file, "qq:9990000003").output.contains("decision 1"))
    #expect(try ClewProcess.run("verify", file).status == 0)

    let split = try ClewProcess.run(
      "split",
      file,
      "qq:9990000003",
      "wxid_buyer",
      "--reason",
      "no, his brother"
    )
    #expect(split.status == 0)
    #expect(
      try ClewProcess.run("show", file, "qq:9990000003").output.contains("kept apart by an analyst")
    )
    #expect(try ClewProcess.run("undo", file).status == 0)
    #expect(try ClewProcess.run("undo", file, "1", "--reason", "wrong person").status == 0)
    #expect(try analysis() == before)
    let listing = try ClewProcess.run("parties", file, "--decisions").output
    #expect(listing.contains("undone"))
    #expect(listing.contains("his brother"))
    #expect(try ClewProcess.run("undo", file).status == 64)
  }

  @Test func `asks back where it is not clear who is meant`() throws {
    let several = try ClewProcess.run("merge", file, "重名", "wxid_buyer", "--reason", "r")
    #expect(several.status == 64)
    #expect(several.errors.contains("several parties are called 重名"))
    #expect(several.errors.contains("telegram:990000002"))
    let nobody = try ClewProcess.run("merge", file, "nobody", "wxid_buyer", "--reason", "r")
    #expect(nobody.status == 66)
    let same = try ClewProcess.run("merge", file, "wxid_buyer", "wxid_buyer", "--reason", "r")
    #expect(same.errors.contains("are one party already"))
    let apart = try ClewProcess.run("split", file, "wxid_agent", "wxid_buyer", "--reason", "r")
    #expect(apart.errors.contains("are two parties already"))
    #expect(try ClewProcess.run("parties", file, "--decisions").output == "no decision\n")
  }

  @Test func `counts rows, records and events`() throws {
    let sources = try ClewProcess.run("sources", file)
    #expect(sources.output.contains("distinct"))
    let json = try object(try ClewProcess.run("sources", file, "--json").output)
    let events = json["events"] as? [[String: Any]]
    #expect(events?.map { $0["kind"] as? String } == ["messages wechat", "transfers"])
    // 18 days with four messages and two payments each.
    #expect(events?.map { $0["events"] as? Int } == [72, 36])
  }
}
