import Foundation
import Testing

@Suite(.serialized) struct `An invented case` {
  /// A case of two lines, imported, with the folder in which it lies.
  private func make(_ options: String...) throws -> Scratch {
    let scratch = try Scratch()
    let simulated = try ClewProcess.run(
      [
        "simulate", "--preset", "clean", "--seed", "5", "--lines", "2", "--sources-per-category",
        "1",
        "--seconds-per-line", "2", "--subs-per-line", "2", "--customers-per-line", "6",
        "-o", scratch.path + "/c",
      ] + options
    )
    #expect(simulated.status == 0)
    #expect(simulated.output.contains("seized devices"))
    let imported = try ClewProcess.run(
      "import",
      scratch.path + "/case.clew",
      scratch.path + "/c/exports"
    )
    #expect(imported.status == 0, "\(imported.errors)")
    #expect(imported.errors.contains(" 0 rejected ") && imported.errors.contains(" 0 refused"))
    return scratch
  }

  @Test func `is read without a reject, scored, and scored alike again`() throws {
    let scratch = try make()
    let arguments = ["score", scratch.path + "/case.clew", "--truth", scratch.path + "/c/truth"]
    let json = try ClewProcess.run(arguments + ["--json"])
    #expect(json.status == 0 && json.errors.isEmpty)
    #expect(try ClewProcess.run(arguments + ["--json", "--threads", "1"]).output == json.output)
    let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
    let score = try #require(document as? [String: Any])
    #expect(score["schema"] as? String == "clew.score/1")
    let measures = try #require(score["measures"] as? [[String: Any]])
    for name in ["identity.f1", "supply.f1", "role.macro.f1", "lines.ari", "tier.exact"] {
      #expect(measures.contains { $0["name"] as? String == name }, "\(name)")
    }
    let table = try ClewProcess.run(arguments + ["--errors", scratch.path + "/errors.csv"])
    #expect(table.output.contains("accused.per1000"))
    #expect(try scratch.read("errors.csv").hasPrefix("error,person,other,party,otherParty,"))
  }

  @Test func `shows supply of which no dealing is seen in every form, and where no link is`() throws
  {
    let scratch = try Scratch()
    let file = scratch.path + "/case.clew"
    for arguments in [
      ["simulate", "--preset", "field", "--seed", "3", "--lines", "3", "-o", scratch.path + "/c"],
      ["import", file, scratch.path + "/c/exports"],
      ["export", file, "--as", "csv", "-o", scratch.path + "/tables"],
      ["draw", file, "-o", scratch.path + "/lines.dot"],
    ] { #expect(try ClewProcess.run(arguments).status == 0) }
    let json = try ClewProcess.run("analyze", file, "--json").output
    let document = try #require(
      JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    )
    let unseen = try #require(document["unseenSupply"] as? [[String: Any]])
    func ends(_ rows: Any?) -> [[String]] {
      (rows as? [[String: Any]] ?? []).map {
        [$0["supplier"] as? String ?? "", $0["buyer"] as? String ?? ""]
      }
    }
    let pairs = ends(unseen)
    #expect(!pairs.isEmpty && Set(pairs).isDisjoint(with: ends(document["links"])))
    let table = try scratch.read("tables/unseen_supply.csv").split(whereSeparator: \.isNewline)
    #expect(table.dropFirst().map { $0.split(separator: ",").prefix(2).map(String.init) } == pairs)
    let first = try #require(unseen.first)
    let order = try #require((first["evidence"] as? [String])?.first)
    let shown = try ClewProcess.run("show", file, pairs[0][0]).output
    #expect(shown.contains("no dealing is seen") && shown.contains(pairs[0][1]))
    #expect(try ClewProcess.run("show", file, order).output.contains(order))
    let gaps = try ClewProcess.run("gaps", file).output
    #expect(gaps.contains("Supply of which no dealing is seen"))
    // Drawn dotted where both stand on a tier, and explained in the legend.
    let dot = try scratch.read("lines.dot")
    #expect(dot.contains("推断供货"))
  }

  @Test func `names each finding that rests on one phone`() throws {
    let scratch = try make("--preset", "field")
    let file = scratch.path + "/case.clew"
    let json = try ClewProcess.run("gaps", file, "--json").output
    let document = try #require(
      JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    )
    let phone = try #require((document["phones"] as? [[String: Any]])?.first)
    let owner = try #require(phone["party"] as? String)
    let text = try ClewProcess.run("gaps", file, "--phone", owner).output
    for kind in ["links", "roles", "tiers", "members"] {
      for id in try #require(phone[kind] as? [String]) { #expect(text.contains(id), "\(kind)") }
    }
    let early = try ClewProcess.run("gaps", file, "--until", "1999-01-01")
    #expect(early.status == 0 && early.output.contains("No finding rests on one phone alone."))
  }

  @Test func `is scored without some evidence, and says without which`() throws {
    let scratch = try make()
    let arguments = ["score", scratch.path + "/case.clew", "--truth", scratch.path + "/c/truth"]
    let whole = try ClewProcess.run(arguments).output
    let less = try ClewProcess.run(arguments + ["--without", "payments,prices"])
    #expect(less.status == 0)
    #expect(less.output != whole)
    #expect(less.output.contains(" without payments without prices\n"))
    #expect(!whole.contains("without"))
    for wrong in ["money", "payments,", ""] {
      let outcome = try ClewProcess.run(arguments + ["--without", wrong])
      #expect(outcome.status == 64 && outcome.output.isEmpty)
      #expect(
        outcome.errors.contains("--without takes one or more of orders, deliveries, payload,")
      )
    }
  }

  @Test func `of the nine lines is scored as a case of known truth`() throws {
    let truth = ClewProcess.exports.replacing("exports", with: "truth")
    let score = try ClewProcess.run("score", NineLines.caseFile(), "--truth", truth, "--csv")
    #expect(score.status == 0)
    #expect(score.output.contains("supply.f1,dealt,1.0000"))
  }

  @Test func `with every kind of noise is read without a reject`() throws {
    _ = try make(
      "--cash",
      "20",
      "--vague",
      "25",
      "--registers",
      "100",
      "--unknown-wording",
      "30",
      "--accounts",
      "180",
      "--bills",
      "50",
      "--desktops",
      "50",
      "--partners",
      "50",
      "--lookalikes",
      "50",
      "--bulk",
      "80",
      "--introductions",
      "100"
    )
  }

  @Test func `is not scored against a folder that holds no truth`() throws {
    let scratch = try Scratch()
    let input = try SmallCase.write(into: scratch, text: "好的")
    _ = try ClewProcess.run("import", scratch.path + "/case.clew", input)
    let outcome = try ClewProcess.run("score", scratch.path + "/case.clew", "--truth", "nowhere")
    #expect(outcome.status == 66 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("clew: nowhere/parties.csv: cannot be read"))
  }
}
