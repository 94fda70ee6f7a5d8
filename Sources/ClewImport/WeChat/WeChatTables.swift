/// Questions to the schema of a WeChat database.
enum WeChatTables {
  /// Whether a table has all of the columns.
  static func has(_ wanted: [String], _ columns: [String]?) -> Bool {
    guard let columns else { return false }
    return wanted.allSatisfy(columns.contains)
  }
}
