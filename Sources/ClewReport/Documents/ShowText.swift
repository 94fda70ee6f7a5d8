public import ClewChain
public import ClewEvidence

/// One party, line, link or record with the evidence for and against, for a terminal.
public struct ShowText {
  let file: CaseFile
  let analysis: ChainAnalysis
  /// Whether victims' data is shown.
  public var reveals = false
  /// How many records of each list are written out.
  public var limit = 40

  /// Makes a writer for the findings of a case.
  public init(_ file: CaseFile, _ analysis: ChainAnalysis) {
    self.file = file
    self.analysis = analysis
  }

  /// What is found under `text`.
  ///
  /// - Throws: `EvidenceError.unknown(what:)` when nothing is.
  public func text(for query: String) throws -> String {
    let records = try file.records(matching: query)
    if !records.isEmpty { return try records.map(record).joined(separator: "\n") }
    switch Lookup.find(query, in: analysis) {
    case .party(let place): return try party(place)
    case .line(let place): return line(place)
    case .link(let place): return try link(place)
    case .ambiguous(let places):
      let rows = places.map { place in
        let party = analysis.parties[place]
        return [party.party.id, party.party.accounts[0].description, party.role.rawValue]
      }
      return "Several parties are called so; ask by id or account:\n" + PlainText.table(rows) + "\n"
    case .nothing: throw EvidenceError.unknown(what: query)
    }
  }

  // MARK: - Party

  private func party(_ place: Int) throws -> String {
    let party = analysis.parties[place]
    var out = "\(safe(party.name))  \(party.party.id)\n"
    out += "role    \(Wording.role(party.role, .zh)) \(Wording.role(party.role, .en))"
    out +=
      party.role == .undetermined ? "\n" : ", confidence \(percent(party.roleConfidence))\n"
    out += "why     \(Wording.rule(party.rule))\n"
    out += Wording.signs(party.roleSigns)
    if let tier = party.tier {
      out += "tier    \(tier), confidence \(percent(party.tierConfidence))\n"
    }
    if let line = party.line {
      let shares = party.lineShares.sorted {
        $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key
      }
      .map {
        "\(analysis.lines[$0.key].id) \(safe(analysis.lines[$0.key].name)) \($0.value / 10_000_000) %"
      }
      out += "line    \(analysis.lines[line].id), confidence \(percent(party.lineConfidence))"
      out += party.isLineInferred ? " (inferred: no supplier of that line is seen)\n" : "\n"
      out += "        dealings by line: \(shares.joined(separator: ", "))\n"
      out += party.lineBasis.map(Wording.basis) ?? ""
    }
    out += "chain   \(party.upstream) upstream, \(party.downstream) downstream, "
    out += "\(party.exclusiveDownstream) reached only through it\n"
    out +=
      "phone   \(party.isSeized ? "in this case" : "not in this case: known from others' records only")\n"
    out += "\naccounts\n"
    for account in party.party.accounts { out += "  \(account)\n" }
    if party.names.count > 1 {
      out +=
        "also called  " + party.names.dropFirst().prefix(8).map { safe($0) }.joined(separator: ", ")
        + "\n"
    }
    out += merges(party)
    out += possiblySame(place)
    out += try links(of: place)
    out += unseen(of: place)
    out += files(of: place)
    return out
  }

  private func merges(_ finding: PartyFinding) -> String {
    var out = ""
    if !finding.party.merges.isEmpty {
      out += "\nwhy these accounts are one party\n"
      for merge in finding.party.merges.sorted() { out += "  \(reason(merge, "="))\n" }
    }
    let accounts = Set(finding.party.accounts)
    func concerns(_ merge: Merge) -> Bool {
      accounts.contains(merge.link.first) != accounts.contains(merge.link.second)
    }
    for conflict in analysis.identityConflicts
    where !accounts.isDisjoint(with: conflict.accounts) {
      out += "contradiction: " + PartyListing.conflict(conflict)
    }
    let severed = analysis.severed.filter(concerns)
    if !severed.isEmpty {
      out += "\nkept apart by an analyst\n"
      for merge in severed.sorted() { out += "  \(reason(merge, "≠"))\n" }
    }
    return out
  }

