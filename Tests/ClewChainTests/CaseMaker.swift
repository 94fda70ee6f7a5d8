import ClewEvidence
import Foundation

@testable import ClewChain

/// Makes small cases for tests: items in, a case file on disk out.
final class CaseMaker {
  let folder: URL
  private(set) var items: [EvidenceItem] = []
  /// Files of personal data: name, digest, rows.
  private(set) var lists: [(name: String, digest: String, rows: [String])] = []

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  static func account(_ name: String) -> Account { Account(.wechat, name) }

  static func time(_ minute: Int) -> Timestamp {
    Timestamp(milliseconds: 1_700_000_000_000 + Int64(minute) * 60_000)
  }

  func add(_ item: EvidenceItem) { items.append(item) }

  /// `owner` has `contact` in the address book under a remark.
  func call(_ contact: String, of owner: String, _ remark: String) {
    add(
      .contact(
        Contact(owner: Self.account(owner), contact: Self.account(contact), remark: remark)
      )
    )
  }

  /// `from` says `text` to `to` at a minute of the case.
  func say(_ from: String, _ to: String, at minute: Int, _ text: String) {
    add(
      .message(
        Message(
          platform: "wechat",
          serverID: "\(items.count + 1)",
          from: Self.account(from),
          to: Self.account(to),
          sentAt: Self.time(minute),
          text: text
        )
      )
    )
  }

  func send(
    _ from: String,
    _ to: String,
    at minute: Int,
    file: String,
    digest: String? = nil,
    bytes: Int64? = nil
  ) {
    add(
      .message(
        Message(
          platform: "wechat",
          serverID: "\(items.count + 1)",
          from: Self.account(from),
          to: Self.account(to),
          sentAt: Self.time(minute),
          kind: .file,
          text: file,
          file: FileReference(name: file, bytes: bytes, digest: digest)
        )
      )
    )
  }

  /// A file of the export that holds rows; its size is 100 bytes a row.
  func list(_ name: String, digest: String, _ rows: [String]) { lists.append((name, digest, rows)) }

  func pay(
    _ from: String,
    _ to: String,
    at minute: Int,
    yuan: Int64,
    memo: String = "",
    ids: [String]? = nil,
    channel: String = "wechat",
    state: Transfer.State = .completed
  ) {
    add(
      .transfer(
        Transfer(
          payer: Self.account(from),
          payee: Self.account(to),
          amount: Money(fen: yuan * 100),
          at: Self.time(minute),
          channel: channel,
          memo: memo,
          ids: ids ?? ["T\(items.count + 1)"],
          state: state
        )
      )
    )
  }

  /// One order by its target, the record that answers it, and the payment.
  func deal(_ supplier: String, _ buyer: String, at minute: Int, phone: Int, yuan: Int64) {
    let number = "1380000\(phone)"
    say(buyer, supplier, at: minute, "查一下机主 \(number)")
    say(
      supplier,
      buyer,
      at: minute + 5,
      "号码：\(number)\n机主：甲一\n身份证：990000199101010014\n地址：演示市演示路1号"
    )
    pay(buyer, supplier, at: minute + 6, yuan: yuan)
  }

  func caseFile(owners: [String] = []) throws -> CaseFile {
    let file = try CaseFile.open(folder.appending(path: "\(UUID().uuidString).clew").path)
    for (number, owner) in ([nil] + owners.map(Optional.some)).enumerated() {
      let source = StagedSource(
        displayPath: "made-\(number)",
        name: "made",
        copyPath: "",
        bytes: Int64(number),
        sha256: "\(number)",
        sidecars: [],
        head: [],
        tables: nil
      )
      _ = try file.take(source, format: "made", version: 1, sign: "made") { sink in
        if let owner { sink.setOwner(Self.account(owner)) }
        guard number == 0 else { return 0 }
        for (row, item) in self.items.enumerated() {
          try sink.accept(
            [item],
            at: UnitPosition(row: Int64(row + 1)),
            original: .text("row \(row + 1)")
          )
        }
        return Int64(self.items.count)
      }
    }
    for list in lists { try take(list, into: file) }
    return file
  }

  /// Reads a list as its importer does.
  private func take(
    _ list: (name: String, digest: String, rows: [String]),
    into file: CaseFile
  ) throws {
    let source = StagedSource(
      displayPath: list.name,
      name: list.name,
      copyPath: "",
      bytes: 100,
      sha256: list.name + list.digest,
      sidecars: [],
      head: [],
      tables: nil
    )
    _ = try file.take(source, format: "made", version: 1, sign: "made") { sink in
      var kinds: [PersonalDataKind: Int64] = [:]
      for (place, text) in list.rows.enumerated() {
        let row = PersonalRow(text)
        for kind in PersonalDataKind.allCases where row.holds(kind) { kinds[kind, default: 0] += 1 }
        try sink.count(
          rowAt: UnitPosition(row: Int64(place + 1)),
          fingerprint: row.fingerprint
        )
      }
      try sink.deliver(
        Delivery(
          name: list.name,
          bytes: Int64(100 * list.rows.count),
          digests: [list.digest],
          rows: Int64(list.rows.count),
          identified: Int64(list.rows.count),
          kinds: kinds
        )
      )
      return Int64(list.rows.count)
    }
  }

  func analysis(owners: [String] = []) throws -> ChainAnalysis {
    try LocalEngine().analyze(try caseFile(owners: owners))
  }
}

extension ChainAnalysis {
  func party(_ name: String) -> PartyFinding? {
    parties.first { $0.party.accounts.contains(CaseMaker.account(name)) }
  }

  func link(_ supplier: String, _ buyer: String) -> LinkFinding? {
    links.first {
      parties[$0.supplier].party.accounts.contains(CaseMaker.account(supplier))
        && parties[$0.buyer].party.accounts.contains(CaseMaker.account(buyer))
    }
  }
}
