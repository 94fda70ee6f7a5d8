internal import ClewEvidence

/// Reads `regInfobasicInfo.txt`: user name, alias, nickname and phone of one account, `key: value`.
///
/// One unit is one account; a line with 微信号 begins the next one.
struct TencentBasic: Importer {
  let format = "tencent-basic"
  let title = "Tencent return: WeChat registration (regInfobasicInfo)"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    guard source.tables == nil, source.head.count <= 1 << 16,
      let decision = TextDecision.decide(head: source.head, words: ["微信号"])
    else { return nil }
    let head = decision.plainHead(source.head, isWhole: Int64(source.head.count) >= source.bytes)
    let encoding: TextEncoding = decision.encoding == .gb18030 ? .gb18030 : .utf8
    let reader = TabularReader(TextWindow(plain: head), encoding: encoding, dialect: .plainTab)
    guard let row = try? reader.next(), let (key, _) = Self.pair(row.text), key == "微信号" else {
      return nil
    }
    return Recognition(confidence: 85, sign: "line 微信号:")
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    guard source.bytes > 0 else { throw ImportError.empty(path: source.displayPath) }
    guard let decision = TextDecision.decide(head: source.head, words: ["微信号"]) else {
      throw ImportError.undecodable(
        path: source.displayPath, reason: "no known encoding shows 微信号")
    }
    let reader = TabularReader(
      try TextWindow(source, decision), encoding: decision.encoding, dialect: .plainTab)
    var block = Block()
    var units: Int64 = 0
    while let row = try reader.next() {
      if Self.pair(row.text)?.0 == "微信号", !block.rows.isEmpty {
        units += 1
        try block.finish(reader, into: sink)
        block = Block()
      }
      block.rows.append(row)
    }
    if !block.rows.isEmpty {
      units += 1
      try block.finish(reader, into: sink)
    }
    sink.setDecision("encoding", reader.encodingSummary)
    return units
  }

  /// Key and value around the first colon, of either width.
  fileprivate static func pair(_ line: String) -> (String, String)? {
    let scalars = line.unicodeScalars
    guard let colon = scalars.firstIndex(where: { $0 == ":" || $0 == "\u{FF1A}" }) else {
      return nil
    }
    return (
      TabularCell.trim(String(scalars[..<colon])),
      TabularCell.clean(String(scalars[scalars.index(after: colon)...]))
    )
  }

  /// The lines of one account.
  private struct Block {
    var rows: [TabularRow] = []

    func finish(_ reader: TabularReader, into sink: any UnitSink) throws {
      guard let first = rows.first else { return }
      let position = UnitPosition(row: first.line, offset: first.offset)
      func reject(_ reason: String) throws {
        let bytes = rows.map { reader.sourceBytes(of: $0) }.joined(separator: [0x0A])
        try sink.reject(at: position, bytes: Array(bytes), reason: reason)
      }
      if let fault = rows.lazy.compactMap(\.fault).first { return try reject(fault.reason) }
      var values: [String: String] = [:]
      for row in rows {
        guard let (key, value) = TencentBasic.pair(row.text), values[key] == nil else { continue }
        values[key] = value
      }
      guard let account = AccountNormalizer.wechat(values["微信号"] ?? "") else {
        return try reject("微信号 holds no user name")
      }
      sink.setOwner(account)
      var items: [EvidenceItem] = [
        .contact(
          Contact(owner: account, contact: account, name: values["昵称"] ?? "", nature: .own))
      ]
      if let alias = AccountNormalizer.wechatAlias(values["别名"] ?? ""), alias != account {
        items.append(.accountLink(AccountLink(account, alias, basis: .alias)))
      }
      let number = values["当前绑定手机号"] ?? values["绑定手机号"] ?? values["手机号"] ?? ""
      if let phone = AccountNormalizer.phone(number) {
        items.append(.accountLink(AccountLink(account, phone, basis: .bound)))
      }
      let text = rows.map(\.text).joined(separator: "\n")
      try sink.accept(items, at: position, original: .text(text))
    }
  }
}
