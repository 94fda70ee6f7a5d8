import ClewChain
import ClewEvidence
import ClewImport
import Foundation
import Testing

@testable import ClewReport

@Suite struct `An exported graph` {
  /// The export is written beside the case and read like any other file.
  private func read(
    _ text: String,
    as format: String,
    in made: HostileCase
  ) throws -> CollectingSink {
    let path = made.folder + "/chain." + format
    try Data(text.utf8).write(to: URL(filePath: path))
    let area = try StagingArea(in: made.folder)
    defer { area.remove() }
    let source = try area.stage(path)
    let (importer, _) = try #require(ImporterRegistry.best(for: source))
    #expect(importer.format == format)
    let sink = CollectingSink()
    let units = try importer.read(source, into: sink)
    #expect(units == sink.unitCount)
    return sink
  }

  @Test(arguments: ["graphml", "gexf"])
  func `is read again, its parties by their accounts`(format: String) throws {
    let made = try HostileCase()
    let analysis = try LocalEngine().analyze(made.file)
    let text = format == "gexf" ? GEXFText.text(analysis) : GraphMLText.text(analysis)
    let sink = try read(text, as: format, in: made)
    #expect(sink.rejects.isEmpty && sink.skips.isEmpty)
    #expect(sink.units.count == 5)
    let named = sink.items.compactMap { item in
      if case .contact(let contact) = item, contact.owner == nil { contact.contact } else { nil }
    }
    #expect(Set(named.map(\.value)) == ["wxid_a", "wxid_b", "wxid_c"])
    #expect(named.allSatisfy { $0.scheme == .wechat })
  }

  @Test(arguments: ["graphml", "gexf"])
  func `comes back as lines between parties, for a finding is no evidence`(
    format: String
  ) throws {
    let made = try HostileCase()
    let analysis = try LocalEngine().analyze(made.file)
    let text = format == "gexf" ? GEXFText.text(analysis) : GraphMLText.text(analysis)
    let sink = try read(text, as: format, in: made)
    var lines: [String] = []
    for item in sink.items {
      switch item {
      case .contact(let contact):
        if let owner = contact.owner {
          lines.append("\(owner.value)>\(contact.contact.value)")
          #expect(contact.nature == .stranger)
        }
      default: Issue.record("an export became evidence")
      }
    }
    #expect(lines.sorted() == ["wxid_a>wxid_b", "wxid_b>wxid_c"])
  }
}
