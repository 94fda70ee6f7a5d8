internal import ClewEvidence

/// Unpacks archives into staged copies, within limits that run over all archives inside one.
///
/// Nothing is ever written under a member's own name. Members that nobody would read (pictures,
/// films) are only hashed and take no room.
final class ArchiveUnpacker {
  /// One member of an archive and what became of it.
  struct Unpacked {
    let name: String
    let displayPath: String
    /// The copy, or why there is none.
    let result: Result<StagedCopy, Refusal>
  }

  /// What an archive holds.
  struct Contents {
    var members: [Unpacked] = []
    /// Why the archive could not be read to its end; the members before are whole.
    var damage: String?
  }

  /// Why a member is not read.
  struct Refusal: Error { let reason: String }

  /// A limit of all archives inside one file was passed: nothing more of it is read.
  struct LimitPassed: Error { let reason: String }

  /// Members may be this many times as long as the archive, once they exceed ``ratioFloor``.
  static let ratioLimit: Int64 = 100
  /// Small archives of very regular files are no bombs.
  static let ratioFloor: Int64 = 16 << 20

  private let area: StagingArea
  private let archiveBytes: Int64
  private let limit: ArchiveLimit
  private let wants: (String, [UInt8]) -> Bool
  private var total: Int64 = 0
  private var kept: Int64 = 0
  private var count = 0

  /// Makes an unpacker for one outer archive.
  ///
  /// `wants` says whether a member of this name and beginning is worth a copy.
  init(
    area: StagingArea,
    archiveBytes: Int64,
    limit: ArchiveLimit = ArchiveLimit(),
    wants: @escaping (String, [UInt8]) -> Bool
  ) {
    self.area = area
    self.archiveBytes = archiveBytes
    self.limit = limit
    self.wants = wants
  }

  /// Reads the directory of a ZIP archive.
  func directory(of copyPath: String) throws -> ZipDirectory {
    try ZipDirectory(fileAt: copyPath, memberLimit: limit.members)
  }

  /// Unpacks the members of a ZIP archive, in the order of their place in it.
  ///
  /// `takes` says which members are looked at; the others are passed over.
  func unpack(
    zip directory: ZipDirectory,
    copyPath: String,
    displayPath: String,
    takes: (ZipDirectory.Member) -> Bool = { _ in true }
  ) throws -> Contents {
    var contents = Contents()
    if directory.members.isEmpty { return contents }
    var reader = try ZipReader(path: copyPath)
    var names = Occurrences(displayPath)
    do {
      for member in directory.members {
        do throws(ZipReader.Fault) {
          guard try reader.next() else { throw ZipReader.Fault(reason: "the archive breaks off") }
        } catch {
          if contents.members.isEmpty { throw error }
          contents.damage = Self.damage(error.reason, after: contents.members.count)
          break
        }
        guard reader.isAt(member.rawName) else {
          throw ZipReader.Fault(reason: "the archive's directory contradicts its contents")
        }
        if member.isFolder || !takes(member) { continue }
        try countMember()
        let result: Result<StagedCopy, Refusal>
        if let refusal = Self.refusal(
          member.name,
          isLink: member.isLink,
          isEncrypted: member.isEncrypted
        ) {
          result = .failure(refusal)
        } else {
          result = try copy(member.name) { buffer in
            do throws(ZipReader.Fault) { return try reader.read(into: &buffer) } catch {
              throw Refusal(reason: error.reason)
            }
          }
        }
        contents.members.append(names.unpacked(member.name, result))
      }
    } catch {
      discard(contents)
      throw error
    }
    return contents
  }

  /// Unpacks the members of any other container, in the order in which they come.
  func unpack(
    _ kind: ArchiveKind,
    copyPath: String,
    name: String,
    displayPath: String
  ) throws -> Contents {
    var contents = Contents()
    let isTar = try Self.holdsTar(kind, copyPath)
    var stream = try ArchiveStream(path: copyPath, kind: kind, isTar: isTar)
    var checksum = kind == .compressed(.gzip) && !isTar ? GzipChecksum() : nil
    var names = Occurrences(displayPath)
    do {
      while true {
        let member: ArchiveStream.Member?
        do throws(ArchiveStream.Fault) {
          member = try stream.next()
        } catch {
          if contents.members.isEmpty { throw error }
          contents.damage = Self.damage(error.reason, after: contents.members.count)
          break
        }
        guard let member else { break }
        if member.nature == .folder { continue }
        try countMember()
        let memberName = Self.name(of: member, in: kind, archive: name)
        let result: Result<StagedCopy, Refusal>
        if member.nature == .special {
          result = .failure(Refusal(reason: "a device or pipe; it was not unpacked"))
        } else if let refusal = Self.refusal(
          memberName,
          isLink: member.nature == .link,
          isEncrypted: member.isEncrypted
        ) {
          result = .failure(refusal)
        } else {
          result = try copy(memberName) { buffer in
            do throws(ArchiveStream.Fault) {
              let got = try stream.read(into: &buffer)
              checksum?.add(buffer, count: got)
              if got == 0, checksum?.contradicts(copyAt: copyPath) == true {
                throw ArchiveStream.Fault(reason: "the member is damaged or its checksum is wrong")
              }
              return got
            } catch {
              throw Refusal(reason: error.reason)
            }
          }
        }
        contents.members.append(names.unpacked(memberName, result))
      }
    } catch {
      discard(contents)
      throw error
    }
    return contents
  }

