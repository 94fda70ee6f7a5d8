internal import ClewEvidence

/// Reads single hits of AXIOM.
struct AxiomHits {
  let owner: ForensicOwner
  /// The order of day and month where a fragment's name does not say it.
  let order: ForensicTime.Order?
  let scope: String
  /// Whether such a fragment was met.
  private(set) var hasUnstatedOrder = false
  private var names = NamesSeen()

  init(owner: ForensicOwner, order: ForensicTime.Order?, scope: String) {
    self.owner = owner
    self.order = order
    self.scope = scope
  }

  mutating func outcome(
    of row: ForensicRow,
    _ artifact: AxiomArtifact
  ) throws(RowFault) -> RowOutcome {
    switch artifact.kind {
    case .contacts: return try contact(row, artifact.app)
    case .calls: return try call(row, artifact.app)
    case .messages: return try message(row, artifact.app)
    case .accounts: return account(row, artifact.app)
    case .other: return .skip("artifact of a kind that is not read")
    }
  }

  private func contact(_ row: ForensicRow, _ app: ForensicApp) throws(RowFault) -> RowOutcome {
    let parts = [row.text("lastname"), row.text("firstname")].filter { !$0.isEmpty }
    let whole = row.text("displayname", "contactname", "fullname", "nickname", "name")
    let name = whole.isEmpty ? parts.joined() : whole
    var accounts: [Account] = []
    func add(_ found: [Account]) {
      for account in found where !accounts.contains(account) { accounts.append(account) }
    }
    if !app.isPhone {
      add(
        [app.account(row.text("userid", "username", "contactid", "id", "wechatid"))].compactMap(
          \.self
        )
      )
    }
    for (column, value) in row.values {
      if TabularCell.holds(column, "phone") {
        add(value.split(whereSeparator: \.isNewline).flatMap { VCard.phones(String($0)) })
      } else if TabularCell.holds(column, "mail") {
        add(
          value.split { $0.isNewline || $0 == "," || $0 == ";" }.flatMap {
            ForensicNumber.mail(String($0))
          }
        )
      }
    }
    if accounts.isEmpty, !name.isEmpty { accounts = [Account(.name, "\(name)#\(scope)")] }
    guard let first = accounts.first else {
      throw RowFault("the contact holds neither a name nor an account")
    }
    let isDeleted = row.holding("deleted", "recoverymethod").map {
      let value = $0.value.lowercased()
      return value == "yes" || value == "true" || TabularCell.holds(value, "carv")
    }
    let remark = row.text("remark", "notes", "note")
    return .accept(
      accounts.map { account in
        .contact(
          Contact(
            owner: owner.phone,
            contact: account,
            name: name,
            remark: remark,
            nature: isDeleted == true ? .deleted : .friend
          )
        )
      }
        + accounts.dropFirst().map {
          .accountLink(AccountLink(first, $0, basis: .contactEntry))
        }
    )
  }

  private mutating func call(
    _ row: ForensicRow,
    _ app: ForensicApp
  ) throws(RowFault) -> RowOutcome {
    let words = [row.holding("direction"), row.holding("calltype", "type"), row.holding("status")]
      .compactMap { $0?.value }
    guard let seconds = ForensicWords.seconds(row.holding("duration")?.value ?? "") else {
      throw .cell("Call Duration", expected: "duration")
    }
    let at = try time(row, ["calldate", "startdate", "date/time", "date"])
    guard let ends = try ends(row, app, words) else { return .skip("number withheld") }
    let isTaken = !words.contains(where: ForensicWords.isUntaken)
    let me = owner.account(on: app)
    let others = ends.map { $0.from == me ? $0.to : $0.from }
    let name = row.text("partnername", "contactname", "name")
    return .accept(
      ends.map { end in
        .call(
          Call(
            from: end.from,
            to: end.to,
            at: at,
            seconds: isTaken ? seconds : 0,
            channel: app.platform
          )
        )
      } + (others.count == 1 ? names.contact(others.first, name, .friend) : [])
    )
  }

  private mutating func message(
    _ row: ForensicRow,
    _ app: ForensicApp
  ) throws(RowFault) -> RowOutcome {
    let words = [
      row.holding("direction"), row.holding("folder"), row.holding("messagetype", "type"),
    ].compactMap { $0?.value }
    if words.contains(where: { $0.lowercased() == "draft" }) { return .skip("draft") }
    let at = try time(row, ["sentdate", "receiveddate", "date/time", "timestamp", "date"])
    let text = row.exact("message", "messagebody", "body", "text", "content")
    let group = ["conversationid", "chatid", "groupid", "threadid", "conversationname"]
      .map { row.text($0) }.first { $0.hasSuffix("@chatroom") || $0.hasSuffix("@g.us") }
      .flatMap(app.group)
    let serverID = app.serverID(row.text("serverid", "messageserverid", "messageid"))
    let platform = app.isPhone ? "sms" : app.platform
    if let group {
      let sender = app.account(row.text("sender", "from"))
      let isOut = words.lazy.compactMap(ForensicWords.isOutgoing).first == true
      guard let from = sender ?? (isOut ? owner.account(on: app) : nil) else {
        throw .cell("Sender", expected: "account")
      }
      return .accept([
        .message(
          Message(
            platform: platform,
            serverID: serverID,
            from: from,
            group: group,
            sentAt: at,
            text: text
          )
        )
      ])
    }
    guard let ends = try ends(row, app, words) else { return .skip("number withheld") }
    return .accept(
      ends.map { end in
        .message(
          Message(
            platform: platform,
            serverID: serverID,
            from: end.from,
            to: end.to,
            sentAt: at,
            text: text
          )
        )
      }
    )
  }

