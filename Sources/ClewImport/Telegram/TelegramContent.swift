internal import ClewEvidence

/// What a Telegram message carries.
struct TelegramContent {
  private(set) var kind = Message.Kind.text
  private(set) var text = ""
  private(set) var file: FileReference?
  /// The number of a contact that was sent, and its user where stated.
  private(set) var contactPhone: Account?
  private(set) var contactUser: Account?

  /// Reads the fields of a message.
  init(_ entry: JSONObject) {
    text = Self.text(entry["text"])
    if let card = entry["contact_information"]?.object {
      kind = .card
      contactPhone = AccountNormalizer.phone(card.text("phone_number"))
      contactUser = card["user_id"]?.identifier.flatMap(TelegramContacts.user)
      text = [TelegramContacts.name(card), card.text("phone_number"), text]
        .filter { !$0.isEmpty }.joined(separator: " ")
    } else if entry["location_information"] != nil || entry["live_location_period_seconds"] != nil {
      kind = .location
    } else if entry["photo"] != nil {
      kind = .image
      file = Self.file(entry, "photo")
    } else if entry["file"] != nil || entry["media_type"] != nil || entry["file_name"] != nil {
      kind = Self.mediaKind(entry.text("media_type"))
      file = Self.file(entry, "file")
      if text.isEmpty, kind == .file { text = file?.name ?? "" }
    } else if entry.text("type") == "unsupported" {
      kind = .other
      text = text.isEmpty ? "unsupported" : text
    } else if let poll = entry["poll"]?.object {
      kind = .other
      text = "poll: " + Self.text(poll["question"])
    }
  }

  /// A text is a string, or a list of strings and of objects with a text (links, phones, bold…).
  static func text(_ value: JSONValue?) -> String {
    switch value {
    case .string(let text): text
    case .array(let parts):
      parts.map { $0.string ?? $0.object?.text("text") ?? "" }.joined()
    default: ""
    }
  }

  private static func mediaKind(_ type: String) -> Message.Kind {
    switch type {
    case "sticker", "animation": .sticker
    case "voice_message", "audio_file": .voice
    case "video_file", "video_message": .video
    default: .file
    }
  }

  /// The file by its name as sent, else by the name under which it was exported.
  private static func file(_ entry: JSONObject, _ key: String) -> FileReference? {
    var name = entry.text("file_name")
    let path = entry.text(key)
    // In place of a path stands a note in brackets when the file was not exported.
    if name.isEmpty, !path.utf8.starts(with: "(".utf8) {
      name = path.utf8.split(separator: UInt8(ascii: "/")).last.flatMap { String($0) } ?? ""
    }
    let bytes = (entry["\(key)_file_size"] ?? entry["file_size"])?.integer
    return name.isEmpty && bytes == nil ? nil : FileReference(name: name, bytes: bytes)
  }
}
