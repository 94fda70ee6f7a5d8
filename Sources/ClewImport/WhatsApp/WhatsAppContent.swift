internal import ClewEvidence

/// What the text of a WhatsApp message stands for: placeholders of files, and notes of the app.
struct WhatsAppContent {
  let kind: Message.Kind
  let text: String
  let file: FileReference?

  private static let mark = "\u{200E}"

  /// Words by which a placeholder of left-out media is known, in English and Chinese.
  private static let media: [(String, Message.Kind)] = [
    ("image omitted", .image), ("图像省略", .image), ("图像已省略", .image), ("图片已忽略", .image),
    ("video omitted", .video), ("视频省略", .video), ("视频已省略", .video), ("audio omitted", .voice),
    ("音频省略", .voice), ("音频已省略", .voice), ("sticker omitted", .sticker),
    ("贴图省略", .sticker), ("贴图已省略", .sticker), ("GIF omitted", .sticker),
    ("document omitted", .file), ("文档省略", .file), ("文档已省略", .file),
    ("Contact card omitted", .card), ("联系人名片省略", .card), ("<Media omitted>", .other),
    ("<省略多媒体文件>", .other), ("<媒体文件已忽略>", .other), ("<媒体已省略>", .other),
  ]

  /// Marks around the name of a file that was exported.
  private static let frames = [
    ("<attached: ", ">"), ("<附件: ", ">"), ("<附件：", ">"), ("", " (file attached)"),
    ("", " (文件附件)"), ("", "（文件附件）"),
  ]

  /// Reads the text of a message.
  init(_ text: String) {
    let plain =
      text.utf8.starts(with: Self.mark.utf8) ? String(text.unicodeScalars.dropFirst()) : text
    let first =
      plain.utf8.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
      .first.flatMap { String($0) } ?? plain
    for (before, after) in Self.frames where Self.has(first, before, after) {
      let name = String(
        first.unicodeScalars.dropFirst(before.unicodeScalars.count)
          .dropLast(after.unicodeScalars.count)
      )
      kind = Self.kind(ofFile: name)
      file = FileReference(name: name)
      self.text = plain
      return
    }
    file = nil
    kind = Self.placeholder(plain) ?? .text
    self.text = kind == .text ? text : plain
  }

  /// Whether the text is a note of the app: on an iPhone it stands behind a name and an invisible
  /// mark, as placeholders do.
  static func isNote(_ text: String, _ style: WhatsAppHeader.Style) -> Bool {
    guard style.hasBrackets, text.utf8.starts(with: mark.utf8) else { return false }
    let content = WhatsAppContent(text)
    return content.kind == .text && content.file == nil
  }

  private static func placeholder(_ text: String) -> Message.Kind? {
    guard text.utf8.count < 400 else { return nil }
    return media.first { word, kind in
      // A document's name stands before the words.
      text.utf8.elementsEqual(word.utf8) || (kind == .file && text.hasSuffix(word))
    }?.1
  }

  private static func has(_ text: String, _ before: String, _ after: String) -> Bool {
    text.utf8.count > before.utf8.count + after.utf8.count && text.utf8.count < 600
      && text.utf8.starts(with: before.utf8)
      && text.utf8.suffix(after.utf8.count).elementsEqual(after.utf8)
  }

  private static func kind(ofFile name: String) -> Message.Kind {
    let words: [(String, Message.Kind)] = [
      ("IMG-", .image), ("-PHOTO-", .image), ("VID-", .video), ("-VIDEO-", .video),
      ("PTT-", .voice),
      ("AUD-", .voice), ("-AUDIO-", .voice), ("STK-", .sticker), ("-STICKER-", .sticker),
    ]
    return words.first { name.contains($0.0) }?.1 ?? .file
  }
}
