internal import ClewEvidence

/// Reads entities of XRY.
struct XRYItems {
  let owner: Account
  let clock: ForensicTime
  let scope: String
  /// The texts of long messages, by reference number and segment.
  let segments: [String: [Int64: String]]
  private var names = NamesSeen()

  init(
    owner: Account,
    clock: ForensicTime,
    scope: String,
    segments: [String: [Int64: String]]
  ) {
    self.owner = owner
    self.clock = clock
    self.scope = scope
    self.segments = segments
  }

  mutating func outcome(of entity: XRYEntity) throws(RowFault) -> RowOutcome {
    if entity.hasStrayLine { throw RowFault("a line stands before any key") }
    let kind = entity.kind.lowercased()
    if TabularCell.holds(kind, "call") { return try call(entity) }
    if TabularCell.holds(kind, "contact") { return try contact(entity) }
    if ["sms", "mms", "message", "chat"].contains(where: { TabularCell.holds(kind, $0) }) {
      return try message(entity)
    }
    return .skip("entity of a kind that is not read")
  }

  private mutating func call(_ entity: XRYEntity) throws(RowFault) -> RowOutcome {
    let kind = entity.text("Call Type", "Direction", "Type")
    guard let seconds = ForensicWords.seconds(entity.text("Duration")) else {
      throw RowFault("key \"Duration\" holds no duration")
    }
    guard let ends = try ends(entity, kind) else { return .skip("number withheld") }
    let at = try time(entity)
    let isTaken = !ForensicWords.isUntaken(kind)
    return .accept(
      ends.map { end in
        .call(Call(from: end.from, to: end.to, at: at, seconds: isTaken ? seconds : 0))
      } + named(entity)
    )
  }

  private mutating func message(_ entity: XRYEntity) throws(RowFault) -> RowOutcome {
    var text = entity.text("Text", "Message", "Body")
    if let (reference, segment) = Self.segment(entity), let all = segments[reference],
      all.count > 1
    {
      guard segment == all.keys.min() else { return .skip("segment, read with its first one") }
      text = all.sorted { $0.key < $1.key }.map(\.value).joined()
    }
    let direction = entity.text("Direction", "Folder", "Type", "Status")
    guard let ends = try ends(entity, direction) else { return .skip("number withheld") }
    let at = try time(entity)
    return .accept(
      ends.map { end in
        .message(Message(platform: "sms", from: end.from, to: end.to, sentAt: at, text: text))
      } + named(entity)
    )
  }

  private func contact(_ entity: XRYEntity) throws(RowFault) -> RowOutcome {
    let name = TabularCell.trim(entity.text("Name"))
    var accounts: [Account] = []
    for field in entity.fields {
      let found =
        field.key.hasPrefix("Tel") || field.key.hasPrefix("Number")
        ? VCard.phones(field.value)
        : field.key.lowercased().contains("mail") ? ForensicNumber.mail(field.value) : []
      for account in found where !accounts.contains(account) { accounts.append(account) }
    }
    if accounts.isEmpty, !name.isEmpty { accounts = [Account(.name, "\(name)#\(scope)")] }
    guard let first = accounts.first else {
      throw RowFault("the contact holds neither a name nor a number")
    }
    return .accept(
      accounts.map { .contact(Contact(owner: nil, contact: $0, name: name)) }
        + accounts.dropFirst().map {
          .accountLink(AccountLink(first, $0, basis: .contactEntry))
        }
    )
  }

  /// Reference and number of a segment, where the message is one of several.
  static func segment(_ entity: XRYEntity) -> (reference: String, segment: Int64)? {
    let reference = TabularCell.trim(entity.text("Reference Number"))
    guard !reference.isEmpty,
      let segment = Int64(TabularCell.trim(entity.text("Segment Number"))),
      let count = Int64(TabularCell.trim(entity.text("Segments"))), count > 1
    else { return nil }
    // Reference numbers are short and come again with other people.
    let numbers = ["", "From", "To", "Participant"].flatMap { entity.parties($0).numbers }
    return ((numbers + [reference, "\(count)"]).joined(separator: "\t"), segment)
  }

  private func time(_ entity: XRYEntity) throws(RowFault) -> Timestamp? {
    var text = TabularCell.trim(entity.text("Time"))
    if text.isEmpty { return nil }
    // Behind the zone stands whose clock it is.
    for clock in ["(Device)", "(Network)", "(Unknown)"] where text.hasSuffix(clock) {
      text = TabularCell.trim(String(text.dropLast(clock.count)))
    }
    guard let time = clock.timestamp(text) else { throw RowFault("key \"Time\" holds no time") }
    return time
  }

  private func ends(
    _ entity: XRYEntity,
    _ direction: String
  ) throws(RowFault) -> [(from: Account, to: Account)]? {
    func accounts(_ section: String) -> [Account] {
      entity.parties(section).numbers.compactMap(ForensicNumber.account)
    }
    let (senders, receivers) = (accounts("From"), accounts("To"))
    if let sender = senders.first, !receivers.isEmpty { return receivers.map { (sender, $0) } }
    if !senders.isEmpty { return ForensicEnds.ends(senders, owner: owner, isOut: false) }
    if !receivers.isEmpty { return ForensicEnds.ends(receivers, owner: owner, isOut: true) }
    let others = accounts("Participant") + accounts("")
    guard !others.isEmpty else {
      let written = ["", "From", "To", "Participant"].flatMap { entity.parties($0).numbers }
      if written.allSatisfy(ForensicNumber.isWithheld) { return nil }
      throw RowFault("key \"Tel\" holds no telephone number")
    }
    guard let isOut = ForensicWords.isOutgoing(direction) else {
      throw RowFault("neither a heading nor the type says who began")
    }
    return ForensicEnds.ends(others, owner: owner, isOut: isOut)
  }

  private mutating func named(_ entity: XRYEntity) -> [EvidenceItem] {
    var items: [EvidenceItem] = []
    for section in ["", "From", "To", "Participant"] {
      let party = entity.parties(section)
      guard party.numbers.count == 1, let number = party.numbers.first else { continue }
      items += names.contact(ForensicNumber.account(number), TabularCell.trim(party.name), .friend)
    }
    return items
  }
}
