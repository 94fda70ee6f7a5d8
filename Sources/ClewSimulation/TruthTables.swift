import ClewEvidence

/// Writes what is true of a case into a folder beside the exports, which no analysis reads.
struct TruthTables {
  private let cast: Cast
  private let seen: SeenInExports
  private let folder: String
  private let places: DealtPlaces

  init(cast: Cast, seen: SeenInExports, folder: String) {
    self.cast = cast
    self.seen = seen
    self.folder = folder
    places = DealtPlaces(cast)
  }

  private func crosses(_ link: CastLink) -> Bool {
    guard let supplier = places.lines[link.supplier], let buyer = places.lines[link.buyer] else {
      return false
    }
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

  /// A link that is only planned is no truth.
  private func isDealt(_ link: CastLink) -> Bool { link.orders > 0 }

  private static func thousandths(_ share: Int64) -> String {
    let rounded = (share + 500_000) / 1_000_000
    return "\(rounded / 1000)." + InventedIdentifiers.padded(Int(rounded % 1000), 3)
  }

  private func lineID(_ line: Int?) -> String { line.map { "L\($0 + 1)" } ?? "" }

  private func partyRows() -> [[String]] {
    var rows = [
      [
        "party", "role", "tier", "line", "lines", "name", "real_name", "province", "kind", "seized",
        "case_no", "defendant", "line_shares", "seen", "dealing_seen",
      ]
    ]
    var dealers: Set<Int> = []
    for link in cast.links where isDealt(link) && seen.sees(link.supplier, link.buyer) {
      dealers.formUnion([link.supplier, link.buyer])
    }
    for (number, person) in cast.people.enumerated() {
      rows.append([
        person.key, places.roles[number].rawValue, places.tiers[number].map(String.init) ?? "",
        lineID(places.lines[number]),
        person.lines.map { lineID($0) }.joined(separator: ";"), person.nick, person.realName,
        person.province, person.kind, person.isSeized ? "1" : "0",
        person.caseNumber.map { "C" + WallClock.two($0) } ?? "", person.isDefendant ? "1" : "0",
        places.shares[number].map { "\(lineID($0.line))=\(Self.thousandths($0.share))" }
          .joined(separator: ";"),
        seen.people.contains(number) ? "1" : "0", dealers.contains(number) ? "1" : "0",
      ])
    }
    return rows
  }

  private func accountRows() -> [[String]] {
    var rows = [["account", "holder", "name", "remark", "tie"]]
    for person in cast.people {
      func add(_ account: String, _ name: String, _ remark: String = "") {
        rows.append([account, person.key, name, remark, seen.ties.group(of: account) ?? ""])
      }
      for account in person.wechat {
        add("wechat:\(account.username)", person.nick)
        if !account.alias.isEmpty { add("wechat:\(account.alias)", person.nick, "alias") }
      }
      if let qq = person.qq { add("qq:\(qq)", person.nick) }
      add("phone:+86\(person.phone)", person.nick)
      add("id:\(person.identity)", person.realName)
      add("card:\(person.card)", person.realName)
      add("alipay:\(person.alipay)", person.realName)
    }
    return rows
  }

  private func supplyRows() -> [[String]] {
    var rows = [
      [
        "supplier", "buyer", "supplier_role", "buyer_role", "cross", "platforms", "categories",
        "orders", "items", "records", "files", "pictures", "failed", "payments", "amount",
        "refunded", "first", "last", "visible", "messages_seen", "payments_seen", "seen",
      ]
    ]
    for link in cast.links {
      let categories = TradedData.allCases.filter { link.items[$0.rawValue] > 0 }
      let platforms = link.talks.map { $0.supplier.isQQ ? "qq" : "wechat" }
      let isVisible = cast.people[link.supplier].isSeized || cast.people[link.buyer].isSeized
      rows.append([
        cast.people[link.supplier].key, cast.people[link.buyer].key,
        places.roles[link.supplier].rawValue, places.roles[link.buyer].rawValue,
        crosses(link) ? "1" : "0", platforms.joined(separator: ";"),
        categories.map { "\($0.name)=\(link.items[$0.rawValue])" }.joined(separator: ";"),
        "\(link.orders)", "\(link.items.reduce(0, +))", "\(link.records)", "\(link.files)",
        "\(link.pictures)", "\(link.failures)", "\(link.payments)", WeChatXML.yuan(link.paidFen),
        WeChatXML.yuan(link.refundedFen), link.orders > 0 ? WallClock.stamp(link.first) : "",
        link.orders > 0 ? WallClock.stamp(link.last) : "", isVisible ? "1" : "0",
        "\(seen.messages(link.supplier, link.buyer))",
        "\(seen.payments(link.supplier, link.buyer))",
        seen.sees(link.supplier, link.buyer) ? "1" : "0",
      ])
    }
    return rows
  }

  private func lineRows() -> [[String]] {
    var rows = [
      ["line", "name", "principal", "members", "tier1", "tier2", "tier3", "tier4", "tier5"]
    ]
    for (number, name) in cast.lineNames.enumerated() {
      let members = cast.people.indices.filter { places.lines[$0] == number }
      let tiers = (1...5).map { tier in
        "\(members.filter { places.tiers[$0] == tier }.count)"
      }
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
      let own = places.lines[link.supplier].map { [$0] } ?? []
      let served = supplier.lines.isEmpty ? own : supplier.lines
      let kind = supplier.lines.count > 1 ? "sharedSource" : link.crossKind ?? "otherLine"
      rows.append([
        supplier.key, cast.people[link.buyer].key, kind,
        served.map { lineID($0) }.joined(separator: ";"), lineID(places.lines[link.buyer]),
        "\(link.orders)",
      ])
    }
    return rows
  }
}
