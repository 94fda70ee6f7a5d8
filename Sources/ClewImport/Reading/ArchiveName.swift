/// The names of members: bytes that somebody else chose.
enum ArchiveName {
  /// The name as text: UTF-8, else GB18030 as Chinese Windows writes it, else with the odd bytes as
  /// `\xNN`.
  static func decode(_ raw: [UInt8]) -> String {
    if let text = String(validating: raw, as: UTF8.self) { return text }
    if let text = GB18030.decode(raw) { return text }
    return raw.map { byte in
      (0x20..<0x7F).contains(byte)
        ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  /// Whether the name is absolute or climbs out of the archive.
  static func leavesArchive(_ name: String) -> Bool {
    let parts = name.utf8.split(
      omittingEmptySubsequences: false,
      whereSeparator: { [0x2F, 0x5C].contains($0) }
    )
    if parts.count > 1, parts[0].isEmpty { return true }
    if let first = parts.first, first.count == 2, first.last == UInt8(ascii: ":") { return true }
    return name.utf8.contains(0) || parts.contains { $0.elementsEqual("..".utf8) }
  }

  /// The part after the last slash of either kind.
  static func lastComponent(of name: String) -> String {
    let parts = name.utf8.split(whereSeparator: { [0x2F, 0x5C].contains($0) })
    return parts.last.flatMap { String($0) } ?? name
  }

  /// The name of a single compressed file without the ending that the compression added.
  static func withoutEnding(_ name: String, _ compression: ArchiveKind.Compression) -> String {
    let lower = name.lowercased()
    for ending in compression.endings
    where lower.hasSuffix(ending) && lower.utf8.count > ending.utf8.count {
      return String(name.dropLast(ending.count))
    }
    return name
  }
}