  /// Deletes the copies of what was unpacked.
  func discard(_ contents: Contents) {
    for case .success(let copy) in contents.members.map(\.result) { discard(copy) }
  }

  /// Deletes one copy; its room may be used again.
  func discard(_ copy: StagedCopy) {
    guard !copy.path.isEmpty else { return }
    kept -= copy.bytes
    area.discard(copy)
  }

  /// Counts bytes that are about to take room.
  func keep(_ bytes: Int) throws {
    kept += Int64(bytes)
    if kept > limit.bytes { throw LimitPassed(reason: limit.reason) }
  }

  // MARK: - Parts

  /// Whether a compressed stream begins like a tape archive.
  private static func holdsTar(_ kind: ArchiveKind, _ copyPath: String) throws -> Bool {
    guard case .compressed = kind else { return false }
    var stream = try ArchiveStream(path: copyPath, kind: kind, isTar: false)
    var head: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 512)
    guard try stream.next() != nil else { return false }
    while head.count < 512 {
      let got = try stream.read(into: &buffer)
      if got == 0 { break }
      head += buffer[..<got]
    }
    return ArchiveKind.isTar(head)
  }

  private static func name(
    of member: ArchiveStream.Member,
    in kind: ArchiveKind,
    archive: String
  ) -> String {
    guard let raw = member.rawName else {
      guard case .compressed(let compression) = kind else { return archive }
      return ArchiveName.withoutEnding(archive, compression)
    }
    let name = ArchiveName.decode(raw)
    return name.hasPrefix("./") ? String(name.dropFirst(2)) : name
  }

  private static func refusal(_ name: String, isLink: Bool, isEncrypted: Bool) -> Refusal? {
    if ArchiveName.leavesArchive(name) {
      return Refusal(reason: "its name leads out of the archive; it was not unpacked")
    }
    if isLink { return Refusal(reason: "a link; it was not followed") }
    if isEncrypted { return Refusal(reason: "encrypted; unpack it with its password first") }
    return nil
  }

  private static func damage(_ reason: String, after count: Int) -> String {
    "\(reason) after \(count) \(count == 1 ? "member" : "members"); what came before is read"
  }

  /// Copies one member, or only hashes it when its beginning says that nobody would read it.
  private func copy(
    _ name: String,
    _ read: (inout [UInt8]) throws -> Int
  ) throws -> Result<StagedCopy, Refusal> {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var head: [UInt8] = []
    var isOver = false
    do {
      while head.count < 1 << 16, !isOver {
        let got = try readOn(&buffer, read)
        isOver = got == 0
        head += buffer[..<got]
      }
    } catch let refusal as Refusal {
      return .failure(refusal)
    }
    let keeps = wants(name, head)
    var writer = try keeps ? area.makeWriter() : area.makeHasher()
    do {
      if keeps { try keep(head.count) }
      try writer.append(head, count: head.count)
      while !isOver {
        let got = try readOn(&buffer, read)
        isOver = got == 0
        if keeps { try keep(got) }
        try writer.append(buffer, count: got)
      }
    } catch let refusal as Refusal {
      discard(writer.finish())
      return .failure(refusal)
    } catch {
      discard(writer.finish())
      throw error
    }
    return .success(writer.finish())
  }

  private func readOn(_ buffer: inout [UInt8], _ read: (inout [UInt8]) throws -> Int) throws -> Int
  {
    let got = try read(&buffer)
    total += Int64(got)
    if total > Self.ratioFloor, total / Self.ratioLimit > archiveBytes {
      throw LimitPassed(reason: "its members are over 100 times as long: a decompression bomb")
    }
    return got
  }

  private func countMember() throws {
    count += 1
    if count > limit.members {
      throw LimitPassed(
        reason: "the archive holds more than \(limit.members) members; raise --archive-limit"
      )
    }
  }
}

/// Gives members of one name different paths.
private struct Occurrences {
  private let displayPath: String
  private var seen: [[UInt8]: Int] = [:]

  init(_ displayPath: String) { self.displayPath = displayPath }

  mutating func unpacked(
    _ name: String,
    _ result: Result<StagedCopy, ArchiveUnpacker.Refusal>
  ) -> ArchiveUnpacker.Unpacked {
    let key = Array(name.utf8)
    let occurrence = seen[key, default: 0] + 1
    seen[key] = occurrence
    return ArchiveUnpacker.Unpacked(
      name: ArchiveName.lastComponent(of: name),
      displayPath: "\(displayPath)!/\(name)" + (occurrence > 1 ? " (\(occurrence))" : ""),
      result: result
    )
  }
}