  private func reason(_ merge: Merge, _ mark: String) -> String {
    let link = merge.link
    return "\(safe(link.first.description)) \(mark) \(safe(link.second.description)): "
      + "\(link.basis.rawValue), \(merge.reference)"
  }

  private func possiblySame(_ place: Int) -> String {
    let pairs = analysis.possiblySame.filter { $0.first == place || $0.second == place }
      .sorted { $0.score > $1.score }
    guard !pairs.isEmpty else { return "" }
    var out = "\npossibly the same, not merged\n"
    for pair in pairs.prefix(limit) {
      let other = analysis.parties[pair.first == place ? pair.second : pair.first]
      out += "  score \(Wording.score(pair.score))  \(safe(other.name, limit: 24)) "
      out += "\(safe(other.party.accounts[0].description, limit: 60)) \(other.party.id)\n"
      out += PartyListing.signs(pair)
    }
    if pairs.count > limit { out += "  \(pairs.count - limit) more\n" }
    return out
  }

  private func links(of place: Int) throws -> String {
    let supplied = analysis.links.filter { $0.buyer == place }
    let supplies = analysis.links.filter { $0.supplier == place }
    var out = ""
    for (title, links, other) in [
      ("supplied by", supplied, \LinkFinding.supplier), ("supplies", supplies, \LinkFinding.buyer),
    ] where !links.isEmpty {
      out += "\n\(title)\n"
      let rows = ranked(links).map { link in
        [
          "  " + safe(analysis.parties[link[keyPath: other]].name, limit: 24), link.id,
          "grade \(link.link.grade.rawValue)", "\(link.link.orders) orders",
          "\(link.link.deliveries) deliveries", "\(link.link.payments) payments",
          PlainText.yuan(link.link.amountFen) + " yuan",
          link.isCrossLine ? "cross-link" : "",
        ]
      }
      out += PlainText.table(rows) + "\n"
    }
    let around = ranked(supplied) + ranked(supplies)
    let evidence = Self.fairly(around.map(\.link.evidence))
    out += try exhibits("evidence", evidence)
    let against = Self.fairly(
      around.map(\.link.against)
        + around.filter(\.contradictsTiers).map(\.link.evidence)
    )
    out += try exhibits("against", against)
    if against.isEmpty, !evidence.isEmpty {
      out += "\nagainst\n  nothing in this case speaks against it\n"
    }
    return out
  }

  private func ranked(_ links: [LinkFinding]) -> [LinkFinding] {
    links.sorted {
      $0.link.dealings != $1.link.dealings ? $0.link.dealings > $1.link.dealings : $0.id < $1.id
    }
  }

  /// Takes turns between the links and, within a link, between the kinds of evidence, so that the first
  /// few exhibits show what each link rests on; each record once.
  private static func fairly(_ links: [[Exhibit]]) -> [Exhibit] {
    let queues = links.map { exhibits in
      EvidenceKind.allCases.map { kind in
        exhibits.filter { $0.kind == kind }
          .sorted {
            $0.points.magnitude != $1.points.magnitude
              ? $0.points.magnitude > $1.points.magnitude : $0 < $1
          }
      }
    }
    var seen: Set<RecordID> = []
    var fair: [Exhibit] = []
    let longest = queues.flatMap(\.self).map(\.count).max() ?? 0
    for turn in 0..<longest {
      for kind in EvidenceKind.allCases.indices {
        for link in queues.indices where turn < queues[link][kind].count {
          let exhibit = queues[link][kind][turn]
          if seen.insert(exhibit.record).inserted { fair.append(exhibit) }
        }
      }
    }
    return fair
  }

