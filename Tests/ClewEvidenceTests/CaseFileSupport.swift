import ClewEvidence
import Foundation

/// A case in a temporary folder, with sources made of lists of units.
final class CaseBench {
  /// One unit of a made-up source.
  enum Unit {
    case items([EvidenceItem], original: String)
    case bytes([EvidenceItem], original: [UInt8])
    case reject([UInt8], String)
    case skip(String)
  }

  let folder: TemporaryFolder
  let area: StagingArea
  var path: String { folder.path + "/case.clew" }

  init() throws {
    folder = try TemporaryFolder()
    area = try StagingArea(in: folder.path)
  }

  deinit { area.remove() }

  /// A source of its own bytes; the units come from the test, not from the bytes.
  func source(_ name: String) throws -> StagedSource {
    try area.stage(try folder.write(name, Array("source \(name)".utf8)))
  }

  /// Takes the units as one source into the case.
  @discardableResult
  func take(
    _ name: String,
    _ units: [Unit],
    into file: CaseFile,
    owner: Account? = nil,
    counts: Int64? = nil,
    isCancelled: @escaping () -> Bool = { false }
  ) throws -> IntakeOutcome {
    try file.take(
      try source(name),
      format: "test",
      version: 1,
      sign: "made up",
      isCancelled: isCancelled
    ) { sink in
      if let owner { sink.setOwner(owner) }
      sink.setDecision("names\u{1F}and\u{1E}separators", "\u{10}\u{1F}0")
      for (place, unit) in units.enumerated() {
        let position = UnitPosition(row: Int64(place + 1), offset: Int64(place * 10))
        switch unit {
        case .items(let items, let text):
          try sink.accept(items, at: position, original: .text(text))
        case .bytes(let items, let bytes):
          try sink.accept(items, at: position, original: .bytes(bytes))
        case .reject(let bytes, let reason):
          try sink.reject(at: position, bytes: bytes, reason: reason)
        case .skip(let rule): try sink.skip(at: position, rule: rule)
        }
      }
      return counts ?? Int64(units.count)
    }
  }

  /// Everything that must not depend on the order of import.
  static func content(of file: CaseFile) throws -> [String] {
    var (lines, records): ([String], [StoredRecord]) = ([], [])
    try file.forEachRecord { records.append($0) }
    for record in records {
      lines.append("\(record.id) \(record.item)")
      let seen = try file.sightings(of: record.id).map {
        "\($0.path) \($0.position.row) \($0.original) \($0.differs)"
      }
      lines += seen.sorted().map { "\(record.id) seen \($0)" }
    }
    return lines.sorted()
  }
}

extension Account {
  static let ann = Account(.wechat, "wxid_ann")
  static let bob = Account(.wechat, "wxid_bob")
  static let cat = Account(.wechat, "wxid_cat")
}

/// A message with a server id.
func message(
  _ text: String,
  id: String? = "1001",
  from: Account = .ann,
  to: Account = .bob,
  at milliseconds: Int64 = 1_700_000_000_000
) -> EvidenceItem {
  .message(
    Message(
      platform: "wechat",
      serverID: id,
      from: from,
      to: to,
      sentAt: Timestamp(milliseconds: milliseconds),
      text: text
    )
  )
}
