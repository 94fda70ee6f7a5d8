internal import ClewEvidence

/// The chat tables of a database that are named after the digest of the chat's user name.
struct WeChatChats {
  /// The tables with the digests in their names, in the order of the names' bytes.
  let tables: [(table: String, digest: String)]
  /// User names by their digests.
  let userNames: [String: String]
  let names: WeChatNames

  /// Makes the list of the tables whose names are one of the prefixes and 32 hex digits.
  init(
    _ database: SeizedDatabase,
    prefixes: [String],
    userNames: [String: String],
    names: WeChatNames
  ) {
    tables = Self.tables(database.tables, prefixes: prefixes)
    self.userNames = userNames
    self.names = names
  }

  /// The tables of that form, sorted.
  static func tables(
    _ tables: [String: [String]],
    prefixes: [String]
  ) -> [(table: String, digest: String)] {
    tables.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap { table in
      for prefix in prefixes where table.utf8.starts(with: prefix.utf8) {
        let digest = table.utf8.dropFirst(prefix.utf8.count)
        guard digest.count == 32, digest.allSatisfy({ Hexadecimal.digit($0) != nil }),
          let text = String(digest)
        else {
          continue
        }
        return (table, text.lowercased())
      }
      return nil
    }
  }

  /// The other account of the chat or the group; `nil` when no known user name has the digest.
  func known(_ digest: String) -> Account? { userNames[digest].flatMap(names.account) }

  /// What stands for a chat whose user name is unknown: a key that never merges.
  static func unknown(_ digest: String, isGroup: Bool) -> Account {
    Account(isGroup ? .group : .name, "wechat-chat-\(digest)")
  }

  /// Tells how many chats are unknown.
  func report(to sink: any UnitSink) {
    let unknown = tables.count { known($0.digest) == nil }
    guard unknown > 0 else { return }
    sink.setDecision(
      "unknown chats",
      "\(unknown) of \(tables.count) tables are named after no known account"
    )
  }
}
