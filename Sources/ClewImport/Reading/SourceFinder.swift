public import ClewEvidence

/// Expands the paths that a user gives into staged sources, each with the importer that reads it.
///
/// Files, folders and archives are taken, and every sheet of a workbook as a table of its own; the
/// sidecars of a database belong to it. Whatever no importer reads is listed with the reason and never
/// stops the rest.
///
/// ```swift
/// try SourceFinder(area: area).find(["/seized/phone"]) { finding in
///   switch finding {
///   case .source(let source, let importer, _): _ = try importer.read(source, into: sink)
///   case .unread(let unread): print(unread)
///   }
/// }
/// ```
public struct SourceFinder {
  /// A file that no importer reads.
  public struct Unread: Sendable, Hashable, CustomStringConvertible {
    /// The path for people, with `!/member` for a member of an archive.
    public let displayPath: String
    /// Why it is not read, in one line.
    public fileprivate(set) var reason: String
    /// Its size, if it could be read at all.
    public let bytes: Int64?
    /// Its SHA-256, if it could be read at all.
    public let sha256: String?
    /// Whether the file may well be evidence but is damaged or closed to us.
    public var isFault = false
    /// The sources that were read with it at hand, such as a database with the key to its texts.
    public fileprivate(set) var neighbours: [String] = []
    /// Whether some importer may need it beside its own sources.
    fileprivate var isNeighbour = false
    /// The encodings that fit, where the finder was asked for maps and the file is text.
    var encoding = ""
    /// A map for the table, where the finder was asked for maps.
    var proposedMap: String?
    /// What was decided before, such as how a sheet became a table.
    var decisions: [String: String] = [:]

    /// One line: where and why.
    public var description: String { "\(displayPath): \(reason)" }
  }

  /// What became of one file.
  public enum Finding {
    /// A file that an importer reads. Its copy is deleted when the call with it returns.
    case source(StagedSource, any Importer, Recognition)
    /// A file that is only listed.
    case unread(Unread)
  }

  /// How much of the archives inside one file is unpacked, in GiB; each also allows ten thousand
  /// members.
  public var archiveLimit = 1

  /// Whether tables that nobody knows get a proposed map.
  var proposesMaps = false

  private let area: StagingArea
  private let importers: [any Importer]

  /// Makes a finder that stages into `area`.
  public init(area: StagingArea, importers: [any Importer] = ImporterRegistry.all) {
    self.area = area
    self.importers = importers
  }

  /// Hands every file under the paths to `body`, in the order of the bytes of their paths; those that
  /// are no sources but may be needed beside one come last.
  ///
  /// - Returns: How many files there were. 0 means that the folders were empty: there are no files.
  /// - Throws: What `body` throws, and `EvidenceError.diskFull(path:)`; a fault of one file is a
  ///   finding, not an error.
  @discardableResult
  public func find(_ paths: [String], _ body: (Finding) throws -> Void) throws -> Int {
    var count = 0
    // Compared by bytes: names that only look alike are different files.
    var sidecars: Set<[UInt8]> = []
    let entries = FolderWalk.entries(under: paths)
    let shelf = shelf(of: entries)
    defer { shelf.clear() }
    var neighbours: [Unread] = []
    for entry in entries {
      switch entry {
      case .other(let path, let reason):
        count += 1
        try body(.unread(Unread(displayPath: path, reason: reason, bytes: nil, sha256: nil)))
      case .file(let path):
        if sidecars.contains(Array(path.utf8)) { continue }
        count += 1
        let source: StagedSource
        do {
          source = try area.stage(path, wanted: wants)
        } catch .diskFull(let path) {
          throw EvidenceError.diskFull(path: path)
        } catch {
          // The sidecars of a refused database are not evidence of their own either.
          sidecars.formUnion(Self.sidecarPaths(path))
          try body(.unread(Self.unread(error, path)))
          continue
        }
        if source.tables != nil { sidecars.formUnion(Self.sidecarPaths(path)) }
        defer { area.discard(source) }
        try hand(source, depth: 0, unpacker: nil, shelf: shelf) {
          try Self.keep($0, in: &neighbours, or: body)
        }
      }
    }
    try Self.hand(neighbours, of: shelf, to: body)
    return count
  }

  // MARK: - Parts

  /// Keeps what may be a neighbour until all sources around it have asked for theirs.
  private static func keep(
    _ finding: Finding,
    in neighbours: inout [Unread],
    or body: (Finding) throws -> Void
  ) throws {
    if case .unread(let unread) = finding, unread.isNeighbour, unread.neighbours.isEmpty {
      neighbours.append(unread)
    } else {
      try body(finding)
    }
  }

  /// Hands on what was kept, with the sources that asked for it.
  private static func hand(
    _ neighbours: [Unread],
    of shelf: CompanionShelf,
    to body: (Finding) throws -> Void
  ) throws {
    for unread in neighbours {
      var unread = unread
      unread.neighbours = shelf.askers(of: unread.displayPath)
      if let first = unread.neighbours.first {
        unread.reason = "no source of its own: \(first) was read with it at hand"
      }
      try body(.unread(unread))
    }
  }

