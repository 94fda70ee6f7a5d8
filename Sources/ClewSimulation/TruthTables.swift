import ClewEvidence

/// Writes what is true of a case into a folder beside the exports, which no analysis reads.
struct TruthTables {
  let cast: Cast
  let folder: String

  func write() throws(EvidenceError) {
    try TextFile.makeFolder(folder)
    try table("parties.csv", partyRows())
    try table("accounts.csv", accountRows())
    try table("supply.csv", supplyRows())
    try table("lines.csv", lineRows())
    try table("crosslinks.csv", crossRows())
  }

  private func table(_ name: String, _ rows: [[String]]) throws(EvidenceError) {
    var file = TextFile(path: folder + "/" + name)
    for row in rows { try file.write(TextFile.row(row)) }
    try file.flush()
  }

  private func lineID(_ line: Int?) -> String { line.map { "L\($0 + 1)" } ?? "" }

  private func partyRows() -> [[String]] {
    var rows = [
      [
        "party", "role", "tier", "line", "lines", "name", "real_name", "province", "kind", "seized",
        "case_no", "defendant",
      ]
    ]
    for person in cast.people {
      rows.append([
        person.key, person.role.rawValue, person.tier.map(String.init) ?? "", lineID(person.line),
        person.lines.map { lineID($0) }.joined(separator: ";"), person.nick, person.realName,
        person.province, person.kind, person.isSeized ? "1" : "0",
        person.caseNumber.map { "C" + Clock.two($0) } ?? "", person.isDefendant ? "1" : "0",
      ])
    }
    return rows
  }

  private func accountRows() -> [[String]] {
    var rows = [["account", "holder", "name", "remark"]]
    for person in cast.people {
      for account in person.wechat {
        rows.append(["wechat:\(account.username)", person.key, person.nick, ""])
        if !account.alias.isEmpty {
          rows.append(["wechat:\(account.alias)", person.key, person.nick, "alias"])
        }
      }
      if let qq = person.qq { rows.append(["qq:\(qq)", person.key, person.nick, ""]) }
      rows.append(["phone:+86\(person.phone)", person.key, person.nick, ""])
      rows.append(["id:\(person.identity)", person.key, person.realName, ""])
      rows.append(["card:\(person.card)", person.key, person.realName, ""])
      rows.append(["alipay:\(person.alipay)", person.key, person.realName, ""])
    }
    return rows
  }

  private func supplyRows() -> [[String]] {
    var rows = [
      [
        "supplier", "buyer", "supplier_role", "buyer_role", "cross", "platforms", "categories",
        "orders", "items", "records", "files", "pictures", "failed", "payments", "amount",
        "refunded", "first", "last", "visible",
      ]
    ]
    for link in cast.links {
      let categories = DataCategory.allCases.filter { link.items[$0.rawValue] > 0 }
      let platforms = link.talks.map { $0.supplier.isQQ ? "qq" : "wechat" }
      let seen = cast.people[link.supplier].isSeized || cast.people[link.buyer].isSeized
      rows.append([
        cast.people[link.supplier].key, cast.people[link.buyer].key,
        cast.people[link.supplier].role.rawValue, cast.people[link.buyer].role.rawValue,
        link.crossKind == nil ? "0" : "1", platforms.joined(separator: ";"),
        categories.map { "\($0.name)=\(link.items[$0.rawValue])" }.joined(separator: ";"),
        "\(link.orders)", "\(link.items.reduce(0, +))", "\(link.records)", "\(link.files)",
        "\(link.pictures)", "\(link.failures)", "\(link.payments)", WeChatXML.yuan(link.paidFen),
        WeChatXML.yuan(link.refundedFen), link.orders > 0 ? Clock.stamp(link.first) : "",
        link.orders > 0 ? Clock.stamp(link.last) : "", seen ? "1" : "0",
      ])
    }
    return rows
  }

  private func lineRows() -> [[String]] {
    var rows = [["line", "name", "principal", "members", "tier1", "tier2", "tier3", "tier4", "tier5"]]
    for (number, name) in cast.lineNames.enumerated() {
      let members = cast.people.filter { $0.line == number }
      let tiers = (1...5).map { tier in "\(members.filter { $0.tier == tier }.count)" }
      rows.append(
        [lineID(number), name, cast.people[cast.principals[number]].key, "\(members.count)"] + tiers)
    }
    return rows
  }

  private func crossRows() -> [[String]] {
    var rows = [["supplier", "buyer", "kind", "supplier_lines", "buyer_line", "orders"]]
    for link in cast.links {
      guard let kind = link.crossKind else { continue }
      let supplier = cast.people[link.supplier]
      let lines = supplier.lines.isEmpty ? [supplier.line].compactMap { $0 } : supplier.lines
      rows.append([
        supplier.key, cast.people[link.buyer].key, kind,
        lines.map { lineID($0) }.joined(separator: ";"), lineID(cast.people[link.buyer].line),
        "\(link.orders)",
      ])
    }
    return rows
  }
}
