import ClewEvidence
import Foundation
import Testing

@testable import ClewImport

/// Puts files into a folder and says what the finder makes of them.
final class Findings {
  let staged: Staged
  /// The decisions of each source by its shown path.
  private(set) var decisions: [String: [String: String]] = [:]
  /// The text of each source by its shown path.
  private(set) var texts: [String: String] = [:]
  /// The workbook that each source is a sheet of.
  private(set) var containers: [String: FileReference] = [:]
  /// The units of each source by its shown path.
  private(set) var sinks: [String: CollectingSink] = [:]

  init() throws {
    staged = try Staged()
    try FileManager.default.createDirectory(
      atPath: staged.folder + "/in",
      withIntermediateDirectories: true
    )
  }

  @discardableResult
  func put(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    try staged.write("in/" + name, bytes)
  }

  /// Every finding as one line: path, then importer and units or the reason; faults with `!`.
  func look(
    limit: Int = 1,
    importers: [any Importer] = ImporterRegistry.all
  ) throws -> [String] {
    var lines: [String] = []
    var finder = SourceFinder(area: staged.area, importers: importers)
    finder.archiveLimit = limit
    try finder.find([staged.folder + "/in"]) { finding in
      switch finding {
      case .source(let source, let importer, _):
        let sink = CollectingSink()
        let units = try importer.read(source, into: sink)
        #expect(units == sink.unitCount)
        let path = shown(source.displayPath)
        decisions[path] = source.decisions
        containers[path] = source.container
        sinks[path] = sink
        texts[path] = try? String(contentsOfFile: source.copyPath, encoding: .utf8)
        lines.append("\(path) -> \(importer.format) \(units)")
      case .unread(let unread):
        lines.append("\(shown(unread.displayPath)):\(unread.isFault ? "!" : "") \(unread.reason)")
      }
    }
    // Nothing is left in the staging area, whatever happened.
    #expect(try FileManager.default.contentsOfDirectory(atPath: staged.area.folder).isEmpty)
    return lines
  }

  private func shown(_ path: String) -> String {
    path.replacingOccurrences(of: staged.folder + "/in/", with: "")
  }
}

/// Takes any text and keeps its lines: for tests of what comes out of archives and workbooks.
struct AnyText: Importer {
  let format = "any-text"
  let title = "Any text"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    source.tables == nil && FileSignature.isText(source.head)
      && ArchiveKind(head: source.head) == nil
      ? Recognition(confidence: 1, sign: "text") : nil
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 { 0 }
}

/// Makes tape archives byte by byte, so that each field can lie.
struct TarMaker {
  struct Member {
    var name: [UInt8]
    var data: [UInt8]
    /// `0` file, `1` hard link, `2` symbolic link, `3` device, `5` folder.
    var type = UInt8(ascii: "0")
    var target = ""
    var size: Int?

    init(_ name: String, _ data: some Sequence<UInt8>, type: Character = "0", target: String = "") {
      self.name = Array(name.utf8)
      self.data = Array(data)
      self.type = type.asciiValue ?? 0x30
      self.target = target
    }
  }

  var members: [Member]

  func bytes() -> [UInt8] {
    var out: [UInt8] = []
    for member in members {
      var header = [UInt8](repeating: 0, count: 512)
      func set(_ place: Int, _ bytes: some Sequence<UInt8>) {
        for (index, byte) in bytes.enumerated() { header[place + index] = byte }
      }
      func octal(_ number: Int, _ width: Int) -> [UInt8] {
        let digits = String(number, radix: 8)
        return Array((String(repeating: "0", count: width - digits.count) + digits).utf8)
      }
      set(0, member.name)
      set(100, octal(0o644, 7))
      set(108, octal(0, 7))
      set(116, octal(0, 7))
      set(124, octal(member.size ?? member.data.count, 11))
      set(136, octal(1_700_000_000, 11))
      set(148, [UInt8](repeating: 0x20, count: 8))
      set(156, [member.type])
      set(157, member.target.utf8)
      set(257, Array("ustar\0".utf8) + Array("00".utf8))
      set(148, octal(header.reduce(0) { $0 + Int($1) }, 6) + [0, 0x20])
      out += header + member.data
      out += [UInt8](repeating: 0, count: (512 - member.data.count % 512) % 512)
    }
    return out + [UInt8](repeating: 0, count: 1024)
  }
}
