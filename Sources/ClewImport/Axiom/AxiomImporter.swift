internal import ClewEvidence

/// Reads the XML export of Magnet AXIOM: contacts, calls, messages and accounts of any app.
///
/// A unit is a `Hit`. Its artifact says of which kind it is and from which app; its fragments are
/// found by the words in their names, since they differ from version to version. Zone and order of
/// day and month stand in the names of the fragments. The export is read twice, because the owner's
/// number may stand at its end.
struct AxiomImporter: Importer {
  let format = "axiom-xml"
  let title = "Magnet AXIOM export (XML)"
  let version = 1

  /// Knows the export by its elements.
  func recognise(_ source: StagedSource) -> Recognition? {
    guard let head = XMLHead(source), head.holds("Hit") || head.holds("Hits"),
      head.starts.contains(where: { $0.name == "Artifact" && $0.attribute("name") != nil })
    else { return nil }
    return Recognition(confidence: 85, sign: "elements Artifact, Hits, Hit")
  }

  /// Reads all hits.
  ///
  /// - Returns: How many hits began.
  /// - Throws: ``ImportError`` for what is refused as a whole, or the sink's own error.
  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var owner = ForensicOwner(source)
    var order = ForensicDateOrder()
    do {
      try Self.learn(XMLReader(source), &owner, &order)
    } catch is XMLFault {
      // The second reading meets the same place and accounts for it.
    }
    owner.report(to: sink, sign: "the device's own accounts")
    var hits = AxiomHits(
      owner: owner,
      order: order.order,
      scope: String(source.sha256.prefix(12))
    )
    let count = try XMLUnits.run(source, into: sink) { units in
      var artifact = AxiomArtifact("")
      while let event = try units.reader.next() {
        guard case .start(let start) = event else { continue }
        if start.name == "Artifact" {
          artifact = AxiomArtifact(start.attribute("name") ?? "")
        } else if start.name == "Hit" {
          try units.read(start, as: artifact.kind.rawValue) { element throws(RowFault) in
            try hits.outcome(of: Self.row(element), artifact)
          }
        }
      }
    }
    if hits.hasUnstatedOrder, let decision = order.decision {
      sink.setDecision("order of day and month", decision)
    }
    return count
  }

  private static func row(_ hit: XMLElement) -> ForensicRow {
    ForensicRow(
      hit.children.filter { $0.name == "Fragment" }.map { ($0.attribute("name") ?? "", $0.text) }
    )
  }

  /// Learns whose device it is, and how dates are written whose names do not say it.
  private static func learn(
    _ reader: XMLReader,
    _ owner: inout ForensicOwner,
    _ order: inout ForensicDateOrder
  ) throws {
    var artifact = AxiomArtifact("")
    var phones: Set<Account> = []
    while let event = try reader.next() {
      guard case .start(let start) = event else { continue }
      if start.name == "Artifact" {
        artifact = AxiomArtifact(start.attribute("name") ?? "")
      } else if start.name == "Hit", let hit = try reader.element(start).element {
        let row = row(hit)
        for (name, value) in row.values where TabularCell.holds(name, "date") {
          if AxiomHits.statedOrder(name) == nil { order.see(value) }
        }
        guard artifact.kind == .accounts,
          let number = row.holding("phonenumber", "msisdn")?.value,
          let phone = AccountNormalizer.phone(number), phone.scheme == .phone
        else { continue }
        phones.insert(phone)
      }
    }
    if phones.count == 1 { owner.phone = phones.first }
  }
}

/// What the name of an artifact says.
struct AxiomArtifact {
  /// The kinds that say something of people.
  enum Kind: String { case contacts, calls, messages, accounts, other }

  let kind: Kind
  /// The app; the telephone where the name holds nothing but general words.
  let app: ForensicApp

  init(kind: Kind, app: ForensicApp) {
    self.kind = kind
    self.app = app
  }

  /// Reads names such as `Android WhatsApp Messages` or `Apple Contacts - iOS`.
  init(_ name: String) {
    let lower = name.lowercased()
    func holds(_ words: String...) -> Bool { words.contains { TabularCell.holds(lower, $0) } }
    kind =
      if holds("accounts information", "account information", "sim card activity", "own account") {
        .accounts
      } else if holds("contact", "friends", "微信好友", "通讯录") {
        .contacts
      } else if holds("call", "通话") {
        .calls
      } else if holds("message", "sms", "mms", "chat", "聊天", "短信") {
        .messages
      } else {
        .other
      }
    let words = lower.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    app = ForensicApp(words.filter { !Self.general.contains($0) }.joined(separator: " "))
  }

  private static let general: Set<String> = [
    "android", "ios", "apple", "iphone", "native", "google", "samsung", "contacts", "contact",
    "friends", "call", "calls", "log", "logs", "sms", "mms", "imessage", "messages", "message",
    "chat", "chats", "accounts", "account", "information", "sim", "card", "activity",
  ]
}
