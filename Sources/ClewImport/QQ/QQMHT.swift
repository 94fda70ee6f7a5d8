internal import ClewEvidence

/// Reads the MHT export of the QQ client: one HTML table of messages and the images in it.
///
/// Names, chats and senders are those of the text export (``QQText``): private chats show names
/// only, and a name that is known without a number belongs to its chat. The file is read twice: the
/// images stand behind the messages that show them. A unit is a message or an image.
struct QQMHT: Importer {
  let format = "qq-mht"
  let title = "QQ MHT export"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    guard source.tables == nil else { return nil }
    let head = Array(source.head.prefix(2048))
    for sign in ["Save by Tencent MsgMgr", "Subject: Tencent IM Message"]
    where TextDecision.contains(head, Array(sign.utf8)) {
      return Recognition(confidence: 95, sign: sign)
    }
    return nil
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    guard source.bytes > 0 else { throw ImportError.empty(path: source.displayPath) }
    var chats = QQChats()
    var images = QQImages()
    try Self.pass(source) { event in
      switch event {
      case .message(let draft): chats.learn(.message(draft))
      case .image(let image): images.learn(image)
      case .chat(let section, let title): chats.learn(.chat(section: section, title: title))
      case .stray, .end: break
      }
    }
    var reading = QQReading(chats: chats)
    var units: Int64 = 0
    try Self.pass(source) { event in
      switch event {
      case .chat: break
      case .message(var draft):
        units += 1
        draft.file = images.take(draft.images)
        try reading.hand(draft, to: sink)
      case .stray(let bytes, let position, let reason):
        units += 1
        try sink.reject(at: position, bytes: bytes, reason: reason)
      case .image(let image):
        units += 1
        let position = UnitPosition(part: "image", row: image.number, offset: image.offset)
        if let fault = image.fault {
          try sink.reject(at: position, bytes: [], reason: fault)
        } else {
          try sink.skip(at: position, rule: images.rule(for: image))
        }
      case .end(let isComplete):
        if !isComplete { sink.setDecision("structure", "the closing boundary is missing") }
      }
    }
    sink.setDecision("images", images.summary)
    return units
  }
}

/// What the parts of an MHT export hold.
enum QQMHTEvent {
  /// A new chat: the title of its section and its own.
  case chat(section: String, title: String)
  case message(QQDraft)
  /// A row or a stretch that is no message.
  case stray(bytes: [UInt8], position: UnitPosition, reason: String)
  case image(QQImages.Image)
  /// The end of the file, and whether it is the true end.
  case end(isComplete: Bool)
}

extension QQMHT {
  /// Reads the file once.
  private static func pass(
    _ source: StagedSource,
    _ body: (QQMHTEvent) throws -> Void
  ) throws {
    let reader = try MIMEReader(source)
    if let preamble = reader.preamble {
      let position = UnitPosition(part: "preamble", row: 1, offset: preamble.offset)
      let reason = "text before the first part"
      try body(.stray(bytes: preamble.bytes, position: position, reason: reason))
    }
    var parser = QQMHTParser()
    var number: Int64 = 0
    while let part = try reader.nextPart() {
      number += 1
      let type = part.headers.word("content-type")
      if type == "text/html" || (type.isEmpty && number == 1) {
        var rows = QQMHTRows(start: reader.isPlain ? part.bodyOffset : nil, number: parser.rows)
        while let piece = try reader.nextPiece() {
          try rows.feed(piece) { row in
            for event in parser.take(row, isEnd: false) { try body(event) }
          }
        }
        if let rest = rows.finish() {
          for event in parser.take(rest, isEnd: true) { try body(event) }
        }
        continue
      }
      let location =
        part.headers.value("content-location") ?? part.headers.value("content-id") ?? ""
      var digest = AttachmentDigest()
      while let piece = try reader.nextPiece() { digest.add(piece) }
      // The line end before a boundary is no part of the image; base64 knows that by itself.
      let isBroken = !reader.isComplete && !reader.isBehindBoundary
      let fault =
        isBroken
        ? "the file breaks off inside the image"
        : reader.hasStrayBytes ? "the image holds bytes that are no base64" : nil
      try body(
        .image(
          QQImages.Image(
            location: QQImages.key(location),
            number: number,
            offset: part.offset,
            file: FileReference(name: location, bytes: digest.bytes, digest: digest.text),
            fault: fault
          )
        )
      )
    }
    try body(.end(isComplete: reader.isComplete))
  }
}
