internal import ClewEvidence

/// The addresses of WhatsApp (`…@s.whatsapp.net`, `…@g.us`), by row number and as text.
struct WhatsAppAddresses {
  /// Text of `jid` by its row.
  private var texts: [Int64: String] = [:]
  /// The telephone address behind a privacy address (`…@lid`), both by row.
  private var phones: [Int64: Int64] = [:]

  init() {}

  /// Reads the tables `jid` and `jid_map`.
  init(_ database: SeizedDatabase) throws {
    try database.forEachRow(of: "jid", columns: ["_id", "raw_string", "user", "server"]) { row in
      guard let id = row.integer(0) else { return }
      var text = (try? row.text(1)) ?? ""
      if text.isEmpty, let user = (try? row.text(2)) ?? nil, let server = (try? row.text(3)) ?? nil
      {
        text = "\(user)@\(server)"
      }
      texts[id] = text
    }
    try database.forEachRow(of: "jid_map", columns: ["lid_row_id", "jid_row_id"]) { row in
      if let lid = row.integer(0), let phone = row.integer(1) { phones[lid] = phone }
    }
  }

  /// The account behind a row of `jid`.
  func account(_ row: Int64?) -> Account? {
    guard let row, let text = texts[phones[row] ?? row] else { return nil }
    return Self.account(text)
  }

  /// The account behind an address.
  ///
  /// A person's address is a telephone number with a server behind it, and sometimes with the number
  /// of a device (`86138…:2@s.whatsapp.net`). A privacy address hides the number: it stays a name.
  static func account(_ text: String) -> Account? {
    guard text.utf8.count <= 128, let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else {
      return nil
    }
    let server = String(text[text.utf8.index(after: at)...])
    let user = text.utf8[..<at].prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ".") }
    guard !user.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    let isNumber = user.allSatisfy { (0x30...0x39).contains($0) }
    switch server {
    case "s.whatsapp.net", "c.us":
      guard isNumber else { return nil }
      return AccountNormalizer.phone("+\(Substring(user))") ?? Account(.service, text)
    case "g.us": return Account(.group, text)
    case "lid": return Account(.name, "\(Substring(user))@lid")
    case "broadcast", "newsletter", "call", "status_me", "temp", "bot":
      return Account(.service, text)
    default: return nil
    }
  }
}
