internal import ClewEvidence

/// The content of a bulk file: rows of invented people, written to the phones that it passes.
enum BulkFile {
  /// Writes the rows and says what the chat knows of the file.
  ///
  /// - Parameters:
  ///   - name: The file's name; its ending says how the rows are written.
  ///   - people: Whose data it holds.
  ///   - identities: Whether it tells their identity numbers.
  ///   - dice: Draws how the rows are written.
  /// - Returns: The file with its content.
  static func make(
    name: String,
    people: [TradedPerson],
    identities: Bool = false,
    _ dice: inout Dice
  ) -> FileItem {
    let isTable = name.hasSuffix(".csv")
    let gap = isTable ? "," : dice.pick(["\t", "----", "  ", "，"])
    let hasHead = dice.chance(60)
    let hasAddress = dice.chance(35)
    var text = ""
    if hasHead {
      let heads = ["姓名", "电话"] + (identities ? ["身份证号"] : []) + (hasAddress ? ["地址"] : [])
      text += heads.joined(separator: gap) + "\r\n"
    }
    for person in people {
      text += person.name + gap + person.phone + (identities ? gap + person.identity : "")
      text += (hasAddress ? gap + person.address : "") + "\r\n"
    }
    let content = Array(text.utf8)
    var digest = AttachmentDigest()
    digest.add(content)
    return FileItem(
      name: name,
      md5: String(digest.text.dropFirst("md5:".count)),
      bytes: content.count,
      content: content
    )
  }
}

extension WeChatPhone {
  /// Keeps a bulk file where WeChat keeps what it received or sent.
  ///
  /// A second file of the same name lies in a folder of its own, as it does when a day has passed.
  mutating func keep(_ file: FileItem) throws(EvidenceError) {
    guard let content = file.content, files.insert(file.md5 + file.name).inserted else { return }
    let isFirst = fileNames.insert(file.name).inserted
    let folder = folder + "/MicroMsg/Download" + (isFirst ? "" : "/" + file.md5.prefix(6))
    try ExportText.makeFolder(folder)
    var text = ExportText(path: folder + "/" + file.name)
    try text.write(String(decoding: content, as: UTF8.self))
    try text.flush()
  }
}