  /// Whether a file's beginning gives a reason to copy it.
  private func wants(_ probe: StagedSource) -> Bool {
    if ArchiveKind(head: probe.head) != nil || FileSignature.isText(probe.head) { return true }
    return importers.contains { $0.recognise(probe) != nil }
  }

  /// Whether a member of an archive is worth a copy; the others are only hashed.
  private func wants(member name: String, head: [UInt8]) -> Bool {
    if FileSignature.isSQLite(head) || SidecarNames.isSidecar(name) { return true }
    return wants(
      StagedSource(
        displayPath: name,
        name: ArchiveName.lastComponent(of: name),
        copyPath: "",
        bytes: Int64(head.count),
        sha256: "",
        sidecars: [],
        head: head,
        tables: nil
      )
    )
  }

  /// The databases and keys among the files, for importers that need neighbours.
  private func shelf(of entries: [FolderWalk.Entry]) -> CompanionShelf {
    let files = entries.compactMap { entry in
      if case .file(let path) = entry { path } else { nil as String? }
    }
    return CompanionShelf(
      paths: files,
      load: { try? area.stageNeighbour($0, limit: CompanionShelf.sizeLimit) },
      release: area.discard
    )
  }

  private func hand(
    _ source: StagedSource,
    depth: Int,
    unpacker: ArchiveUnpacker?,
    shelf: CompanionShelf,
    to body: (Finding) throws -> Void
  ) throws {
    if !source.copyPath.isEmpty,
      let (importer, recognition) = ImporterRegistry.best(for: source, among: importers)
    {
      var source = source
      if source.tables != nil {
        source.companions = shelf.companions(of: source.displayPath, for: importer)
      }
      try body(.source(source, importer, recognition))
    } else if !source.copyPath.isEmpty, let kind = ArchiveKind(head: source.head) {
      try expand(source, kind, depth: depth, unpacker: unpacker, to: body)
    } else {
      var unread = Self.unread(source, reason: FileSignature.reason(for: source))
      unread.isNeighbour = importers.contains { $0.wants(companion: source) }
      if proposesMaps, !source.copyPath.isEmpty {
        unread.encoding = IntakePreview.encoding(of: source)
        unread.proposedMap = MapProposal(source)?.yaml
        unread.decisions = source.decisions
      }
      try body(.unread(unread))
    }
  }

  private func expand(
    _ archive: StagedSource,
    _ kind: ArchiveKind,
    depth: Int,
    unpacker: ArchiveUnpacker?,
    to body: (Finding) throws -> Void
  ) throws {
    let unpacker =
      unpacker
      ?? ArchiveUnpacker(
        area: area,
        archiveBytes: archive.bytes,
        limit: ArchiveLimit(gibibytes: archiveLimit),
        wants: wants(member:head:)
      )
    do {
      let directory = kind == .zip ? try unpacker.directory(of: archive.copyPath) : nil
      if let directory, WorkbookPackage.isOffice(directory) {
        let expander = WorkbookExpander(area: area, unpacker: unpacker)
        return try hand(expander.sheets(of: archive, directory), unpacker, to: body)
      }
      guard depth < 2 else {
        return try body(
          .unread(Self.unread(archive, reason: FileSignature.reason(for: archive)))
        )
      }
      let contents =
        if let directory {
          try unpacker.unpack(
            zip: directory,
            copyPath: archive.copyPath,
            displayPath: archive.displayPath
          )
        } else {
          try unpacker.unpack(
            kind,
            copyPath: archive.copyPath,
            name: archive.name,
            displayPath: archive.displayPath
          )
        }
      try hand(contents, of: archive, depth: depth, unpacker: unpacker, to: body)
    } catch let error where Self.isOfArchive(error) {
      var unread = Self.unread(archive, reason: ArchiveUnpacker.reason(error))
      unread.isFault = (error as? PartFault)?.isEvidence ?? true
      try body(.unread(unread))
    }
  }

  /// Whether an error is the archive's own fault; all others go through.
  private static func isOfArchive(_ error: any Error) -> Bool {
    error is ZipDirectory.Fault || error is ZipReader.Fault || error is ArchiveStream.Fault
      || error is PartFault || error is ArchiveUnpacker.LimitPassed
  }

  /// Hands on the sheets of a workbook.
  private func hand(
    _ sheets: [WorkbookExpander.Sheet],
    _ unpacker: ArchiveUnpacker,
    to body: (Finding) throws -> Void
  ) throws {
    defer { for case .success(let source) in sheets.map(\.result) { area.discard(source) } }
    let shelf = CompanionShelf(paths: [], load: { _ in nil }, release: { _ in })
    for sheet in sheets {
      switch sheet.result {
      case .success(let source):
        try hand(source, depth: 2, unpacker: unpacker, shelf: shelf, to: body)
      case .failure(let refusal):
        var unread = Unread(
          displayPath: sheet.displayPath,
          reason: refusal.reason,
          bytes: nil,
          sha256: nil
        )
        unread.isFault = sheet.isFault
        try body(.unread(unread))
      }
    }
  }

