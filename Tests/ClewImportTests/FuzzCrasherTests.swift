import ClewEvidence
import ClewImport
import Foundation
import Testing

/// What fuzzing found once must never come back: every file under `Fuzz/Crashers/<format>/`.
@Suite struct `Every crasher` {
  static let files: [String] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fuzz/Crashers").path
    let paths = FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? []
    return paths.filter { $0.contains("/") }.sorted().map { root + "/" + $0 }
  }()

  @Test(arguments: files)
  func `is read or refused, and every unit accounted for`(path: String) throws {
    let url = URL(filePath: path)
    let bytes = Array(try Data(contentsOf: url))
    let format = url.deletingLastPathComponent().lastPathComponent
    if format == "values" {
      let text = String(decoding: bytes, as: UTF8.self)
      let account = AccountNormalizer.canonical(text)
      #expect(account.flatMap { AccountNormalizer.canonical($0.description) } == account)
      return
    }
    let named = ImporterRegistry.all.filter { $0.format == format }
    let staged = try Staged()
    for importer in named.isEmpty ? ImporterRegistry.all : named {
      do {
        let (sink, units) = try staged.read(importer, "crasher", bytes)
        #expect(units == sink.unitCount)
      } catch let error as ImportError {
        #expect(!error.description.contains("\n"))
      } catch let error as EvidenceError {
        #expect(!error.description.contains("\n"))
      }
    }
  }
}
