/// An evidence item as one flat row of the case file.
///
/// | column | contact | message | transfer | call | membership | accountLink | trade | delivery |
/// |---|---|---|---|---|---|---|---|---|
/// | a | owner | from | payer | from | group | first | supplier | |
/// | b | contact | to | payee | to | member | second | buyer | |
/// | g | | group | | | invitedBy | | | |
/// | at | | sentAt | at | at | | validFrom | at | |
/// | sort | nature | kind | state | channel | role | basis | category | |
/// | fen | | | amount | | | | amount | |
/// | n | | file bytes | | seconds | | validUntil (ms) | items | bytes |
/// | text | name | text | memo | | groupName | holder | | name |
/// | second | remark | file name | channel | | memberName | | | sheet |
/// | third | tags | file digest | ids | | | | | digests |
/// | reference | | platform, id, quotes, assumed | | | | | | counts, kinds |
package struct RecordRow: Hashable, Sendable {
  package enum Kind: Int64, Sendable, CaseIterable {
    case contact = 0, message, transfer, call, membership, accountLink, trade, delivery
  }

  package var kind: Kind
  package var a: Account?
  package var b: Account?
  package var g: Account?
  package var at: Timestamp?
  package var sort = ""
  package var fen: Int64?
  package var currency: String?
  package var n: Int64?
  package var text = ""
  package var second: String?
  package var third: String?
  package var reference: String?

  package init(kind: Kind) { self.kind = kind }

  /// How many ends of a message are missing or known by a name only; 0 for all else.
  ///
  /// A device whose owner nobody names sees the same message as the other participant's device, but
  /// knows less of it.
  package var unknownEnds: Int64 {
    guard kind == .message else { return 0 }
    return [a, b].reduce(0) { $0 + ($1.map { $0.scheme == .name } ?? true ? 1 : 0) }
  }

  package func add(to digest: inout FieldDigest) {
    digest.add(kind.rawValue)
    digest.add(a)
    digest.add(b)
    digest.add(g)
    digest.add(at?.milliseconds)
    digest.add(at.map { Int64($0.zone.rawValue) })
    digest.add(sort)
    digest.add(fen)
    digest.add(currency)
    digest.add(n)
    digest.add(text)
    digest.add(second)
    digest.add(third)
    digest.add(reference)
  }
}

extension RecordRow {
  package init(_ item: EvidenceItem) {
    switch item {
    case .contact(let contact):
      self.init(kind: .contact)
      a = contact.owner
      b = contact.contact
      sort = contact.nature.rawValue
      text = contact.name
      second = contact.remark.isEmpty ? nil : contact.remark
      third = Self.join(contact.tags)
    case .message(let message): self.init(message)
    case .transfer(let transfer):
      self.init(kind: .transfer)
      a = transfer.payer
      b = transfer.payee
      at = transfer.at
      sort = transfer.state.rawValue
      fen = transfer.amount?.fen
      currency = transfer.amount?.currency
      text = transfer.memo
      second = transfer.channel
      third = Self.join(transfer.ids)
    case .call(let call):
      self.init(kind: .call)
      a = call.from
      b = call.to
      at = call.at
      sort = call.channel
      n = call.seconds
    case .membership(let membership):
      self.init(kind: .membership)
      a = membership.group
      b = membership.member
      g = membership.invitedBy
      sort = membership.role
      text = membership.groupName
      second = membership.memberName.isEmpty ? nil : membership.memberName
    case .accountLink(let link):
      self.init(kind: .accountLink)
      a = min(link.first, link.second)
      b = max(link.first, link.second)
      at = link.validFrom
      sort = link.basis.rawValue
      n = link.validUntil?.milliseconds
      text = link.holder
    case .trade(let trade):
      self.init(kind: .trade)
      a = trade.supplier
      b = trade.buyer
      at = trade.at
      sort = trade.category
      fen = trade.amount?.fen
      currency = trade.amount?.currency
      n = trade.items
    case .delivery(let delivery):
      self.init(kind: .delivery)
      n = delivery.bytes
      text = delivery.name
      second = delivery.sheet.isEmpty ? nil : delivery.sheet
      third = Self.join(delivery.digests)
      let kinds = delivery.kinds.sorted { $0.key < $1.key }.flatMap {
        [$0.key.rawValue, "\($0.value)"]
      }
      reference = PackedText.join(
        [
          "\(delivery.rows)", "\(delivery.columns)", "\(delivery.identified)",
          "\(delivery.repeated)", "\(delivery.invalid)",
        ] + kinds
      )
    }
  }

