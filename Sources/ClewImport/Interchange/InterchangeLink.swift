internal import ClewEvidence

/// An edge as the file of an analysis tool describes it, and what it is evidence of.
///
/// An edge whose kind is in the table of ``InterchangeWords`` becomes a trade, a transfer, a call, a
/// message, a link of accounts or a membership. An edge of no known kind, of a doubtful one, or
/// without a direction where the direction matters, is a line that somebody drew: it becomes a
/// contact between the two and no more.
struct InterchangeLink: Sendable {
  /// The account that the edge leaves.
  var source: Account
  /// The account that the edge reaches.
  var target: Account
  /// The kind as the file calls it.
  var kind = ""
  /// The text on the edge.
  var label = ""
  /// The weight, which is the amount of a payment where no other is stated.
  var weight = ""
  /// Whether the file gives the edge a direction.
  var isDirected = true
  /// Everything else that the file says of the edge.
  var attributes: [InterchangeAttribute] = []
  /// What tells the edge from others of its file, for payments without time and number.
  var place = ""
  /// What an hour without zone is in this format, in minutes ahead of UTC.
  var offsetMinutes: Int?

  /// What the edge says.
  ///
  /// - Throws: ``RowFault`` when the kind is known and a value that belongs to it cannot be read.
  func items() throws(RowFault) -> [EvidenceItem] {
    guard let kind = knownKind, source != target || kind == .payment else { return drawn }
    switch kind {
    case .supply: return isDirected ? [.trade(try trade())] : drawn
    case .payment: return isDirected ? [.transfer(try transfer())] : drawn
    case .call: return isDirected ? [.call(try call())] : drawn
    case .message: return isDirected ? [.message(try message())] : drawn
    case .ownership:
      guard isDirected else { return drawn }
      return [.accountLink(AccountLink(source, target, basis: .statedHolder))]
    case .possession:
      guard isDirected else { return drawn }
      return [.accountLink(AccountLink(source, target, basis: .contactEntry))]
    case .membership:
      guard isDirected, source.scheme.isPersonal else { return drawn }
      let group = target.scheme.isGroup ? target : Account(.group, target.value)
      return [.membership(Membership(group: group, member: source))]
    case .acquaintance: return contacts(.friend)
    }
  }

  /// The kind that the file states; a text that takes it back leaves none.
  private var knownKind: LinkKind? {
    let texts = ([kind] + values(.kind) + [label]).filter { !$0.isEmpty }
    guard !texts.contains(where: InterchangeWords.isDoubtful) else { return nil }
    if let known = texts.lazy.compactMap(InterchangeWords.kind(of:)).first { return known }
    guard texts.contains(where: InterchangeWords.isPaymentByAmount), !values(.amount).isEmpty else {
      return nil
    }
    return .payment
  }

  /// A line that somebody drew: both ends are in the case, nothing is said of what they did.
  private var drawn: [EvidenceItem] { contacts(.stranger) }

  private func contacts(_ nature: Contact.Nature) -> [EvidenceItem] {
    let there = Contact(owner: source, contact: target, nature: nature)
    guard !isDirected, source != target else { return [.contact(there)] }
    return [.contact(there), .contact(Contact(owner: target, contact: source, nature: nature))]
  }

  private func trade() throws(RowFault) -> Trade {
    var amount = try stated()
    // Tools give every edge the weight 1; nobody sells for one yuan.
    if amount?.fen == 100 { amount = nil }
    let items = value(.items)
    let count = items.flatMap { InterchangeAmount.plain(Array($0.utf8)) }.flatMap(Int64.init)
    if items != nil, count.map({ $0 >= 0 }) != true {
      throw .cell(name(.items), expected: "whole number")
    }
    return Trade(
      supplier: source,
      buyer: target,
      category: value(.category) ?? goods,
      items: count,
      amount: amount,
      at: try time()
    )
  }

  /// What the texts of the edge say beyond its kind.
  private var goods: String {
    let texts = [label, kind] + values(.kind)
    return texts.first {
      !$0.isEmpty && !InterchangeWords.isBareKind($0) && InterchangeAmount.money($0) == nil
    } ?? ""
  }

