import ClewEvidence
import ClewImport
import Foundation
import Testing

/// The phone of P2, the Windows computer of P3, the desktop and the iPhone of P4.
@Suite struct `WeChat on four devices of three people` {
  let staged: Staged
  let file: CaseFile
  let report: CaseIntake.Report
  let records: [StoredRecord]

  static let fixtures = [
    "p2/EnMicroMsg.db": "wechat_android/EnMicroMsg_decrypted.db",
    "p3/Msg/MicroMsg.db": "wechat_pc3/MicroMsg_decrypted.db",
    "p3/Msg/Multi/MSG0.db": "wechat_pc3/MSG0_decrypted.db",
    "p4/db_storage/contact/contact.db": "wechat_pc4/contact.db",
    "p4/db_storage/message/message_0.db": "wechat_pc4/message_0.db",
    "p4/phone/DB/MM.sqlite": "wechat_ios/MM.sqlite",
    "p4/phone/DB/WCDB_Contact.sqlite": "wechat_ios/WCDB_Contact.sqlite",
  ]

  init() throws {
    staged = try Staged()
    for (path, name) in Self.fixtures { try staged.write(nested: "in/" + path, fixture(name)) }
    file = try CaseFile.open(staged.folder + "/case.clew")
    report = try CaseIntake().take([staged.folder + "/in"], into: file)
    var found: [StoredRecord] = []
    try file.forEachRecord { found.append($0) }
    records = found
  }

  @Test func `is taken whole`() {
    #expect(report.taken.count == 7)
    #expect(report.refused.isEmpty && report.unread.isEmpty)
    #expect(report.counts.rejected == 0)
    let owners = report.taken.map {
      ($0.path as NSString).lastPathComponent + " \($0.owner?.value ?? "")"
    }
    #expect(
      Set(owners) == [
        "EnMicroMsg.db wxid_clewdemo000222", "MicroMsg.db wxid_clewdemo000322",
        "MSG0.db wxid_clewdemo000322", "contact.db zhichuan_demo", "message_0.db zhichuan_demo",
        "MM.sqlite zhichuan_demo", "WCDB_Contact.sqlite zhichuan_demo",
      ]
    )
  }

  @Test func `tells of twenty-four messages in forty-three rows`() throws {
    let messages = records.filter { if case .message = $0.item { true } else { false } }
    let numbers = messages.compactMap { record -> Int? in
      guard case .message(let message) = record.item else { return nil }
      return message.serverID.flatMap(Int.init).map { $0 - 900_000_000_000_000_000 }
    }
    #expect(numbers.sorted() == Array(1...20) + Array(101...104))
    let sightings = try messages.map { try file.sightings(of: $0.id).count }
    // 20 + 13 + 5 + 5; the five rows that are still missing of 48 are no WeChat database.
    #expect(sightings.reduce(0, +) == 43)
  }

  @Test func `says the same of a message on every device`() throws {
    for record in records {
      guard case .message(let message) = record.item else { continue }
      let seen = try file.sightings(of: record.id)
      #expect(seen.allSatisfy { !$0.differs }, "\(message.serverID ?? "")")
    }
  }

  @Test func `says the same of a payment on every device`() throws {
    let transfers = records.compactMap { record -> (Transfer, RecordID)? in
      if case .transfer(let transfer) = record.item { (transfer, record.id) } else { nil }
    }
    let stated = transfers.filter { $0.0.amount != nil }
    // M1 and M2 sent and accepted, M7 sent and returned.
    #expect(stated.count == 6)
    #expect(stated.filter { $0.0.state == .sent }.count == 3)
    #expect(stated.filter { $0.0.state == .completed }.count == 2)
    #expect(stated.filter { $0.0.state == .returned }.count == 1)
    let seen = try stated.map { try file.sightings(of: $0.1) }
    #expect(seen.map(\.count).sorted() == [1, 1, 2, 2, 2, 2])
    #expect(seen.joined().allSatisfy { !$0.differs })
    // Two red packets, two remittance records without an amount.
    #expect(transfers.count == 10)
  }
}
