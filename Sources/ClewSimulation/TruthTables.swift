import ClewEvidence

/// Writes what is true of a case into a folder beside the exports, which no analysis reads.
struct TruthTables {
  let cast: Cast
  let folder: String
  /// The line of each person by what was really dealt: that of whoever supplied most of it, and for a
  /// source the one that it supplied most.
  private let lines: [Int?]

  init(cast: Cast, folder: String) {
    self.cast = cast
    self.folder = folder
    lines = Self.lines(of: cast)
  }

  private static func lines(of cast: Cast) -> [Int?] {
    var lines = [Int?](repeating: nil, count: cast.people.count)
    for (number, principal) in cast.principals.enumerated() { lines[principal] = number }
    func strongest(_ links: [CastLink], _ end: KeyPath<CastLink, Int>) -> Int? {
      var sums: [Int: Int] = [:]
      for link in links {
        if let line = lines[link[keyPath: end]] { sums[line, default: 0] += max(1, link.orders) }
      }
      return sums.min { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }?.key
    }
    let byTier = cast.people.indices.sorted {
      (cast.people[$0].tier ?? .max, $0) < (cast.people[$1].tier ?? .max, $1)
    }
    for person in byTier where lines[person] == nil && (cast.people[person].tier ?? 0) > 0 {
      let tier = cast.people[person].tier ?? 0
      let above = cast.links.filter {
        $0.buyer == person && (cast.people[$0.supplier].tier ?? .max) < tier
      }
      lines[person] = strongest(above, \.supplier)
    }
    for person in byTier where cast.people[person].tier == 0 {
      lines[person] = strongest(cast.links.filter { $0.supplier == person }, \.buyer)
    }
    return lines
  }

  private func crosses(_ link: CastLink) -> Bool {
    guard let supplier = lines[link.supplier], let buyer = lines[link.buyer] else { return false }
    return supplier != buyer
  }

  func write() throws(EvidenceError) {
    try ExportText.makeFolder(folder)
    try table("parties.csv", partyRows())
    try table("accounts.csv", accountRows())
    try table("supply.csv", supplyRows())
    try table("lines.csv", lineRows())
    try table("crosslinks.csv", crossRows())
  }

  private func table(_ name: String, _ rows: [[String]]) throws(EvidenceError) {
    var file = ExportText(path: folder + "/" + name)
    for row in rows { try file.write(ExportText.row(row)) }
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
    for (number, person) in cast.people.enumerated() {
      rows.append([
        person.key, person.role.rawValue, person.tier.map(String.init) ?? "", lineID(lines[number]),
        person.lines.map { lineID($0) }.joined(separator: ";"), person.nick, person.realName,
        person.province, person.kind, person.isSeized ? "1" : "0",
        person.caseNumber.map { "C" + WallClock.two($0) } ?? "", person.isDefendant ? "1" : "0",
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
      let categories = TradedData.allCases.filter { link.items[$0.rawValue] > 0 }
      let platforms = link.talks.map { $0.supplier.isQQ ? "qq" : "wechat" }
      let seen = cast.people[link.supplier].isSeized || cast.people[link.buyer].isSeized
      rows.append([
        cast.people[link.supplier].key, cast.people[link.buyer].key,
        cast.people[link.supplier].role.rawValue, cast.people[link.buyer].role.rawValue,
        crosses(link) ? "1" : "0", platforms.joined(separator: ";"),
        categories.map { "\($0.name)=\(link.items[$0.rawValue])" }.joined(separator: ";"),
        "\(link.orders)", "\(link.items.reduce(0, +))", "\(link.records)", "\(link.files)",
        "\(link.pictures)", "\(link.failures)", "\(link.payments)", WeChatXML.yuan(link.paidFen),
        WeChatXML.yuan(link.refundedFen), link.orders > 0 ? WallClock.stamp(link.first) : "",
        link.orders > 0 ? WallClock.stamp(link.last) : "", seen ? "1" : "0",
      ])
    }
    return rows
  }

  private func lineRows() -> [[String]] {
    var rows = [
      ["line", "name", "principal", "members", "tier1", "tier2", "tier3", "tier4", "tier5"]
    ]
    for (number, name) in cast.lineNames.enumerated() {
      let members = cast.people.indices.filter { lines[$0] == number }.map { cast.people[$0] }
      let tiers = (1...5).map { tier in "\(members.filter { $0.tier == tier }.count)" }
      rows.append(
        [lineID(number), name, cast.people[cast.principals[number]].key, "\(members.count)"] + tiers
      )
    }
    return rows
  }

  private func crossRows() -> [[String]] {
    var rows = [["supplier", "buyer", "kind", "supplier_lines", "buyer_line", "orders"]]
    for link in cast.links where crosses(link) {
      let supplier = cast.people[link.supplier]
      let own = lines[link.supplier].map { [$0] } ?? []
      let served = supplier.lines.isEmpty ? own : supplier.lines
      let kind = supplier.lines.count > 1 ? "sharedSource" : link.crossKind ?? "otherLine"
      rows.append([
        supplier.key, cast.people[link.buyer].key, kind,
        served.map { lineID($0) }.joined(separator: ";"), lineID(lines[link.buyer]),
        "\(link.orders)",
      ])
    }
    return rows
  }
}
