import ClewEvidence
import ClewImport
import Foundation
import Testing

/// A staged source over bytes that a test makes, in a file that goes when the value goes.
final class StagedBytes {
  let source: StagedSource
  private let path: String

  init(_ bytes: [UInt8], name: String = "test.csv") throws {
    path = NSTemporaryDirectory() + "clew-" + UUID().uuidString
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    source = StagedBytes.source(path, name: name, bytes: bytes)
  }

  convenience init(_ text: String) throws { try self.init(Array(text.utf8)) }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  static func source(_ path: String, name: String, bytes: [UInt8]) -> StagedSource {
    StagedSource(
      displayPath: name,
      name: name,
      copyPath: path,
      bytes: Int64(bytes.count),
      sha256: "",
      sidecars: [],
      head: Array(bytes.prefix(1 << 16)),
      tables: nil
    )
  }

  /// A file of `Fixtures/`.
  static func fixture(_ relative: String) throws -> StagedSource {
    let path = try #require(Bundle.module.resourcePath) + "/Fixtures/" + relative
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    return source(path, name: URL(fileURLWithPath: path).lastPathComponent, bytes: bytes)
  }
}

/// Reads a source with the importer that recognises it and checks that every unit is accounted for.
func importing(
  _ source: StagedSource,
  as format: String,
  location: SourceLocation = #_sourceLocation
) throws -> CollectingSink {
  let (importer, _) = try #require(
    ImporterRegistry.best(for: source),
    "nothing recognises it",
    sourceLocation: location
  )
  #expect(importer.format == format, sourceLocation: location)
  let sink = CollectingSink()
  let units = try importer.read(source, into: sink)
  #expect(units == sink.unitCount, sourceLocation: location)
  return sink
}

func importing(
  _ text: String,
  as format: String,
  location: SourceLocation = #_sourceLocation
) throws -> CollectingSink {
  try importing(Array(text.utf8), as: format, location: location)
}

func importing(
  _ bytes: [UInt8],
  as format: String,
  location: SourceLocation = #_sourceLocation
) throws -> CollectingSink {
  let staged = try StagedBytes(bytes)
  return try withExtendedLifetime(staged) {
    try importing(staged.source, as: format, location: location)
  }
}

extension CollectingSink {
  var transfers: [Transfer] {
    items.compactMap { if case .transfer(let value) = $0 { value } else { nil } }
  }
  var messages: [Message] {
    items.compactMap { if case .message(let value) = $0 { value } else { nil } }
  }
  var contacts: [Contact] {
    items.compactMap { if case .contact(let value) = $0 { value } else { nil } }
  }
  var links: [AccountLink] {
    items.compactMap { if case .accountLink(let value) = $0 { value } else { nil } }
  }
  var memberships: [Membership] {
    items.compactMap { if case .membership(let value) = $0 { value } else { nil } }
  }
  var calls: [Call] {
    items.compactMap { if case .call(let value) = $0 { value } else { nil } }
  }
  var rules: [String] { skips.map(\.rule) }
  var reasons: [String] { rejects.map(\.reason) }
}

extension Account {
  static let p1 = Account(.wechat, "wxid_clewdemo000122")
  static let p2 = Account(.wechat, "wxid_clewdemo000222")
  static let p3 = Account(.wechat, "wxid_clewdemo000322")
}

extension String {
  /// The text in GB18030.
  var gb18030: [UInt8] {
    [UInt8](data(using: String.Encoding(rawValue: 0x8000_0632)) ?? Data())
  }

  /// The text in UTF-16 with a mark.
  func utf16Bytes(littleEndian: Bool) -> [UInt8] {
    ([0xFEFF] + Array(utf16)).flatMap {
      littleEndian ? [UInt8($0 & 0xFF), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 0xFF)]
    }
  }
}