  private init(_ message: Message) {
    self.init(kind: .message)
    a = message.from
    b = message.to
    g = message.group
    at = message.sentAt
    sort = message.kind.rawValue
    text = message.text
    n = message.file?.bytes
    second = message.file?.name
    third = message.file?.digest
    reference = PackedText.join([
      message.platform, message.serverID ?? "", message.quotes ?? "",
      message.senderIsAssumed ? "assumed" : "",
    ])
  }

  private static func join(_ parts: [String]) -> String? {
    parts.isEmpty ? nil : PackedText.join(parts)
  }

  private static func split(_ text: String?) -> [String] {
    text.map { PackedText.split($0) } ?? []
  }

  /// The item again; `nil` when a needed account is missing, which only damage can cause.
  package var item: EvidenceItem? {
    switch kind {
    case .contact:
      guard let b, let nature = Contact.Nature(rawValue: sort) else { return nil }
      return .contact(
        Contact(
          owner: a,
          contact: b,
          name: text,
          remark: second ?? "",
          tags: Self.split(third),
          nature: nature
        )
      )
    case .message: return message.map(EvidenceItem.message)
    case .transfer:
      guard let state = Transfer.State(rawValue: sort) else { return nil }
      return .transfer(
        Transfer(
          payer: a,
          payee: b,
          amount: money,
          at: at,
          channel: second ?? "",
          memo: text,
          ids: Self.split(third),
          state: state
        )
      )
    case .call:
      guard let a, let b else { return nil }
      return .call(Call(from: a, to: b, at: at, seconds: n ?? 0, channel: sort))
    case .membership:
      guard let a, let b else { return nil }
      return .membership(
        Membership(
          group: a,
          groupName: text,
          member: b,
          memberName: second ?? "",
          role: sort,
          invitedBy: g
        )
      )
    case .accountLink:
      guard let a, let b, let basis = AccountLink.Basis(rawValue: sort) else { return nil }
      return .accountLink(
        AccountLink(
          a,
          b,
          basis: basis,
          validFrom: at,
          validUntil: n.map { Timestamp(milliseconds: $0, zone: .assumedShanghai) },
          holder: text
        )
      )
    case .trade:
      guard let a, let b else { return nil }
      return .trade(
        Trade(supplier: a, buyer: b, category: sort, items: n, amount: money, at: at)
      )
    case .delivery: return delivery.map(EvidenceItem.delivery)
    }
  }

  private var delivery: Delivery? {
    let parts = Self.split(reference)
    guard parts.count >= 5, parts.count % 2 == 1, let rows = Int64(parts[0]),
      let columns = Int64(parts[1]), let identified = Int64(parts[2]),
      let repeated = Int64(parts[3]), let invalid = Int64(parts[4])
    else { return nil }
    var kinds: [PersonalDataKind: Int64] = [:]
    for place in stride(from: 5, to: parts.count - 1, by: 2) {
      guard let kind = PersonalDataKind(rawValue: parts[place]), let count = Int64(parts[place + 1])
      else { return nil }
      kinds[kind] = count
    }
    return Delivery(
      name: text,
      sheet: second ?? "",
      bytes: n,
      digests: Self.split(third),
      rows: rows,
      columns: columns,
      identified: identified,
      repeated: repeated,
      invalid: invalid,
      kinds: kinds
    )
  }

  private var money: Money? { fen.map { Money(fen: $0, currency: currency ?? "CNY") } }

  private var message: Message? {
    guard let kind = Message.Kind(rawValue: sort) else { return nil }
    let parts = Self.split(reference)
    guard parts.count == 4 else { return nil }
    return Message(
      platform: parts[0],
      serverID: parts[1].isEmpty ? nil : parts[1],
      from: a,
      to: b,
      group: g,
      sentAt: at,
      kind: kind,
      text: text,
      file: second.map { FileReference(name: $0, bytes: n, digest: third) },
      quotes: parts[2].isEmpty ? nil : parts[2],
      senderIsAssumed: parts[3] == "assumed"
    )
  }
}
