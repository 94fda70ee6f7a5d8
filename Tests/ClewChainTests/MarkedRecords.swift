import ClewEvidence

@testable import ClewChain

/// A store in memory, by the letter of what a store has to answer: what the cluster does in SQL.
///
/// Records and marks pass through their lines, as they do on the way to a cluster and back.
struct MarkedRecords: RecordStore {
  private struct Row {
    let record: SourcedRecord
    let mark: RecordMark
  }

  private var rows: [Row] = []

  /// Marks all records of a case.
  init(_ file: CaseFile, until: Timestamp? = nil) throws {
    let marker = RecordMarker(until: until)
    var rows: [Row] = []
    try file.forEachRecord(counting: .everything) { record, sources in
      let (id, sources, body) = SourcedRecord(record, sources: sources).columns
      guard let read = SourcedRecord(id: id.utf8, sources: sources.utf8, body: body.utf8) else {
        return
      }
      rows.append(Row(record: read, mark: marker.mark(read.record)))
    }
    self.rows = rows
  }

  private func rows(_ flags: RecordMark.Flags) -> [Row] {
    rows.filter { !$0.mark.flags.isDisjoint(with: flags) }
  }

  private static func ends(_ rows: [Row]) -> [Account] {
    Set(rows.flatMap { [$0.mark.first, $0.mark.second] }.compactMap(\.self)).sorted()
  }

  func openPlatforms() -> [String] { Set(rows(.open).map(\.mark.platform)).sorted() }

  func accounts() -> [Account] {
    Self.ends(rows.filter { [.message, .transfer, .call].contains($0.mark.kind) })
  }

  func settled() -> [SourcedRecord] { rows(.settled).map(\.record) }

  func messages() -> [SourcedRecord] {
    let messages = rows.filter { $0.mark.kind == .message && !$0.mark.flags.contains(.settled) }
    let texts = Set(
      rows([.telling, .vague]).filter { $0.mark.kind == .message }.compactMap(\.mark.text)
    )
    return messages.filter { row in
      row.mark.flags.contains(.telling) || row.mark.text.map(texts.contains) == true
    }.map(\.record)
  }

  func goodsAccounts() -> [Account] {
    Self.ends(rows(.telling).filter { $0.mark.kind == .transfer })
  }

  func transfers(of accounts: [Account]) -> [SourcedRecord] {
    let accounts = Set(accounts)
    let transfers = rows.filter { $0.mark.kind == .transfer }
    var taken: Set<Int> = []
    for (place, row) in transfers.enumerated()
    where [row.mark.first, row.mark.second].contains(where: { $0.map(accounts.contains) == true }) {
      taken.insert(place)
    }
    var count = -1
    while count != taken.count {
      count = taken.count
      let ids = Set(taken.flatMap { transfers[$0].mark.ids })
      let vague = Set(
        taken.filter { transfers[$0].mark.flags.contains(.vague) }.flatMap {
          transfers[$0].mark.ids
        }
      )
      for (place, row) in transfers.enumerated() {
        let isVague = row.mark.flags.contains(.vague)
        if row.mark.ids.contains(where: { (isVague ? ids : vague).contains($0) }) {
          taken.insert(place)
        }
      }
    }
    return taken.map { transfers[$0].record }
  }

  func sightings() -> [Account: [RecordID]] {
    var sightings: [Account: Set<RecordID>] = [:]
    for row in rows(.sighted) {
      for end in Self.ends([row]) { sightings[end, default: []].insert(row.record.record.id) }
    }
    return sightings.mapValues { Array($0.sorted().prefix(OmittedRecords.mentions)) }
  }

  func neighbours(of accounts: [Account]) -> [(Account, Account)] {
    let accounts = Set(accounts)
    return rows(.contact).compactMap { row in
      let ends = Self.ends([row])
      return accounts.isDisjoint(with: ends) ? nil : (ends[0], ends[ends.count - 1])
    }
  }

  func circles() -> [(group: Account, member: Account)] {
    rows.compactMap { row in
      guard let group = row.mark.circle, let member = row.mark.first else { return nil }
      return (group, member)
    }
  }

  /// How many of the records an analysis reads of so many.
  func share(_ accounts: [Account]) -> (read: Int, all: Int) {
    (settled().count + messages().count + transfers(of: accounts).count, rows.count)
  }
}
