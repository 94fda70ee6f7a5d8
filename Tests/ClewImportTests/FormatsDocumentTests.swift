import ClewImport
import Foundation
import Testing

@Suite struct `The list of formats` {
  @Test func `names every importer once, with its title`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "docs/formats.md"), encoding: .utf8)
    let rows = text.split(separator: "\n").map { $0.split(separator: "|").map(String.init) }
    for importer in ImporterRegistry.all {
      let named = rows.filter { $0.first == " `\(importer.format)` " }
      #expect(named.count == 1, "\(importer.format)")
      #expect(named.first?.dropFirst().first == " \(importer.title) ", "\(importer.format)")
    }
  }
}