  private func account(_ row: ForensicRow, _ app: ForensicApp) -> RowOutcome {
    var accounts: [Account] = []
    if !app.isPhone, let user = app.account(row.text("userid", "username", "wechatid", "id")) {
      accounts.append(user)
    }
    if let number = row.holding("phonenumber", "msisdn")?.value,
      let phone = AccountNormalizer.phone(number), phone.scheme == .phone,
      !accounts.contains(phone)
    {
      accounts.append(phone)
    }
    guard let first = accounts.first else { return .skip("account without identifier") }
    let name = row.holding("name", except: ["username", "filename"])?.value ?? ""
    return .accept(
      [.contact(Contact(owner: first, contact: first, name: TabularCell.trim(name), nature: .own))]
        + accounts.dropFirst().filter { _ in first.scheme != .name }.map {
          .accountLink(AccountLink(first, $0, basis: .ownAccount))
        }
    )
  }

  /// Who called or wrote whom; `nil` where the number is withheld.
  private func ends(
    _ row: ForensicRow,
    _ app: ForensicApp,
    _ words: [String]
  ) throws(RowFault) -> [(from: Account, to: Account)]? {
    let me = owner.account(on: app)
    let isOut = words.lazy.compactMap(ForensicWords.isOutgoing).first
    let sender = row.text("sender", "from", "caller", "senderid")
    let receivers = row.text(
      "recipient(s)",
      "recipients",
      "recipient",
      "receiver",
      "receiver(s)",
      "to",
      "callee"
    )
    let partner = row.text(
      "partner",
      "partners",
      "partner(s)",
      "partnerid",
      "phonenumber",
      "number"
    )
    if !sender.isEmpty, !receivers.isEmpty, isOut == nil {
      guard let from = try ForensicEnds.others(sender, app, column: "Sender")?.first,
        let to = try ForensicEnds.others(receivers, app, column: "Recipient(s)")
      else { return nil }
      return to.map { (from, $0) }
    }
    let out = isOut ?? (sender.isEmpty && !receivers.isEmpty)
    let other =
      out ? (receivers.isEmpty ? partner : receivers) : (sender.isEmpty ? partner : sender)
    guard isOut != nil || !sender.isEmpty || !receivers.isEmpty else {
      throw RowFault("neither direction nor sender says who began")
    }
    guard let others = try ForensicEnds.others(other, app, column: "Partner") else { return nil }
    // The side that is the owner may be written out as well.
    let mine = ForensicNumber.account(out ? sender : receivers) ?? me
    return ForensicEnds.ends(others, owner: app.isPhone ? mine : me, isOut: out)
  }

  // MARK: - Times

  private mutating func time(
    _ row: ForensicRow,
    _ words: [String]
  ) throws(RowFault) -> Timestamp? {
    for word in words {
      guard let (name, value) = row.holding(word, except: ["enddate", "dateformat"]) else {
        continue
      }
      let stated = Self.statedOrder(name)
      if stated == nil { hasUnstatedOrder = true }
      let clock = ForensicTime(order: stated ?? order, statedOffset: Self.statedOffset(name))
      guard let time = clock.timestamp(value) else {
        throw RowFault.cell("Date/Time", expected: "time")
      }
      return time
    }
    return nil
  }

  /// The order in a name such as `created date/time-utc+00:00(dd/mm/yyyy)`.
  static func statedOrder(_ name: String) -> ForensicTime.Order? {
    guard let open = name.utf8.lastIndex(of: UInt8(ascii: "(")) else { return nil }
    let pattern = name[open...]
    if pattern.hasPrefix("(dd") || pattern.hasPrefix("(d/") { return .dayFirst }
    if pattern.hasPrefix("(mm") || pattern.hasPrefix("(m/") { return .monthFirst }
    return pattern.hasPrefix("(yyyy") ? .dayFirst : nil
  }

  /// The minutes in `-utc+08:00`; `nil` where the name holds no zone.
  static func statedOffset(_ name: String) -> Int? {
    let bytes = Array(name.utf8)
    let mark = Array("utc".utf8)
    guard
      let start = bytes.indices.first(where: { bytes[$0...].starts(with: mark) })
    else { return nil }
    let rest = bytes[(start + 3)...]
    guard let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
      return 0
    }
    let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ":") }
    let parts = digits.split(separator: UInt8(ascii: ":")).map {
      $0.prefix(2).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    guard let hours = parts.first, hours <= 18 else { return nil }
    let minutes = hours * 60 + (parts.count > 1 ? min(parts[1], 59) : 0)
    return sign == UInt8(ascii: "-") ? -minutes : minutes
  }
}
