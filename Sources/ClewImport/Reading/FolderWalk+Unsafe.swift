internal import Glibc

/// Lists what lies under the paths that a user gives, without following links.
enum FolderWalk {
  /// One thing that was found.
  enum Entry {
    case file(path: String)
    /// Something that is no file to read, and why.
    case other(path: String, reason: String)
  }

  /// No case folder nests deeper.
  private static let depthLimit = 64

  /// Expands folders into their files, all sorted by the bytes of their paths.
  ///
  /// A path that is no folder is passed on as it is; opening it will tell what it is.
  static func entries(under paths: [String]) -> [Entry] {
    var found: [(path: String, entry: Entry)] = []
    var pending = paths.map { (path: $0, depth: 0) }
    while let (path, depth) = pending.popLast() {
      guard kind(of: path) == S_IFDIR else {
        found.append((path, .file(path: path)))
        continue
      }
      guard depth < depthLimit else {
        found.append((path, .other(path: path, reason: "folders nest deeper than \(depthLimit)")))
        continue
      }
      guard let names = names(in: path) else {
        found.append((path, .other(path: path, reason: "the folder cannot be listed")))
        continue
      }
      let prefix = path.hasSuffix("/") ? path : path + "/"
      for name in names {
        if let text = String(validating: name, as: UTF8.self) {
          pending.append((prefix + text, depth + 1))
        } else {
          let shown = prefix + escaped(name)
          found.append(
            (shown, .other(path: shown, reason: "its name is not UTF-8; copy it under another"))
          )
        }
      }
    }
    found.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    var last: String?
    return found.compactMap { path, entry in
      defer { last = path }
      // The same file given twice is read once.
      if let last, last.utf8.elementsEqual(path.utf8) { return nil }
      return entry
    }
  }

  private static func kind(of path: String) -> mode_t? {
    var info = stat()
    guard unsafe lstat(path, &info) == 0 else { return nil }
    return info.st_mode & S_IFMT
  }

  /// The names in a folder; the stream is closed before this returns.
  private static func names(in folder: String) -> [[UInt8]]? {
    guard let stream = unsafe opendir(folder) else { return nil }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { raw in
        unsafe Array(raw.prefix { $0 != 0 })
      }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
    return names
  }

  private static func escaped(_ name: [UInt8]) -> String {
    name.map { byte in
      (0x20..<0x7F).contains(byte)
        ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