  private func transfer() throws(RowFault) -> Transfer {
    let at = try time()
    let memo = value(.memo) ?? (isNamedByKind || InterchangeAmount.money(label) != nil ? "" : label)
    var ids = values(.id)
    // Two payments of one chart without a time are two, however alike they look.
    if ids.isEmpty, at == nil, !place.isEmpty { ids = [place] }
    var amount = try stated()
    if amount == nil { amount = try byWeight() }
    return Transfer(
      payer: source,
      payee: target,
      amount: amount ?? InterchangeAmount.money(label),
      at: at,
      channel: "chart",
      memo: memo,
      ids: ids
    )
  }

  private func call() throws(RowFault) -> Call {
    var seconds: Int64 = 0
    if let text = value(.duration) {
      guard let plain = InterchangeAmount.plain(Array(text.utf8)), let read = Int64(plain),
        read >= 0
      else { throw .cell(name(.duration), expected: "number of seconds") }
      seconds = read
    }
    let platform = CanonicalPlatform.name(source).description
    return Call(
      from: source,
      to: target,
      at: try time(),
      seconds: seconds,
      channel: platform.isEmpty ? "phone" : platform
    )
  }

  private func message() throws(RowFault) -> Message {
    let isGroup = target.scheme.isGroup
    return Message(
      platform: CanonicalPlatform.name(isGroup ? target : source).description,
      from: source,
      to: isGroup ? nil : target,
      group: isGroup ? target : nil,
      sentAt: try time(),
      text: value(.text) ?? value(.memo) ?? (isNamedByKind ? "" : label)
    )
  }

  // MARK: - Values

  /// Whether the label is the word by which the kind is known.
  private var isNamedByKind: Bool { InterchangeWords.kind(of: label) != nil }

  private func stated() throws(RowFault) -> Money? {
    let currency = try self.currency()
    if let text = value(.amount) {
      guard let money = InterchangeAmount.money(text, currency: currency), money.fen >= 0 else {
        throw .cell(name(.amount), expected: "amount with at most two decimals")
      }
      return money
    }
    guard let text = value(.amountInFen) else { return nil }
    guard let money = Money(fenText: text, currency: currency), money.fen >= 0 else {
      throw .cell(name(.amountInFen), expected: "amount in fen")
    }
    return money
  }

  /// The weight as an amount; the weight 1 that tools give to every edge is none.
  private func byWeight() throws(RowFault) -> Money? {
    let text = TabularCell.clean(weight)
    guard !text.isEmpty else { return nil }
    guard let money = InterchangeAmount.money(text, currency: try currency()), money.fen >= 0 else {
      throw RowFault("the weight of a payment is no amount with at most two decimals")
    }
    return money.fen == 100 ? nil : money
  }

  private func currency() throws(RowFault) -> String {
    guard let text = value(.currency) else { return "CNY" }
    guard text.utf8.count == 3, text.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }) else {
      throw .cell(name(.currency), expected: "ISO 4217 code")
    }
    return text
  }

  /// The time, from one value or from a date and a clock.
  private func time() throws(RowFault) -> Timestamp? {
    let (day, clock) = (value(.time), value(.clock))
    guard let first = day ?? clock else { return nil }
    let isSplit = day != nil && clock.map { !$0.utf8.contains(UInt8(ascii: "-")) } == true
    let text = isSplit ? first + " " + (clock ?? "") : first
    guard let time = InterchangeTime.time(text, offsetMinutes: offsetMinutes) else {
      throw .cell(name(day == nil ? .clock : .time), expected: "time")
    }
    return time.value
  }

  private func value(_ sense: AttributeSense) -> String? { values(sense).first }

  private func values(_ sense: AttributeSense) -> [String] {
    attributes.compactMap { attribute in
      guard attribute.sense == sense else { return nil }
      let value = TabularCell.clean(attribute.value)
      return value.isEmpty ? nil : value
    }
  }

  /// The name under which the file has the value, for a reject.
  private func name(_ sense: AttributeSense) -> String {
    attributes.first { $0.sense == sense }?.name ?? ""
  }
}
