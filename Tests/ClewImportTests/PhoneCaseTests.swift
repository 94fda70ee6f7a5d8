import ClewEvidence
import ClewImport
import Foundation
import Testing

@Suite struct `A case of phones and payments` {
  private static let folders = [
    "android", "ios", "contacts_csv", "telecom", "wechat_pay", "alipay", "alipay_return", "bank",
    "tencent_return",
  ]

  /// Takes the fixtures into a case and hands both on.
  private func withCase(_ body: (CaseFile, CaseIntake.Report) throws -> Void) throws {
    let staged = try Staged()
    let root = try #require(Bundle.module.resourceURL).appending(path: "Fixtures")
    let file = try CaseFile.open(staged.folder + "/case.clew")
    let report = try CaseIntake().take(
      Self.folders.map { root.appending(path: $0).path },
      into: file
    )
    try body(file, report)
    try file.close()
  }

  @Test func `reads every file and loses no unit`() throws {
    try withCase { _, report in
      #expect(report.refused.isEmpty)
      #expect(report.unread.isEmpty)
      let areConserved = report.taken.allSatisfy { $0.counts.isConserved }
      #expect(areConserved)
      // One damaged number in the app's address book, one unknown direction in the payment list.
      #expect(report.counts.rejected == 2)
      let formats = Set(report.taken.map(\.format))
      #expect(
        formats.isSuperset(of: [
          "android-contacts", "android-calls", "android-sms", "ios-contacts", "ios-calls",
          "ios-sms", "contacts-csv", "calls-csv", "telecom-records", "wechat-pay-bill",
          "alipay-bill", "payment-flows", "bank-holders",
        ])
      )
    }
  }

  @Test func `knows the owner of an iPhone by the database beside`() throws {
    try withCase { _, report in
      let owners = report.taken.filter { $0.format.hasPrefix("ios-") }.map(\.owner)
      #expect(owners == Array(repeating: Account(.phone, "+8613800000004"), count: 3))
    }
  }

  @Test func `merges none of the five persons`() throws {
    try withCase { file, _ in
      var resolver = PartyResolver()
      try file.forEachRecord { record in
        if case .accountLink(let link) = record.item { resolver.add(link, record: record.id) }
      }
      for number in 1...5 { resolver.add(Account(.phone, "+861380000000\(number)")) }
      let table = resolver.resolve()
      let parties = (1...5).map { table.index(of: Account(.phone, "+861380000000\($0)")) }
      #expect(Set(parties).count == 5)
      #expect(!parties.contains(nil))
      #expect(table.conflicts.isEmpty)
      // The card belongs to P5 by the bank, whoever else is paid by it.
      let card = table.index(of: Account(.card, "6299990000000000053"))
      #expect(card == parties[4])
    }
  }
}
