extension Message {
  /// The columns of `messages.csv`.
  package static let canonicalColumns: [CanonicalColumn] = [
    .time, .from, .to, .group, .kind, .text, .fileName, .fileSha256, .fileBytes, .platform,
    .serverId, .quotes, .senderAssumed, .record,
  ]

  /// What a row of `messages.csv` says: a chat message.
  ///
  /// A row with neither receiver nor group is taken: a post whose readers the tool did not know. A row
  /// without sender is taken as a system note and refused as anything else. Where both `to` and
  /// `group` are filled the message went to the group, and `to` stays in the original. A column
  /// `server_id`, where there is one, holds the platform's own id, by which the same message is known
  /// again on another phone.
  package init(_ row: some CanonicalCells) throws(RowFault) {
    let kind = try Self.kind(row.text(.kind))
    let from = try row.account(.from)
    guard from != nil || kind == .system else { throw .cell("from", expected: "account") }
    let group = try row.group(.group)
    let file = try Self.file(row)
    let effective = kind ?? (file != nil && row.text(.text).isEmpty ? .file : .text)
    let (platform, serverID) = (row.text(.platform), row.text(.serverId))
    let quotes = row.text(.quotes)
    self.init(
      platform: platform.isEmpty ? CanonicalPlatform.name(group ?? from).description : platform,
      serverID: serverID.isEmpty ? nil : serverID,
      from: from,
      to: group == nil ? try row.account(.to) : nil,
      group: group,
      sentAt: try row.time(.time),
      kind: effective,
      text: row.exact(.text),
      file: file,
      quotes: quotes.isEmpty ? nil : quotes,
      senderIsAssumed: row.text(.senderAssumed) == "1"
    )
  }

  private static func kind(_ text: String) throws(RowFault) -> Message.Kind? {
    guard !text.isEmpty else { return nil }
    guard let kind = Message.Kind(rawValue: text) else {
      throw .cell("kind", expected: "kind of message")
    }
    return kind
  }

  /// The file of a message; a digest of 64 digits is SHA-256, others bear their kind in front.
  private static func file(_ row: some CanonicalCells) throws(RowFault) -> FileReference? {
    let name = row.exact(.fileName)
    let bytes = try row.count(.fileBytes)
    let digest = row.text(.fileSha256).lowercased()
    if digest.isEmpty {
      return name.isEmpty && bytes == nil ? nil : FileReference(name: name, bytes: bytes)
    }
    for (prefix, length) in [("", 64), ("sha256:", 64), ("md5:", 32)]
    where digest.utf8.count == prefix.utf8.count + length && digest.utf8.starts(with: prefix.utf8) {
      let digits = digest.utf8.dropFirst(prefix.utf8.count)
      guard digits.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }) else {
        break
      }
      return FileReference(
        name: name,
        bytes: bytes,
        digest: prefix.isEmpty ? "sha256:" + digest : digest
      )
    }
    throw .cell("file_sha256", expected: "SHA-256 of 64 digits")
  }
}
