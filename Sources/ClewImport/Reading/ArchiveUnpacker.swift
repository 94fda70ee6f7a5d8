internal import ClewEvidence

/// Unpacks archives into staged copies, within limits that run over all archives inside one.
///
/// Nothing is ever written under a member's own name.
final class ArchiveUnpacker {
  /// One member of an archive and what became of it.
  struct Unpacked {
    let name: String
    let displayPath: String
    /// The copy, or why there is none.
    let result: Result<StagedCopy, Refusal>
  }

  /// Why a member is not read.
  struct Refusal: Error { let reason: String }

  /// A limit of all archives inside one file was passed: nothing more of it is read.
  struct LimitPassed: Error { let reason: String }

  /// All members together may be this long.
  static let totalLimit: Int64 = 1 << 30
  /// Members may be this many times as long as the archive, once they exceed ``ratioFloor``.
  static let ratioLimit: Int64 = 100
  /// Small archives of very regular files are no bombs.
  static let ratioFloor: Int64 = 16 << 20

  private let area: StagingArea
  private let archiveBytes: Int64
  private var total: Int64 = 0

  /// Makes an unpacker for one outer archive.
  init(area: StagingArea, archiveBytes: Int64) {
    self.area = area
    self.archiveBytes = archiveBytes
  }

  /// Unpacks all members of one archive.
  func unpack(copyPath: String, displayPath: String) throws -> [Unpacked] {
    let directory = try ZipDirectory(fileAt: copyPath)
    if directory.members.isEmpty { return [] }
    var reader = try ZipReader(path: copyPath)
    var unpacked: [Unpacked] = []
    var seen: [[UInt8]: Int] = [:]
    do {
      for member in directory.members {
        guard try reader.next() else { throw ZipReader.Fault(reason: "the archive breaks off") }
        guard reader.isAt(member.rawName) else {
          throw ZipReader.Fault(reason: "the archive's directory contradicts its contents")
        }
        if member.isFolder { continue }
        let occurrence = seen[member.rawName, default: 0] + 1
        seen[member.rawName] = occurrence
        let display =
          "\(displayPath)!/\(member.name)" + (occurrence > 1 ? " (\(occurrence))" : "")
        unpacked.append(
          Unpacked(
            name: Self.lastComponent(of: member.name),
            displayPath: display,
            result: try copy(member, from: reader)
          )
        )
      }
    } catch {
      for case .success(let copy) in unpacked.map(\.result) { area.discard(copy) }
      throw error
    }
    return unpacked
  }

  private func copy(
    _ member: ZipDirectory.Member,
    from reader: borrowing ZipReader
  ) throws -> Result<StagedCopy, Refusal> {
    if member.leavesArchive {
      return .failure(Refusal(reason: "its name leads out of the archive; it was not unpacked"))
    }
    if member.isLink { return .failure(Refusal(reason: "a link; it was not followed")) }
    if member.isEncrypted {
      return .failure(Refusal(reason: "encrypted; unpack it with its password first"))
    }
    var writer = try area.makeWriter()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    do {
      while true {
        let got = try reader.read(into: &buffer)
        if got == 0 { break }
        total += Int64(got)
        try checkLimits()
        try writer.append(buffer, count: got)
      }
    } catch let fault as ZipReader.Fault {
      area.discard(writer.finish())
      return .failure(Refusal(reason: fault.reason))
    } catch {
      area.discard(writer.finish())
      throw error
    }
    return .success(writer.finish())
  }

  private func checkLimits() throws {
    if total > Self.totalLimit {
      throw LimitPassed(reason: "its members are longer than 1 GiB together; unpack it first")
    }
    if total > Self.ratioFloor, total / Self.ratioLimit > archiveBytes {
      throw LimitPassed(reason: "its members are over 100 times as long: a decompression bomb")
    }
  }

  private static func lastComponent(of name: String) -> String {
    let parts = name.utf8.split(whereSeparator: { [0x2F, 0x5C].contains($0) })
    return parts.last.flatMap { String($0) } ?? name
  }
}