  private func exhibits(_ title: String, _ exhibits: [Exhibit]) throws -> String {
    guard !exhibits.isEmpty else { return "" }
    let shown = exhibits.prefix(limit).sorted()
    let records = try file.records(shown.map(\.record))
    var byID: [RecordID: StoredRecord] = [:]
    for record in records { byID[record.id] = record }
    var out = "\n\(title)"
    out += exhibits.count > shown.count ? " (\(shown.count) of \(exhibits.count) records)\n" : "\n"
    for (number, exhibit) in shown.enumerated() {
      guard let record = byID[exhibit.record] else { continue }
      out += "  \(number + 1). \(record.id)  \(Wording.kind(exhibit.kind))  \(says(record.item))\n"
    }
    return out
  }

  // MARK: - Line and link

  private func line(_ place: Int) -> String {
    let line = analysis.lines[place]
    let principal = analysis.parties[line.principal]
    var out =
      "\(line.id) \(safe(line.name)): principal \(safe(principal.name)) \(principal.party.id)\n"
    out += partners(in: place)
    out += "\(line.members) members, by tier "
    out += line.byTier.enumerated().map { "\($0.offset): \($0.element)" }.joined(separator: ", ")
    out += "; \(PlainText.grouped(line.items)) items, \(PlainText.yuan(line.amountFen)) yuan\n\n"
    let members = analysis.parties.filter { $0.line == place }.sorted { left, right in
      let (a, b) = (left.tier ?? 99, right.tier ?? 99)
      if a != b { return a < b }
      return left.party.id < right.party.id
    }
    out += PlainText.table(
      [["tier", "name", "role", "dealings with it", "confidence", "because of", "party"]]
        + members.map { member in
          [
            member.tier.map(String.init) ?? "-", safe(member.name, limit: 24),
            Wording.role(member.role, .zh), "\((member.lineShares[place] ?? 0) / 10_000_000) %",
            percent(member.lineConfidence), member.lineBasis.map(Wording.shortBasis) ?? "",
            member.party.id,
          ]
        }
    )
    let crossing = analysis.crossLinks.filter {
      analysis.parties[$0.supplier].line == place || analysis.parties[$0.buyer].line == place
    }
    out += "\n\n\(crossing.count) cross-links\n"
    out += PlainText.table(
      crossing.map { link in
        [
          link.id, safe(analysis.parties[link.supplier].name, limit: 24), "→",
          safe(analysis.parties[link.buyer].name, limit: 24), "grade \(link.link.grade.rawValue)",
        ]
      }
    )
    return out + "\n"
  }

  private func link(_ place: Int) throws -> String {
    let finding = analysis.links[place]
    let link = finding.link
    let (supplier, buyer) = (analysis.parties[finding.supplier], analysis.parties[finding.buyer])
    var out =
      "\(finding.id)  \(safe(supplier.name)) supplies \(safe(buyer.name)), grade \(link.grade.rawValue)\n"
    out += "\(link.orders) orders, \(link.deliveries) deliveries, \(link.payments) payments, "
    out += "\(PlainText.yuan(link.amountFen)) yuan; score \(link.score) from "
    out += link.kinds.sorted().map(Wording.kind).joined(separator: ", ") + "\n"
    let items = AnalysisJSON.items(link, analysis)
    if !items.isEmpty {
      out +=
        "items  "
        + items.map { "\($0.title) \(PlainText.grouped($0.count))" }.joined(separator: ", ") + "\n"
    }
    if let span = link.span {
      out += "from \(Timestamp(milliseconds: span.lowerBound).shanghai)"
      out += " to \(Timestamp(milliseconds: span.upperBound).shanghai) (UTC+8)\n"
    }
    if finding.isCrossLine { out += "a cross-link: its ends belong to different lines\n" }
    if finding.contradictsTiers { out += "it runs against the tiers\n" }
    out += try exhibits("evidence", link.evidence)
    out += try exhibits("against", link.against)
    if link.against.isEmpty { out += "\nagainst\n  nothing in this case speaks against it\n" }
    return out
  }

  // MARK: - Record

