internal import ClewEvidence

/// Turns the rows of a QQ MHT export into chats and messages.
struct QQMHTParser {
  /// How many rows were taken.
  private(set) var rows: Int64 = 0
  private var chat = -1
  private var section = ""
  private var date = ""
  private var decoder = TextDecoder(.utf8)

  /// Takes the next row; what stands behind the last one is blank in a whole file.
  mutating func take(_ row: QQMHTRows.Row, isEnd: Bool) -> [QQMHTEvent] {
    rows = row.number
    guard !row.isCut else {
      return [stray(row, "the row exceeds \(TabularLimit.row) bytes; its beginning is kept")]
    }
    guard let encoding = decoder.unitEncoding(of: row.bytes),
      let html = TextDecoder.text(row.bytes, encoding)
    else { return [stray(row, "the row is neither UTF-8 nor GB18030")] }
    let parsed = QQRow(html)
    if isEnd {
      let isBlank = parsed.speaker == nil && parsed.text.isEmpty && parsed.images.isEmpty
      return isBlank ? [] : [stray(row, "the file breaks off inside the row")]
    }
    guard let (name, time) = parsed.speaker else { return title(parsed.text, row) }
    let line = "\(date) \(time) \(name)"
    guard let header = QQHeader(line) else {
      return [stray(row, "no date before the row, or no time in it")]
    }
    var events: [QQMHTEvent] = []
    if chat < 0 {
      chat = 0
      events.append(.chat(section: "", title: ""))
    }
    var draft = QQDraft(
      header: header,
      chat: chat,
      line: row.number,
      offset: row.offset,
      source: row.bytes,
      headerText: line
    )
    draft.body = [parsed.text]
    draft.images = parsed.images
    draft.original = html
    return events + [.message(draft)]
  }

  /// A row without a speaker begins a section, a chat or a day, or decorates the table.
  private mutating func title(_ text: String, _ row: QQMHTRows.Row) -> [QQMHTEvent] {
    if let title = QQTextParser.title(text, "消息分组") {
      section = title
      return []
    }
    if let title = QQTextParser.title(text, "消息对象") {
      chat += 1
      date = ""
      return [.chat(section: section, title: title)]
    }
    if let day = QQTextParser.title(text, "日期") {
      date = day.trimmingSpaces
      return []
    }
    if text.isEmpty || text.utf8.elementsEqual("消息记录".utf8) { return [] }
    return [stray(row, "a row that is no message")]
  }

  private func stray(_ row: QQMHTRows.Row, _ reason: String) -> QQMHTEvent {
    let position = UnitPosition(row: row.number, offset: row.offset)
    return .stray(bytes: row.bytes, position: position, reason: reason)
  }
}

extension String {
  /// The text without ASCII spaces at both ends.
  fileprivate var trimmingSpaces: String {
    var slice = utf8[...]
    while slice.first == 0x20 { slice.removeFirst() }
    while slice.last == 0x20 { slice.removeLast() }
    return String(slice) ?? ""
  }
}
