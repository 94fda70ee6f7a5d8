import ClewEvidence
import ClewImport
import Foundation
import Testing

/// What fuzzing found once must never come back: every file under `Fuzz/Crashers/<reader>/`, where the
/// reader is a format or one of the folders named below.
@Suite struct `Every crasher` {
  static let package = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fuzz")

  static let files: [String] = {
    let root = package.appending(path: "Crashers").path
    let paths = FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? []
    return paths.filter { $0.contains("/") }.sorted().map { root + "/" + $0 }
  }()

  @Test(arguments: files)
  func `is read or refused, and every unit accounted for`(path: String) throws {
    let url = URL(filePath: path)
    let bytes = Array(try Data(contentsOf: url))
    let staged = try Staged()
    switch url.deletingLastPathComponent().lastPathComponent {
    case "values":
      let text = String(decoding: bytes, as: UTF8.self)
      let account = AccountNormalizer.canonical(text)
      #expect(account.flatMap { AccountNormalizer.canonical($0.description) } == account)
    case "arrow": break  // ArrowFormatTests reads them.
    case "finder": try find(bytes, staged)
    case "map": try read(byMap: bytes, staged)
    case "recognised":
      let source = try staged.area.stage(try staged.write("crasher", bytes))
      if let (importer, _) = ImporterRegistry.best(for: source) {
        try read(importer, bytes, staged)
      }
    case let format:
      let importer = ImporterRegistry.all.first { $0.format == format }
      try read(#require(importer, "no importer reads \(format)"), bytes, staged)
    }
  }

  @Test func `lies where its reader is known`() {
    let readers = Set(
      ImporterRegistry.all.map(\.format) + ["values", "finder", "map", "recognised", "arrow"]
    )
    for path in Self.files {
      #expect(readers.contains(URL(filePath: path).deletingLastPathComponent().lastPathComponent))
    }
  }

  /// As ``SourceFinder`` takes it: unpacked, and every part read by whoever knows it.
  private func find(_ bytes: [UInt8], _ staged: Staged) throws {
    try SourceFinder(area: staged.area).find([try staged.write("crasher", bytes)]) { finding in
      switch finding {
      case .unread(let unread): #expect(!unread.reason.contains("\n"))
      case .source(let source, let importer, _): try read(importer, source)
      }
    }
  }

  /// A map, a zero byte, and the table that it describes.
  private func read(byMap bytes: [UInt8], _ staged: Staged) throws {
    let halves = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let map = try staged.write("map.yaml", halves.first ?? [])
    do {
      for map in try MapFile.read(map) {
        try read(MappedTable(map), Array(halves.dropFirst().first ?? []), staged)
      }
    } catch let error as ImportError {
      #expect(!error.description.contains("\n"))
    }
  }

  private func read(_ importer: any Importer, _ bytes: [UInt8], _ staged: Staged) throws {
    do {
      let source = try staged.area.stage(try staged.write("crasher", bytes))
      defer { staged.area.discard(source) }
      try read(importer, source)
    } catch let error as EvidenceError {
      #expect(!error.description.contains("\n"))
    }
  }

  private func read(_ importer: any Importer, _ source: StagedSource) throws {
    do {
      _ = importer.recognise(source)
      let sink = CollectingSink()
      #expect(try importer.read(source, into: sink) == sink.unitCount)
      #expect(Set(sink.units.map(\.position)).count == sink.units.count)
      #expect(sink.rejects.allSatisfy { !$0.reason.isEmpty && !$0.reason.contains("\n") })
    } catch let error as ImportError {
      #expect(!error.description.contains("\n"))
    } catch let error as EvidenceError {
      #expect(!error.description.contains("\n"))
    }
  }
}

/// The targets of the fuzzer, as `Fuzz/targets.txt` lists them.
@Suite struct `The fuzz targets` {
  @Test func `reach every importer`() throws {
    let list = `Every crasher`.package.appending(path: "targets.txt")
    var reached: [String] = []
    for line in try String(contentsOf: list, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count > 2, words[0] != "#" else { continue }
      if words[1] == "bytes" || words[1] == "database" { reached += words.dropFirst(2) }
    }
    for importer in ImporterRegistry.all {
      #expect(reached.contains(importer.format), "\(importer.format) stands in no fuzz target")
    }
    #expect(Set(reached).count == reached.count, "an importer stands in two targets of files")
  }
}