  /// Hands on the members of an archive, databases with their sidecars.
  private func hand(
    _ contents: ArchiveUnpacker.Contents,
    of archive: StagedSource,
    depth: Int,
    unpacker: ArchiveUnpacker,
    to body: (Finding) throws -> Void
  ) throws {
    defer { unpacker.discard(contents) }
    let members = contents.members
    if let damage = contents.damage {
      var unread = Self.unread(archive, reason: damage)
      unread.isFault = true
      try body(.unread(unread))
    } else if members.isEmpty {
      try body(.unread(Self.unread(archive, reason: "an archive without files")))
    }
    var sources: [StagedSource] = []
    var refused: [Unread] = []
    for group in MemberGroup.groups(of: members) {
      switch group.main.result {
      case .failure(let refusal):
        let path = group.main.displayPath
        refused.append(
          Unread(displayPath: path, reason: refusal.reason, bytes: nil, sha256: nil)
        )
      case .success(let copy):
        do {
          sources.append(
            try area.assemble(
              copy,
              sidecars: group.sidecars,
              displayPath: group.main.displayPath,
              name: group.main.name
            )
          )
        } catch {
          refused.append(Self.unread(error, group.main.displayPath))
        }
      }
    }
    defer { for source in sources { area.discard(source) } }
    for unread in refused { try body(.unread(unread)) }
    let inside = Dictionary(
      sources.map { ($0.displayPath, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let shelf = CompanionShelf(
      paths: sources.map(\.displayPath),
      load: { path in
        inside[path].flatMap {
          $0.tables == nil && $0.bytes > StagingArea.keyLimit ? nil : $0
        }
      },
      release: { _ in }
    )
    var neighbours: [Unread] = []
    for source in sources {
      try hand(source, depth: depth + 1, unpacker: unpacker, shelf: shelf) {
        try Self.keep($0, in: &neighbours, or: body)
      }
    }
    try Self.hand(neighbours, of: shelf, to: body)
  }

  private static func sidecarPaths(_ path: String) -> [[UInt8]] {
    SidecarNames.suffixes.map { Array((path + $0).utf8) }
  }

  private static func unread(_ source: StagedSource, reason: String) -> Unread {
    Unread(
      displayPath: source.displayPath,
      reason: reason,
      bytes: source.bytes,
      sha256: source.sha256
    )
  }

  private static func unread(_ error: EvidenceError, _ path: String) -> Unread {
    let full = error.description
    let prefix = path + ": "
    let reason = full.hasPrefix(prefix) ? String(full.dropFirst(prefix.count)) : full
    var unread = Unread(displayPath: path, reason: reason, bytes: nil, sha256: nil)
    switch error {
    case .damagedDatabase, .permissionDenied, .inputOutput, .changedDuringRead:
      unread.isFault = true
    default: break
    }
    return unread
  }
}

/// A member of an archive with the sidecars that lie beside it there.
private struct MemberGroup {
  let main: ArchiveUnpacker.Unpacked
  var sidecars: [(suffix: String, copy: StagedCopy)] = []

  /// Groups databases with their sidecars, sorted by the bytes of the display paths.
  static func groups(of members: [ArchiveUnpacker.Unpacked]) -> [MemberGroup] {
    let databases = Set(
      members.compactMap { member in
        guard case .success(let copy) = member.result, FileSignature.isSQLite(copy.head) else {
          return nil as String?
        }
        return member.displayPath
      }
    )
    var sidecars: [String: [(suffix: String, copy: StagedCopy)]] = [:]
    var mains: [ArchiveUnpacker.Unpacked] = []
    for member in members {
      let suffix = SidecarNames.suffixes.first { suffix in
        member.displayPath.hasSuffix(suffix)
          && databases.contains(String(member.displayPath.dropLast(suffix.count)))
      }
      if let suffix, case .success(let copy) = member.result {
        sidecars[String(member.displayPath.dropLast(suffix.count)), default: []]
          .append((suffix, copy))
      } else {
        mains.append(member)
      }
    }
    return mains.map { MemberGroup(main: $0, sidecars: sidecars[$0.displayPath] ?? []) }
      .sorted { $0.main.displayPath.utf8.lexicographicallyPrecedes($1.main.displayPath.utf8) }
  }
}

/// The names of the files that belong to a database.
enum SidecarNames {
  static let suffixes = ["-wal", "-shm", "-journal"]

  static func isSidecar(_ name: String) -> Bool { suffixes.contains { name.hasSuffix($0) } }
}
