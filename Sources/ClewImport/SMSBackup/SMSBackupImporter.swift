internal import ClewEvidence

/// Reads the files of the Android app SMS Backup & Restore: `sms-….xml` and `calls-….xml`.
///
/// A unit is an `sms`, an `mms` or a `call`. The file does not say whose telephone it is.
struct SMSBackupImporter: Importer {
  let format = "sms-backup"
  let title = "SMS Backup & Restore (XML)"
  let version = 1

  /// Knows the file by its root and the attributes of its first entry.
  func recognise(_ source: StagedSource) -> Recognition? {
    guard let head = XMLHead(source), let root = head.root else { return nil }
    guard ["smses", "calls", "allsms", "alllogs"].contains(root.name) else { return nil }
    let first = head.starts.first { ["sms", "mms", "call", "log"].contains($0.name) }
    if let first {
      let hasParts = ["address", "number"].contains { first.attribute($0) != nil }
      guard first.attribute("date") != nil, hasParts || first.name == "mms" else { return nil }
    } else if root.attribute("count") == nil {
      return nil
    }
    return Recognition(confidence: 90, sign: "root \(root.name) with date and number")
  }

  /// Reads all entries.
  ///
  /// - Returns: How many entries began.
  /// - Throws: ``ImportError`` for what is refused as a whole, or the sink's own error.
  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let owner = ForensicOwner(source)
    owner.report(to: sink, sign: "")
    var reading = SMSBackupReading(owner: owner.account(on: ForensicApp("")))
    return try XMLUnits.run(source, into: sink) { units in
      while let event = try units.reader.next() {
        guard case .start(let start) = event, start.depth == 2 else { continue }
        try units.read(start, as: Self.part(start.name)) { element throws(RowFault) in
          switch element.name {
          case "sms": try reading.sms(element)
          case "mms": try reading.mms(element)
          case "call", "log": try reading.call(element)
          default: .skip("entry of a kind that is not read")
          }
        }
      }
    }
  }

  private static func part(_ name: String) -> String {
    ["sms", "mms", "call"].contains(name) ? name : "other"
  }
}

/// Reads single entries.
private struct SMSBackupReading {
  let owner: Account
  private var names = NamesSeen()

  init(owner: Account) { self.owner = owner }

  mutating func sms(_ element: XMLElement) throws(RowFault) -> RowOutcome {
    let isOut: Bool
    switch element.attribute("type") {
    case "1": isOut = false
    case "2": isOut = true
    case "3": return .skip("draft")
    case "4", "5", "6": return .skip("message that was not sent")
    default: throw RowFault("attribute \"type\" is no known kind of message")
    }
    let at = try time(element)
    let address = Self.text(element, "address")
    if ForensicNumber.isWithheld(address) { return .skip("number withheld") }
    let others = ForensicNumber.accounts(address.replacing("~", with: ","))
    guard !others.isEmpty else { throw RowFault("attribute \"address\" holds no telephone number") }
    let body = Self.text(element, "body", isExact: true)
    let ends = ForensicEnds.ends(others, owner: owner, isOut: isOut)
    return .accept(
      ends.map { end in
        .message(
          Message(platform: "sms", from: end.from, to: end.to, sentAt: at, text: body)
        )
      } + name(element, others)
    )
  }

  mutating func mms(_ element: XMLElement) throws(RowFault) -> RowOutcome {
    let isOut: Bool
    switch element.attribute("msg_box") {
    case "1": isOut = false
    case "2": isOut = true
    case "3": return .skip("draft")
    case "4", "5": return .skip("message that was not sent")
    default: throw RowFault("attribute \"msg_box\" is no known kind of message")
    }
    let at = try time(element)
    let addresses = element.first("addrs")?.all("addr") ?? []
    func accounts(_ types: [String]) -> [Account] {
      addresses.filter { types.contains($0.attribute("type") ?? "") }
        .flatMap { ForensicNumber.accounts(Self.text($0, "address")) }
    }
    // What stands for the telephone itself is no number.
    var others = isOut ? accounts(["151", "130", "129"]) : accounts(["137"])
    if others.isEmpty {
      others = ForensicNumber.accounts(Self.text(element, "address").replacing("~", with: ","))
    }
    others.removeAll { $0.value == "insert-address-token" }
    guard !others.isEmpty else { throw RowFault("no \"addr\" holds a telephone number") }
    let parts = element.first("parts")?.all("part") ?? []
    let texts = parts.filter { $0.attribute("ct") == "text/plain" }
      .map { Self.text($0, "text", isExact: true) }
    let media = parts.first {
      !["text/plain", "application/smil"].contains($0.attribute("ct") ?? "")
    }
    let text = ([Self.text(element, "sub")] + texts).filter { !$0.isEmpty }
    return .accept(
      ForensicEnds.ends(others, owner: owner, isOut: isOut).map { end in
        .message(
          Message(
            platform: "sms",
            from: end.from,
            to: end.to,
            sentAt: at,
            kind: Self.kind(media),
            text: text.joined(separator: "\n"),
            file: media.map(Self.file)
          )
        )
      } + name(element, others)
    )
  }

  mutating func call(_ element: XMLElement) throws(RowFault) -> RowOutcome {
    let isOut: Bool
    var isTaken = true
    switch element.attribute("type") {
    case "1", "7": isOut = false
    case "2": isOut = true
    case "3", "4", "5", "6": (isOut, isTaken) = (false, false)
    default: throw RowFault("attribute \"type\" is no known kind of call")
    }
    let at = try time(element)
    let number = Self.text(element, "number")
    if ForensicNumber.isWithheld(number) { return .skip("number withheld") }
    guard let other = ForensicNumber.account(number) else {
      throw RowFault("attribute \"number\" holds no telephone number")
    }
    guard let seconds = ForensicWords.seconds(Self.text(element, "duration")) else {
      throw RowFault("attribute \"duration\" holds no number of seconds")
    }
    let call = Call(
      from: isOut ? owner : other,
      to: isOut ? other : owner,
      at: at,
      seconds: isTaken ? seconds : 0
    )
    return .accept([.call(call)] + name(element, [other]))
  }

  private mutating func name(_ element: XMLElement, _ others: [Account]) -> [EvidenceItem] {
    let name = Self.text(element, "contact_name")
    guard others.count == 1, name != "(Unknown)" else { return [] }
    return names.contact(others.first, name, .friend)
  }

  /// Milliseconds since 1970; some versions write seconds for MMS.
  private func time(_ element: XMLElement) throws(RowFault) -> Timestamp {
    guard let number = Int64(Self.text(element, "date")), number > 0,
      number < 4_102_444_800_000
    else { throw RowFault("attribute \"date\" holds no time in milliseconds since 1970") }
    return Timestamp(milliseconds: number < 100_000_000_000 ? number * 1000 : number)
  }

  /// The value of an attribute; the word `null` stands for none.
  private static func text(
    _ element: XMLElement,
    _ name: String,
    isExact: Bool = false
  ) -> String {
    let value = element.attribute(name) ?? ""
    return value == "null" ? "" : isExact ? value : TabularCell.trim(value)
  }

  private static func kind(_ media: XMLElement?) -> Message.Kind {
    guard let type = media?.attribute("ct") else { return .text }
    if type.hasPrefix("image/") { return .image }
    if type.hasPrefix("audio/") { return .voice }
    return type.hasPrefix("video/") ? .video : .file
  }

  private static func file(_ part: XMLElement) -> FileReference {
    let names = ["fn", "cl", "name"].map { text(part, $0) }
    return FileReference(name: names.first { !$0.isEmpty } ?? "")
  }
}
