internal import ClewEvidence

/// Reads the models `Call`, `SMS`, `MMS` and `Email` of a UFED report.
///
/// A report lists the other side only; the owner is the device's number.
struct UFEDCalls {
  let overview: UFEDOverview
  private var names = NamesSeen()

  init(_ overview: UFEDOverview) { self.overview = overview }

  /// A call: one item for each other party.
  mutating func call(_ model: UFEDModel) throws(RowFault) -> RowOutcome {
    let app = ForensicApp(model.text("Source"))
    let parties = model.models("Parties").map { UFEDParty($0, app) }
    let words = [model.text("Direction"), model.text("Type")]
    let at = try model.time("TimeStamp", overview.clock)
    guard let seconds = ForensicWords.seconds(model.text("Duration")) else {
      throw RowFault("field \"Duration\" holds no duration")
    }
    let isTaken = !(words + [model.text("Status")]).contains(where: ForensicWords.isUntaken)
    guard let ends = try ends(model, app, parties, words) else { return .skip("number withheld") }
    var items: [EvidenceItem] = ends.map { end in
      .call(
        Call(
          from: end.from,
          to: end.to,
          at: at,
          seconds: isTaken ? seconds : 0,
          channel: app.platform
        )
      )
    }
    for party in parties where !party.isOwner {
      items += names.contact(party.account, party.name, .friend)
    }
    return .accept(items)
  }

  /// A text message: one item for each receiver.
  mutating func text(_ model: UFEDModel) throws(RowFault) -> RowOutcome {
    let app = ForensicApp(model.text("Source"))
    let folder = model.text("Folder").lowercased()
    if TabularCell.holds(folder, "draft") { return .skip("draft") }
    if ["unsent", "failed"].contains(model.text("Status").lowercased()) {
      return .skip("message that was not sent")
    }
    let parties = model.models("Parties").map { UFEDParty($0, app) }
    let at = try model.time("TimeStamp", overview.clock)
    guard let ends = try ends(model, app, parties, [folder, model.text("Direction")]) else {
      return .skip("number withheld")
    }
    var items: [EvidenceItem] = ends.map { end in
      .message(
        Message(
          platform: app.isPhone ? "sms" : app.platform,
          from: end.from,
          to: end.to,
          sentAt: at,
          text: model.exact("Body")
        )
      )
    }
    for party in parties where !party.isOwner {
      items += names.contact(party.account, party.name, .friend)
    }
    return .accept(items)
  }

  /// A mail: one item for each receiver.
  func mail(_ model: UFEDModel) throws(RowFault) -> RowOutcome {
    let app = ForensicApp("email")
    func accounts(_ field: String) -> [Account] {
      model.models(field).compactMap { UFEDParty($0, app).account }
    }
    guard let from = accounts("From").first else {
      throw RowFault("field \"From\" holds no address")
    }
    let receivers = ["To", "Cc", "Bcc"].flatMap(accounts)
    let at = try model.time("TimeStamp", overview.clock)
    let text = [model.text("Subject"), model.exact("Body")].filter { !$0.isEmpty }
    var seen: Set<Account> = []
    let ends = receivers.filter { seen.insert($0).inserted }
    return .accept(
      (ends.isEmpty ? [nil] : ends.map(Optional.some)).map { to in
        .message(
          Message(
            platform: "email",
            from: from,
            to: to,
            sentAt: at,
            text: text.joined(separator: "\n")
          )
        )
      }
    )
  }

  /// Who called or wrote whom; `nil` where the other number was withheld.
  private func ends(
    _ model: UFEDModel,
    _ app: ForensicApp,
    _ parties: [UFEDParty],
    _ words: [String]
  ) throws(RowFault) -> [(from: Account, to: Account)]? {
    let owner =
      parties.first(where: \.isOwner)?.account ?? app.account(model.text("Account"))
      ?? overview.owner.account(on: app)
    let others = parties.filter { !$0.isOwner }
    let known = others.filter { $0.account != nil }
    guard !known.isEmpty else {
      if others.contains(where: \.isWithheld) { return nil }
      throw RowFault("field \"Parties\" holds no number")
    }
    let senders = known.filter { $0.role == "from" }.compactMap(\.account)
    let receivers = known.filter { $0.role == "to" }.compactMap(\.account)
    if let sender = senders.first, !receivers.isEmpty {
      return receivers.map { (sender, $0) }
    }
    if !senders.isEmpty { return senders.map { ($0, owner) } }
    if !receivers.isEmpty { return receivers.map { (owner, $0) } }
    guard let isOut = words.lazy.compactMap(ForensicWords.isOutgoing).first else {
      throw RowFault("neither \"Role\" nor \"Direction\" says who began")
    }
    return known.compactMap(\.account).map { isOut ? (owner, $0) : ($0, owner) }
  }
}