  private func record(_ record: StoredRecord) throws -> String {
    var out = "\(record.id)  \(says(record.item))\n"
    for sighting in try file.sightings(of: record.id) {
      let position = sighting.position
      if case .delivery = record.item {
        // The rows are counted, not kept.
        out += "  \(safe(sighting.path, limit: 400))\n"
        continue
      }
      let part = position.part.isEmpty ? "" : "\(position.part) "
      let offset = position.offset.map { ", byte \($0)" } ?? ""
      out += "  \(safe(sighting.path, limit: 400)): \(part)row \(position.row)\(offset)"
      out += sighting.differs ? " (says something else under the same id)\n" : "\n"
      switch sighting.original {
      case .text(let text):
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).prefix(40) {
          out += "    | \(safe(masked(String(line)), limit: 400))\n"
        }
      case .bytes(let bytes): out += "    | \(bytes.count) bytes that are no text\n"
      }
    }
    return out + (try deliveries(of: record))
  }

  /// One line on what a record says.
  func says(_ item: EvidenceItem) -> String {
    switch item {
    case .message(let message):
      let place = message.group.map { "in \(name($0))" } ?? "to \(name(message.to))"
      let kind = message.kind == .text ? "" : "[\(message.kind.rawValue)] "
      let assumed = message.senderIsAssumed ? " (sender assumed from the name)" : ""
      return "\(time(message.sentAt))  \(name(message.from)) \(place): \(kind)"
        + safe(masked(message.text)) + assumed
    case .transfer(let transfer):
      let amount = transfer.amount.map {
        PlainText.yuan($0.fen) + " " + ($0.currency == "CNY" ? "yuan" : $0.currency)
      }
      let memo = transfer.memo.isEmpty ? "" : " “\(safe(masked(transfer.memo)))”"
      return "\(time(transfer.at))  \(name(transfer.payer)) pays \(name(transfer.payee)) "
        + "\(amount ?? "an unknown amount") (\(transfer.channel), \(transfer.state.rawValue))\(memo)"
    case .contact(let contact):
      let tags =
        contact.tags.isEmpty ? "" : ", tags " + contact.tags.map { safe($0) }.joined(separator: " ")
      return "\(name(contact.owner)) has \(contact.contact) as “\(safe(contact.name))”"
        + (contact.remark.isEmpty ? "" : ", remark “\(safe(masked(contact.remark)))”") + tags
    case .call(let call):
      return "\(time(call.at))  \(name(call.from)) calls \(name(call.to)), \(call.seconds) s"
    case .membership(let membership):
      return "\(name(membership.member)) is in \(safe(membership.groupName)) \(membership.group)"
    case .accountLink(let link):
      let end = link.validUntil.map { ", until \($0.shanghai)" } ?? ""
      return "\(link.first) and \(link.second) have one holder: \(link.basis.rawValue)\(end)"
    case .trade(let trade):
      let items = trade.items.map { "\(PlainText.grouped($0)) " } ?? ""
      return
        "\(time(trade.at))  \(name(trade.supplier)) sells \(name(trade.buyer)) \(items)\(safe(trade.category))"
    case .delivery(let delivery):
      let sheet = delivery.sheet.isEmpty ? "" : ", sheet “\(safe(masked(delivery.sheet)))”"
      return "file “\(safe(masked(delivery.name)))”\(sheet): \(Self.counts(delivery))"
    }
  }

  func name(_ account: Account?) -> String {
    guard let account else { return "somebody" }
    let party = analysis.parties.first { $0.party.accounts.contains(account) }
    return party.map { safe($0.name, limit: 24) } ?? account.description
  }

  func time(_ timestamp: Timestamp?) -> String { timestamp?.shanghai ?? "undated" }

  func masked(_ text: String) -> String { reveals ? text : Masking.masked(text) }

  func safe(_ text: String, limit: Int = 160) -> String {
    PlainText.safe(text, limit: limit)
  }

  private func percent(_ thousandths: Int) -> String { "\(thousandths / 10) %" }
}
