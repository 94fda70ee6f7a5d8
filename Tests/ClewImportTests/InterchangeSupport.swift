import ClewEvidence
import ClewImport
import Foundation
import Testing

/// The five persons of the sample graph, whatever a file calls them.
enum SamplePerson {
  private static let words = [
    ["p1", "泥鳅", "wxid_clewdemo000122", "+8613800000001", "1"],
    ["p2", "风筝", "wxid_clewdemo000222", "+8613800000002", "2"],
    ["p3", "灯笼", "wxid_clewdemo000322", "+8613800000003", "3"],
    ["p4", "纸船", "zhichuan_demo", "+8613800000004", "4"],
    ["p5", "石磨", "wxid_clewdemo000522", "+8613800000005", "5"],
  ]

  /// `P1` to `P5` by an account's value up to the mark of its file.
  static func name(_ account: Account?) -> String {
    guard let account else { return "-" }
    let value = account.value.split(separator: "#").first.map(String.init) ?? ""
    let plain = value.split(separator: " ").first.map(String.init) ?? ""
    let place = words.firstIndex { $0.contains(plain) }
    return place.map { "P\($0 + 1)" } ?? account.description
  }
}

extension CollectingSink {
  var trades: [Trade] {
    items.compactMap { if case .trade(let value) = $0 { value } else { nil } }
  }
  /// The supplies as `P1>P2`.
  var supplies: [String] {
    trades.map { "\(SamplePerson.name($0.supplier))>\(SamplePerson.name($0.buyer))" }
  }
  /// The payments as `P2>P1 2000.00`, in yuan.
  var payments: [String] {
    transfers.map {
      let fen = $0.amount?.fen ?? 0
      return "\(SamplePerson.name($0.payer))>\(SamplePerson.name($0.payee)) \(fen / 100)"
    }
  }
  /// Who is drawn with a line to whom: contacts with an owner.
  var drawn: [String] {
    contacts.filter { $0.owner != nil }.map {
      "\($0.owner?.description ?? "")>\($0.contact)"
    }
  }
}

/// What every sample with kinds tells.
enum SampleStory {
  static let supplies = ["P1>P2", "P2>P3", "P3>P4"]
  static let payments = ["P2>P1 2000", "P3>P2 1500", "P4>P3 3000", "P4>P5 800", "P5>P3 780"]
}

/// A sample staged as the intake does it, so that it has a digest.
func interchange(_ name: String, as format: String) throws -> CollectingSink {
  let staged = try Staged()
  let source = try staged.area.stage(try staged.write(name, try fixture("interchange/\(name)")))
  defer { staged.area.discard(source) }
  let (importer, _) = try #require(ImporterRegistry.best(for: source))
  #expect(importer.format == format)
  let sink = CollectingSink()
  let units = try importer.read(source, into: sink)
  #expect(units == sink.unitCount)
  return sink
}
